"""What everybody did in one run, choice by choice, so that one can be changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["kept", "late", "unconfirmed", "broken"]


@dataclass(frozen=True, slots=True)
class Share:
    """One item passed on, minutes into the exercise; `noted` by its readers."""

    item: int
    by: str
    to: tuple[str, ...]
    at: float
    noted: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to a peer."""

    by: str
    to: str
    at: float
    answered: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One public act against another; `heralded` by a private word long before.

    Without an instrument the private word is all there was.
    """

    by: str
    to: str
    instrument: str
    at: float
    heralded: bool = False


@dataclass(frozen=True, slots=True)
class Belief:
    """One delegation's answer to a probe: percent by hypothesis, and severity."""

    weights: tuple[int, ...]
    severity: int


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment and what became of it."""

    by: str
    to: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Play:
    """One run. What is not in it did not happen.

    `acks` and `replies` are minutes after delivery by (phase, delegation); `duties`
    tells how each duty to consult was done: by `call`, or in `writing`, which asks
    nothing and so joins nobody.
    """

    acks: Mapping[tuple[int, str], float] = field(default_factory=dict)
    replies: Mapping[tuple[int, str], float] = field(default_factory=dict)
    shares: tuple[Share, ...] = ()
    asked: tuple[Asked, ...] = ()
    duties: Mapping[int, Literal["call", "writing"]] = field(default_factory=dict)
    beliefs: Mapping[tuple[int, str], Belief] = field(default_factory=dict)
    claims: Mapping[tuple[int, str], str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    cited: Mapping[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
