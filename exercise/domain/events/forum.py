"""Forums: rooms with an agenda, a chair, a speakers' list, and what is said."""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from exercise.domain.limits import Key, Keys, Line, Milliseconds, Prose

Sort: TypeAlias = Literal["emergency", "plenary", "technical", "multistakeholder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumState:
    """A room as it stands, printed whole by every entry that changes it.

    `item` is the number of the agenda's item under discussion, from 1; `speakers`
    wait for the floor in this order; `floor` is who has it; `opened_ms` is when it
    was opened.
    """

    forum: str
    sort: Sort
    title: Line
    agenda: tuple[Prose, ...]
    chair: Key
    members: Keys
    opened_ms: Milliseconds
    item: int = 1
    speakers: Keys = ()
    floor: str = ""
    status: Literal["open", "closed"] = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumOpened:
    """A room is open to those invited; the entry's id is the room's.

    `about` is the act that convened it.
    """

    KIND: ClassVar[str] = "forum_opened"
    state: ForumState
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumAdmitted:
    """More delegations were invited; they read what happens from then on."""

    KIND: ClassVar[str] = "forum_admitted"
    state: ForumState
    admitted: Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorAsked:
    """A delegation joined the end of the speakers' list, or left it."""

    KIND: ClassVar[str] = "floor_asked"
    state: ForumState
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorGiven:
    """The chair gave a delegation the floor, in its turn or before it."""

    KIND: ClassVar[str] = "floor_given"
    state: ForumState
    to: Key
    in_turn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorYielded:
    """A speaker is done, or the chair took the floor back."""

    KIND: ClassVar[str] = "floor_yielded"
    state: ForumState
    speaker: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumSpoken:
    """A statement by the delegation that has the floor."""

    KIND: ClassVar[str] = "forum_spoken"
    forum: Key
    title: Line
    item: int
    text: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaTurned:
    """The chair took up an item of the agenda."""

    KIND: ClassVar[str] = "agenda_turned"
    state: ForumState


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesRecorded:
    """What the chair has put into the minutes under an item."""

    KIND: ClassVar[str] = "minutes_recorded"
    forum: Key
    title: Line
    item: int
    agenda_item: Prose
    text: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumClosed:
    """A room is closed, with its conclusion; nobody speaks there any more."""

    KIND: ClassVar[str] = "forum_closed"
    state: ForumState
    how: Literal["closed", "ended"]
    conclusion: Prose = ""


ForumChange: TypeAlias = (
    ForumOpened
    | ForumAdmitted
    | FloorAsked
    | FloorGiven
    | FloorYielded
    | AgendaTurned
    | ForumClosed
)
ForumWord: TypeAlias = ForumSpoken | MinutesRecorded
