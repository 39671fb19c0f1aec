"""Joint measures: one measure that several States take together, or do not."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from exercise.domain.limits import Between, Few, Key, Keys, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureAdopted:
    """A joint measure is taken, as one act, by all who joined it.

    `measure` is the proposal's entry; `bases` holds each adopter's own legal basis,
    `conditions` what the proposal says of a countermeasure.
    """

    KIND: ClassVar[str] = "measure_adopted"
    measure: Key
    instrument: Key
    rung: Annotated[int, Between(0, 6)]
    by: Key
    target: Key
    adopters: Keys
    bases: Annotated[dict[Key, Key], Few(64)]
    text: Prose
    proportionality: Prose = ""
    conditions: Keys = ()
    citations: Keys = ()
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLapsed:
    """A joint measure came to nothing: nobody but its proposer would take it."""

    KIND: ClassVar[str] = "measure_lapsed"
    measure: Key
    instrument: Key
    by: Key
    target: Key
    asked: Keys
    declined: Keys = ()
