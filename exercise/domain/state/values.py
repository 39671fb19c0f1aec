"""The parts of a running exercise: releases, calls, offers, promises, references."""

from dataclasses import dataclass

from exercise.domain.events import ActReferred, Content
from exercise.domain.identity import Member
from exercise.domain.scenario import Said


@dataclass(frozen=True, slots=True)
class Ref:
    """What later commands need to know of an entry: who reads it, what it asks."""

    kind: str
    audience: tuple[str, ...]
    delegation: str = ""
    to: tuple[str, ...] = ()
    instrument: str = ""
    title: Said = ""
    reply_by_ms: int | None = None
    request: bool = False
    inject: str = ""


@dataclass(frozen=True, slots=True)
class Released:
    """An inject that went out: its entries, when, to whom, and whether recalled."""

    entries: tuple[str, ...]
    at_ms: int
    audience: tuple[str, ...]
    title: Said
    number: str
    channel: str = ""
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class Announced:
    """A release inside its undo window."""

    by: str
    wall_ms: int
    fires_wall_ms: int
    content: Content | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What a facilitator changed in a coming inject, after `shifts` shifts."""

    title: Said | None = None
    body: Said | None = None
    at_ms: int | None = None
    audience: tuple[str, ...] | None = None
    shifts: int = 0


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that rings or runs."""

    caller: str
    callee: str
    rings_until_ms: int
    answered_ms: int | None = None

    def has(self, delegation: str) -> bool:
        """Tell whether `delegation` is one of the two parties."""
        return delegation in {self.caller, self.callee}


@dataclass(frozen=True, slots=True)
class Offer:
    """Help offered and not yet answered."""

    type: str
    by: str
    to: str
    due_in_ms: int
    about: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment and how far it has come."""

    type: str
    promisor: str
    beneficiary: str
    due_ms: int
    delivered: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Override:
    """The last value set beside an indicator; one that `waits` is not confirmed."""

    entry: str
    by: str
    second: str
    waits: bool = False


@dataclass(frozen=True, slots=True)
class OpenProbe:
    """A probe put to the room, until `closes_ms` or `closed`."""

    closes_ms: int
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """An act that waits for a second seat."""

    member: str
    seat: str
    delegation: str
    instrument: str
    to: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Referred:
    """An act that waits for the capital, with who authorised it, as they sat then."""

    sender: Member
    act: ActReferred
