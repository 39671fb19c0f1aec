"""What happens in a forum, in one line of a report without the words said there."""

from exercise.domain import events as e
from exercise.domain.scoring import Message, say


def meeting(event: e.ForumChange | e.ForumWord, who: str) -> Message:
    """Return one line about a step in a room; `who` is the delegation that took it."""
    match event:
        case e.ForumSpoken():
            return say("%(who)s speaks in the session", who=who)
        case e.MinutesRecorded(item=item):
            text = "%(who)s records minutes on item %(item)d"
            return say(text, who=who, item=item)
        case _:
            return _changed(event, who)


def _changed(event: e.ForumChange, who: str) -> Message:
    match event:
        case e.ForumOpened(state=state):
            with_ = ", ".join(one for one in state.members if one != state.chair)
            return say("%(who)s opens a session with %(to)s", who=who, to=with_)
        case e.ForumAdmitted(admitted=admitted):
            return say("%(to)s invited to the session", to=", ".join(admitted))
        case e.FloorAsked(waits=waits):
            asks = "%(who)s asks for the floor"
            return say(asks if waits else "%(who)s no longer asks for it", who=who)
        case e.FloorGiven(to=to):
            return say("%(to)s has the floor", to=to)
        case e.FloorYielded(speaker=speaker):
            return say("%(to)s yields the floor", to=speaker)
        case e.AgendaTurned(state=state):
            return say("The session takes up item %(item)d", item=state.item)
        case e.ForumClosed(state=state):
            return say("The session that %(who)s chaired is closed", who=state.chair)
