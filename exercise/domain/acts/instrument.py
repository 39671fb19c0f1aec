"""What an instrument of cyber diplomacy is: its form, its rung, who reads it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from exercise.domain.acts.fields import FieldSpec
from exercise.domain.scenario.words import Kind

Addressees: TypeAlias = Literal["none", "one", "some", "any"]
STATES: tuple[Kind, ...] = ("state",)
MEDIA: tuple[Kind, ...] = ("media",)
EVERYONE: tuple[Kind, ...] = (
    "state",
    "regional_org",
    "un_body",
    "company",
    "cso",
    "media",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One instrument, defined once for forms, wire, timeline and score.

    `command` is the command that writes it when it is not `act`. `request` asks its
    addressees for an answer; `answers` may answer one. `adverse` needs no more
    than its rung to say. `group` sorts the composer's menu. One that `corrects` is
    about a public act of the same delegation.
    """

    id: str
    title: str
    rung: int
    group: Literal["talk", "inform", "public", "help", "legal", "measure", "joint"]
    public: bool = False
    addressees: Addressees = "some"
    fields: tuple[FieldSpec, ...] = ()
    request: bool = False
    answers: bool = False
    corrects: bool = False
    who: tuple[Kind, ...] = EVERYONE
    command: str = "act"
    hint: str = ""
