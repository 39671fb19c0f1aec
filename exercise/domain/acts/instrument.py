"""What an instrument of cyber diplomacy is: its form, its rung, who reads it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from exercise.domain.acts.fields import FieldSpec
from exercise.domain.acts.forms import REMARK
from exercise.domain.scenario.words import Kind

Addressees: TypeAlias = Literal["none", "one", "some", "any"]
Group: TypeAlias = Literal[
    "talk", "inform", "public", "help", "legal", "measure", "joint"
]
STATES: tuple[Kind, ...] = ("state",)
MEDIA: tuple[Kind, ...] = ("media",)
NAMES = 3  # From this rung on a public act names whom it is against.
ALLEGING = ("private_demarche", "call_to_comply")
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
    about a public act of the same delegation; one that `objects` is bound to the
    measure or request it is about, and to an answer by whose it is.
    """

    id: str
    title: str
    rung: int
    group: Group
    public: bool = False
    addressees: Addressees = "some"
    fields: tuple[FieldSpec, ...] = ()
    request: bool = False
    answers: bool = False
    corrects: bool = False
    objects: bool = False
    who: tuple[Kind, ...] = EVERYONE
    command: str = "act"
    hint: str = ""

    @property
    def alleges(self) -> bool:
        """Tell whether an act with it says that somebody broke a rule."""
        named = self.public and self.rung >= NAMES
        return named or self.objects or self.id in ALLEGING


def short_answer(
    id_: str, title: str, group: Group, who: tuple[Kind, ...] = EVERYONE
) -> Instrument:
    """Return an instrument that answers what is open, with a remark at the most."""
    return Instrument(
        id=id_,
        title=title,
        rung=0,
        group=group,
        addressees="any",
        answers=True,
        who=who,
        fields=(REMARK,),
    )
