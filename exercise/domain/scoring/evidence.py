"""What a score shows beside its number: opportunities, parts and where points went."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from exercise.domain.acts import INSTRUMENTS

Verdict: TypeAlias = Literal["met", "partly", "missed", "against"]


@dataclass(frozen=True, slots=True)
class Message:
    """A message id (its English text) and the values that fill its `%(name)s`."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def english(self) -> str:
        """Return the message in its source language."""
        return self.text % self.values if self.values else self.text


def say(text: str, /, **values: object) -> Message:
    """Return a message with its values."""
    return Message(text, values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """One thing that could earn or cost, and the entries that decided it.

    `earned` is 0…1 of `weight`. `verdict` "against" marks what can only cost: a
    breach, an accusation, a wrong citation. `loss` is in points of the headline.
    """

    id: str
    what: Message
    earned: float
    weight: float
    verdict: Verdict
    delegation: str = ""
    entries: tuple[str, ...] = ()
    loss: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One row of an indicator's working: a label and its named figures."""

    id: str
    what: Message
    figures: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one indicator's module found.

    `without(i)` is the value if opportunity `i` had never been; None where the loss
    is linear, that is Σ weight·(1 − earned) = 1 − value.
    """

    value: float | None
    formula: str = ""
    opportunities: tuple[Opportunity, ...] = ()
    parts: tuple[Part, ...] = ()
    notes: tuple[Message, ...] = ()
    without: Callable[[int], float | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator of the card; `value` is None where there was no opportunity.

    `weight` is its nominal share of the whole. `loss` is in points of the headline;
    `low` and `high` are the range its own opportunities span when each is left out.
    """

    id: str
    title: str
    value: float | None
    weight: float
    formula: str
    opportunities: tuple[Opportunity, ...]
    parts: tuple[Part, ...]
    loss: float
    notes: tuple[Message, ...]
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one delegation's opportunities came to; shown to it and to trainers."""

    delegation: str
    opportunities: int
    met: int
    loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """An evaluator's value beside the computed one.

    One that `awaits` a second evaluator moves no headline.
    """

    indicator: str
    before: float
    after: float
    reason: str
    entry: str
    evaluator: str
    second: str
    entries: tuple[str, ...]
    awaits: bool = False
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCard:
    """The score at one moment, with everything needed to argue about it.

    `headline` 0…100 or None. `interval` is the 5–95 % range under uncertain weights,
    `without` the headline without each indicator, `deadlines` the headline with all
    deadlines a quarter shorter and longer. `applicable` is the k of "k of 9".
    `unruled` is the headline as if nobody had adjudicated, where somebody has;
    `adjusted` the one with evaluators' values, where there are any.
    """

    version: str
    spec_sha256: str
    at_ms: int
    final: bool
    partial: bool
    indicators: tuple[Indicator, ...]
    headline: float | None
    half: float | None
    weakest: str | None
    applicable: int
    rating: Literal["P", "S", "M", "U"] | None
    interval: tuple[float, float] | None
    without: tuple[tuple[str, float], ...] = ()
    deadlines: tuple[float, float] | None = None
    contributions: tuple[Contribution, ...] = ()
    influential: tuple[tuple[str, Opportunity], ...] = ()
    overrides: tuple[Override, ...] = ()
    adjusted: float | None = None
    unruled: float | None = None
    adjudications: tuple[tuple[str, str], ...] = ()

    def indicator(self, id_: str) -> Indicator:
        """Return the indicator named by its letter."""
        return next(one for one in self.indicators if one.id == id_)


def titled(instrument: str) -> str:
    """Return an instrument's title, a message id, for an instrument's id."""
    known = INSTRUMENTS.get(instrument)
    return instrument if known is None else known.title


def number(value: float) -> str:
    """Return a share as the card prints it: `.71`, `1` or `0`."""
    text = f"{value:.2f}"
    if text == "1.00":
        return "1"
    return "0" if text in {"0.00", "-0.00"} else text.replace("0.", ".", 1)


def mean(values: "list[float] | tuple[float, ...]") -> float:
    """Return the arithmetic mean of at least one value."""
    return sum(values) / len(values)
