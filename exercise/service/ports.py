"""What the service needs from outside, as protocols with the rows they exchange."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Protocol

from exercise.domain.moment import Author
from exercise.service.codec import Codec
from exercise.service.requests import Ack

PAGE = 200


class Unwritable(Exception):
    """The store cannot write now: disk full, database away, lock not had in time."""


class Taken(Exception):
    """A row that may be there once is there already."""


# --- Rows of the timeline -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One entry as readers get it; `body` is canonical JSON, None once redacted.

    `position` is its number in the audience it was asked for. `seq` and `actor`
    never leave the server.
    """

    seq: int
    id: str
    at_ms: int
    wall_ms: int
    kind: str
    version: int
    actor: str
    author: Author
    audience: tuple[str, ...]
    body: str | None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Sealed:
    """One entry with everything that proves it."""

    entry: StoredEntry
    body_hash: str
    salt: bytes | None
    envelope_salt: bytes
    leaf: bytes
    prev: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Tailed:
    """One entry with its position in every audience that gets it."""

    entry: StoredEntry
    positions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Head:
    """How far a timeline is."""

    epoch: str
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Opening:
    """One exercise as a list shows it; `first_line` is line 1 of its record."""

    exercise: str
    title: str
    scenario: str
    scenario_sha256: str
    opened_wall_ms: int
    first_line: str
    status: str = "lobby"
    head_seq: int = 0


@dataclass(frozen=True, slots=True)
class Naming:
    """A member's name from `seq` on; None once it was erased."""

    seq: int
    member: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A command's stored result."""

    member: str
    id: str
    digest: str
    ack: Ack


@dataclass(slots=True)
class Group:
    """What one transaction adds to a timeline."""

    entries: list[Sealed] = field(default_factory=list)
    positions: list[Mapping[str, int]] = field(default_factory=list)
    answered: list[Answered] = field(default_factory=list)
    released: dict[str, int] = field(default_factory=dict)
    redacted: list[str] = field(default_factory=list)
    surveyed: list[str] = field(default_factory=list)
    status: str = "lobby"


class Transaction(Protocol):
    """The one open write on a timeline; its lock is held to the end."""

    @property
    def head(self) -> Head:
        """Return the head under the lock."""

    def after(self, seq: int) -> Sequence[Sealed]:
        """Return every entry after `seq`."""

    def answers(
        self, asked: Collection[tuple[str, str]]
    ) -> Mapping[tuple[str, str], Answered]:
        """Return the stored results among these members' ids."""

    def surveyed(self, members: Collection[str]) -> AbstractSet[str]:
        """Return who of `members` has answered an anonymous survey."""

    def append(self, group: Group) -> None:
        """Add the group's entries, deliveries and results."""

    def touch(self) -> None:
        """Write something that changes nothing."""

    def commit(self) -> None:
        """Make it durable; an error here leaves open whether it was."""

    def rollback(self) -> None:
        """Leave everything as it was."""


class Timeline(Protocol):
    """The append-only record of every exercise."""

    def epoch(self) -> str:
        """Return the string that changes only when a backup is restored."""

    def create(self, opening: Opening) -> None:
        """Make an exercise's empty timeline; raise Taken if it is there."""

    def exercises(self) -> tuple[Opening, ...]:
        """Return every exercise, the latest first."""

    def begin(self, exercise: str) -> Transaction:
        """Open the write transaction; raise Unwritable if it cannot be had."""

    def head(self, exercise: str) -> Head:
        """Return how far the timeline is."""

    def after(self, exercise: str, seq: int, limit: int = 500) -> Sequence[Sealed]:
        """Return entries after `seq`, in order, with everything that proves them."""

    def page(
        self,
        exercise: str,
        audience: str,
        *,
        after: int | None = None,
        before: int | None = None,
        limit: int = PAGE,
    ) -> Sequence[StoredEntry]:
        """Return entries of one audience in order: past `after`, or last before."""

    def tail(
        self, exercise: str, after_seq: int, limit: int = PAGE
    ) -> Sequence[Tailed]:
        """Return committed entries after `after_seq` with all their positions."""

    def heads(self, exercise: str) -> Mapping[str, int]:
        """Return each audience's last position."""

    def entry(self, exercise: str, entry_id: str) -> StoredEntry | None:
        """Return the entry with this id."""

    def namings(self, exercise: str) -> tuple[Naming, ...]:
        """Return who was named what from which entry on."""


# --- The ticker's side rows ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """The last exercise time that was kept, and when."""

    at_ms: int
    wall_ms: int


@dataclass(frozen=True, slots=True)
class Lease:
    """Who lets time pass, until when unless renewed; `handed` if another left it so."""

    holder: str
    until_ms: int
    handed: bool = False


class Watch(Protocol):
    """Who lets time pass in an exercise, and how far it had come."""

    def take(self, exercise: str, holder: str, wall_ms: int, lease_ms: int) -> Lease:
        """Take or renew the lease if it is free; return the one in force."""

    def hand_over(self, exercise: str, holder: str, until_ms: int) -> None:
        """Leave the holder's lease to whoever takes it first, until then as handed."""

    def mark(self, exercise: str, at_ms: int, wall_ms: int) -> None:
        """Keep the time that exercise time has reached."""

    def last_mark(self, exercise: str) -> Mark | None:
        """Return the last time kept."""


# --- Small ports --------------------------------------------------------------


class WallClock(Protocol):
    """Wall time."""

    def now_ms(self) -> int:
        """Return UTC milliseconds."""


class Ids(Protocol):
    """Opaque ids and secret tokens."""

    def new(self, label: str) -> str:
        """Return a fresh id; `label` says for what, for those who derive it."""


class Salts(Protocol):
    """Sixteen bytes that nobody can guess."""

    def new(self, label: str) -> bytes:
        """Return a fresh salt; `label` says for what, for those who derive it."""


class Signer(Protocol):
    """The key that signs heads."""

    @property
    def key(self) -> bytes:
        """Return the public key, 32 bytes."""

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature."""


class Nudge(Protocol):
    """Tells every worker's tailer that there is something to read."""

    def __call__(self, exercise: str, tailed: Sequence["Tailed"]) -> None:
        """Wake the tailers; a lost call costs one poll.

        `tailed` is what was committed just now, for the tailers of this process.
        """


@dataclass(frozen=True, slots=True)
class Ports:
    """What a conductor works with."""

    timeline: Timeline
    codec: Codec
    clock: WallClock
    ids: Ids
    salts: Salts
    signer: Signer
