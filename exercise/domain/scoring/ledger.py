"""The lines of the score's ledger: what was due, asked, shared, claimed, promised."""

from dataclasses import dataclass, field

from exercise.domain.scenario import Obligation
from exercise.domain.scoring.deeds import Deed


@dataclass(frozen=True, slots=True)
class Delivery:
    """When an inject reached a delegation, and by which entry."""

    at_ms: int
    entry: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry by one delegation, where nothing more matters."""

    entry: str
    at_ms: int
    by: str


@dataclass(slots=True)
class Duty:
    """One obligation from its delivery on, and every deed that may answer it."""

    id: str
    inject: str
    number: str
    obligation: Obligation
    delivery: Delivery
    answers: list[tuple[Deed, tuple[tuple[str, str], ...]]] = field(
        default_factory=list
    )

    @property
    def target_ms(self) -> int:
        """Return when an answer earns all, exercise ms."""
        return self.delivery.at_ms + self.obligation.target_ms

    @property
    def deadline_ms(self) -> int:
        """Return when an answer earns nothing any more, exercise ms."""
        return self.delivery.at_ms + self.obligation.deadline_ms

    @property
    def wanted(self) -> tuple[tuple[str, str], ...]:
        """Return every (item, recipient) the obligation names; one blank if none."""
        return tuple(
            (item, to)
            for item in self.obligation.items or ("",)
            for to in self.obligation.to or ("",)
        )


@dataclass(frozen=True, slots=True)
class Share:
    """An item passed from one delegation to another; `to` "" is the public.

    `unfounded` is the class of personal data that went without a basis stated.
    """

    entry: str
    at_ms: int
    by: str
    item: str
    to: str
    unfounded: str = ""


@dataclass(slots=True)
class Request:
    """A question to one delegation, until that one answers."""

    entry: str
    at_ms: int
    by: str
    to: str
    instrument: str
    reply_by_ms: int
    answers: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Contact:
    """A private word from one delegation to another, and what came back."""

    entry: str
    at_ms: int
    by: str
    to: str
    reply_by_ms: int
    replies: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one delegation said in public on one topic."""

    entry: str
    at_ms: int
    by: str
    value: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One sealed answer to a probe, as shares of one."""

    entry: str
    at_ms: int
    belief: dict[str, float]
    severity: int
    priorities: tuple[str, ...] = ()


@dataclass(slots=True)
class Sitting:
    """One probe while it was open, and every answer by delegation."""

    opened_ms: int
    closes_ms: int
    closed_ms: int | None = None
    closed_by: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Adverse:
    """A public step of rung 3 or more, in the name of `authors` against `targets`."""

    entry: str
    at_ms: int
    authors: tuple[str, ...]
    targets: tuple[str, ...]
    instrument: str
    rung: int


@dataclass(frozen=True, slots=True)
class Step:
    """One act on the ladder; `missing` names what makes it unlawful.

    A joint text is one step, of whoever drafted it; a joint measure is one of each
    who took it (`joint`).
    """

    entry: str
    at_ms: int
    by: str
    instrument: str
    rung: int
    inject: str
    missing: tuple[str, ...] = ()
    joint: bool = False


@dataclass(slots=True)
class Pledge:
    """One promise from its making to its confirmation."""

    entry: str
    at_ms: int
    type: str
    promisor: str
    beneficiary: str
    due_ms: int
    delivered: list[Line] = field(default_factory=list)
    confirmed: list[Line] = field(default_factory=list)
