"""Joint measures on the table: who proposed what against whom, and who has joined."""

from dataclasses import dataclass, field, replace

from immutables import Map

from exercise.domain.events import ActIssued
from exercise.domain.fields import Fields
from exercise.domain.moment import Recorded

PROPOSED = "joint_measure"
JOINED = "join_measure"
DECLINED = "decline_measure"
CONDITIONS = ("prior_wrongful_act", "call_to_comply", "notice_given")


@dataclass(frozen=True, slots=True, kw_only=True)
class JointMeasure:
    """A measure that `asked` may join until `until_ms`; `bases` are by adopter."""

    by: str
    instrument: str
    target: str
    asked: tuple[str, ...]
    until_ms: int
    text: str
    about: str = ""
    proportionality: str = ""
    conditions: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    bases: dict[str, str] = field(default_factory=dict)
    declined: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Tell whether everybody who was asked has answered."""
        return set(self.asked) <= {*self.bases, *self.declined}

    def joined(self, one: str, basis: str) -> "JointMeasure":
        """Return the measure with one more adopter."""
        return replace(self, bases={**self.bases, one: basis})

    def turned_down(self, one: str) -> "JointMeasure":
        """Return the measure with one more who will not take it."""
        return replace(self, declined=(*self.declined, one))


def answered(measure: JointMeasure, event: ActIssued, by: str) -> JointMeasure:
    """Return a measure after one of those asked joined or declined."""
    if event.instrument == JOINED:
        return measure.joined(by, str(event.fields.get("basis", "")))
    return measure.turned_down(by)


def tabled(
    measures: Map[str, JointMeasure], event: ActIssued, entry: Recorded
) -> Map[str, JointMeasure]:
    """Return the joint measures on the table after one more act."""
    by = entry.author.delegation
    if event.instrument == PROPOSED:
        return measures.set(entry.id, _proposed(event, by))
    if event.instrument in {JOINED, DECLINED} and event.about in measures:
        return measures.set(event.about, answered(measures[event.about], event, by))
    return measures


def _proposed(event: ActIssued, by: str) -> JointMeasure:
    fields = event.fields
    return JointMeasure(
        by=by,
        instrument=str(fields["measure"]),
        target=str(fields["target"]),
        asked=event.to,
        until_ms=event.reply_by_ms or 0,
        text=str(fields["text"]),
        about=event.about,
        proportionality=str(fields.get("proportionality", "")),
        conditions=tuple(one for one in CONDITIONS if fields.get(one) is True),
        citations=_cited(fields),
        bases={by: str(fields["basis"])},
    )


def _cited(fields: Fields) -> tuple[str, ...]:
    cited = fields.get("citations", ())
    return cited if isinstance(cited, tuple) else ()
