"""Which files each audience has been given, and who may read one."""

from immutables import Map

from exercise.domain import events as e
from exercise.domain.identity import EVALUATORS, FACILITATORS, Member
from exercise.domain.moment import Recorded
from exercise.domain.scenario import Attachment
from exercise.domain.state.exercise import Exercise

Given = Map[tuple[str, str], str]


def attached(event: e.Event) -> tuple[Attachment, ...]:
    """Return the files that come with an entry."""
    match event:
        case e.InjectReleased():
            held = (one for card in event.items for one in card.attachments)
            return (*event.attachments, *held)
        case e.ItemShared():
            return event.attachments
        case _:
            return ()


def given(known: Given, entry: Recorded) -> Given:
    """Return who has been given what after one more entry: (audience, SHA-256)."""
    for one in attached(entry.event):
        for audience in entry.audience:
            if (audience, one.sha256) not in known:
                known = known.set((audience, one.sha256), entry.id)
    return known


def readable(state: Exercise, member: Member, sha256: str) -> Attachment | None:
    """Return a file if this member may read it: delivered, or one of the staff."""
    found = state.scenario.files.get(sha256)
    if found is None or member.revoked:
        return None
    stream = member.stream
    if stream in {FACILITATORS, EVALUATORS} or (stream, sha256) in state.papers:
        return found
    home = state.scenario.delegation(stream) if member.role == "delegate" else None
    own = home.attachments if home else ()
    return next((one for one in own if one.sha256 == sha256), None)
