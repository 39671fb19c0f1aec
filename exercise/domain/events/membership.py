"""What happened to the exercise as a whole and to who is in it."""

from dataclasses import dataclass
from typing import ClassVar

from exercise.domain.identity import Role
from exercise.domain.limits import Key, Line, Remark
from exercise.domain.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseOpened:
    """The exercise exists; `scenario` is the whole of it, frozen."""

    KIND: ClassVar[str] = "exercise_opened"
    title: Line
    scenario: Scenario
    starts_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined:
    """A participant came in, in a role and, for delegates, a delegation and seat."""

    KIND: ClassVar[str] = "member_joined"
    member: Key
    role: Role
    delegation: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberNamed:
    """The only place where a person's name stands."""

    KIND: ClassVar[str] = "member_named"
    member: Key
    name: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberMoved:
    """A participant sits somewhere else now."""

    KIND: ClassVar[str] = "member_moved"
    member: Key
    delegation: str
    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRevoked:
    """A participant, or the device that held their seat, is out."""

    KIND: ClassVar[str] = "member_revoked"
    member: Key
    reason: Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRedacted:
    """The body of `entry` is gone for good; that it stood there is still proven."""

    KIND: ClassVar[str] = "entry_redacted"
    entry: Key
    reason: Remark = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A signed head: everything up to `head_seq` stands as hashed here."""

    KIND: ClassVar[str] = "checkpoint"
    head_seq: int
    head_hash: str
    tree_root: str
    signature: str
