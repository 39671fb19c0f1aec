"""What the events of a forum mean for the state."""

from dataclasses import replace

from exercise.domain import events as e
from exercise.domain.moment import Recorded
from exercise.domain.state.exercise import Exercise, changed


def apply(state: Exercise, event: e.ForumChange, entry: Recorded) -> Exercise:
    """Return the state with a room as it stands after `event`."""
    room = replace(event.state, forum=event.state.forum or entry.id)
    return changed(state, forums=state.forums.set(room.forum, room))
