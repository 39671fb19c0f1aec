"""Joint investigations as they stand: who proposed, who leads, who has joined."""

from dataclasses import dataclass, replace

from immutables import Map

from exercise.domain.events import ActIssued
from exercise.domain.moment import Recorded

PROPOSED = "joint_investigation"
JOINED = "join_investigation"
DECLINED = "decline_investigation"
HALF_AN_HOUR = 1_800_000


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A joint investigation proposed to `members`, who join or decline one by one."""

    by: str
    members: tuple[str, ...]
    lead: str
    scope: str
    due_in_ms: int
    joined: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """Return who leads: whoever proposed it, once the lead named has declined."""
        return self.by if self.lead in self.declined else self.lead


def inquired(
    inquiries: Map[str, Inquiry], event: ActIssued, entry: Recorded
) -> Map[str, Inquiry]:
    """Return the joint investigations after one more act."""
    by = entry.author.delegation
    match event.instrument:
        case "joint_investigation":
            return inquiries.set(entry.id, _proposed(event, by))
        case "join_investigation":
            asked = inquiries[event.about]
            return inquiries.set(
                event.about, replace(asked, joined=(*asked.joined, by))
            )
        case "decline_investigation":
            asked = inquiries[event.about]
            return inquiries.set(
                event.about, replace(asked, declined=(*asked.declined, by))
            )
        case _:
            return inquiries


def _proposed(event: ActIssued, by: str) -> Inquiry:
    due_in = event.fields.get("due_in")
    return Inquiry(
        by=by,
        members=event.to,
        lead=str(event.fields.get("lead", by)),
        scope=str(event.fields.get("scope", "")),
        due_in_ms=due_in * 60_000 if isinstance(due_in, int) else HALF_AN_HOUR,
    )
