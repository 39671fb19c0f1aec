"""What branches may ask: timeline facts and numbers, never meaning."""

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

Operator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]

# What each fact is asked with. A name that ends in "?" may be left out; the rest of
# the name says which of the scenario's ids the argument must be.
SIGNATURES: dict[str, tuple[str, ...]] = {
    "acted": ("delegation", "instrument", "delegation?"),
    "shared": ("item", "delegation"),
    "claimed": ("topic", "value", "delegation?"),
    "accepted": ("assistance",),
    "released": ("inject",),
    "signed": ("text", "delegation"),
    "adopted": ("text",),
}

# Numbers beside `rung` that a condition may compare, and what each is asked with.
NUMBERS: dict[str, str] = {"meter": "meter", "signatures": "text"}

COMPARISONS: dict[Operator, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Facts(Protocol):
    """What the timeline has shown so far, as far as branches may ask."""

    @property
    def rung(self) -> int:
        """Return the highest rung taken so far that the facts did not justify."""

    def acted(self, delegation: str, instrument: str, to: str = "") -> bool:
        """Tell whether `delegation` issued such an act (to that delegation)."""

    def shared(self, item: str, to: str) -> bool:
        """Tell whether anybody shared `item` with `to`."""

    def claimed(self, topic: str, value: str, by: str = "") -> bool:
        """Tell whether anybody (or `by`) has publicly claimed `value` on `topic`."""

    def accepted(self, type_: str) -> bool:
        """Tell whether an offer of assistance of this type was accepted."""

    def released(self, inject: str) -> bool:
        """Tell whether the inject has been released."""

    def signed(self, text: str, delegation: str) -> bool:
        """Tell whether `delegation` signed the joint text."""

    def adopted(self, text: str) -> bool:
        """Tell whether the joint text was published with its signatures."""

    def meter(self, meter: str) -> int:
        """Return where a harm meter stands."""

    def signatures(self, text: str) -> int:
        """Return how many have signed the joint text."""


class ConditionRefused(Exception):
    """A text is no condition; `column` counts from 1, `nearest` may be empty."""

    def __init__(self, column: int, reason: str, nearest: str = "") -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Fact:
    """One question to the timeline, such as `acted("VES", "hotline_call")`."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """A comparison of the highest unjustified rung with a whole number."""

    sign: Operator
    number: int


@dataclass(frozen=True, slots=True)
class Count:
    """A comparison of another number, such as `meter("households") > 300000`."""

    name: str
    argument: str
    sign: Operator
    number: int


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold (`and`)."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds (`or`)."""

    parts: tuple["Condition", ...]


Condition: TypeAlias = Fact | Rung | Count | Not | Every | Some


@dataclass(frozen=True, slots=True)
class Why:
    """Whether a condition holds and, part by part, why."""

    text: str
    holds: bool
    parts: tuple["Why", ...] = ()

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Yield one indented line for this condition and each of its parts."""
        yield f"{'  ' * depth}{'yes' if self.holds else 'no'}: {self.text}"
        for part in self.parts:
            yield from part.lines(depth + 1)

    def __str__(self) -> str:
        return "\n".join(self.lines())
