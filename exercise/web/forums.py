"""Sessions: a delegation's rooms and what was said there; the facilitators' list."""

from typing import TypeAlias

from exercise.web.entries import EntryView
from exercise.web.frame import Frame

Json: TypeAlias = dict[str, object]

STANDS = frozenset(
    {
        "forum_opened",
        "forum_admitted",
        "floor_asked",
        "floor_given",
        "floor_yielded",
        "agenda_turned",
        "forum_closed",
    }
)
WORDS = frozenset({"forum_spoken", "minutes_recorded", "item_shared"})


def forums(stream: list[EntryView]) -> Json:
    """Return each room as it stands, the newest first, with its lines and minutes."""
    rooms: dict[str, EntryView] = {}
    lines: list[EntryView] = []
    for view in stream:
        if not view.body:
            continue
        forum = forum_of(view)
        if view.kind in STANDS:
            rooms[forum] = view
        if forum in rooms:
            lines.append(view)
    return {"rooms": list(rooms.values())[::-1], "lines": lines}


def sittings(frame: Frame) -> list[Json]:
    """Return the rooms that are open, for the facilitators' board."""
    parties = frame.book.parties
    return [
        {
            "id": id_,
            "title": room.title,
            "sort": room.sort,
            "chair": parties[room.chair],
            "floor": parties.get(room.floor),
            "waits": len(room.speakers),
            "members": [parties[one] for one in room.members],
            "item": room.item,
            "items": len(room.agenda),
        }
        for id_, room in sorted(frame.state.forums.items())
        if room.status == "open"
    ]


def forum_of(view: EntryView) -> str:
    """Return the room an entry belongs to, or nothing."""
    if view.kind in STANDS:
        return str(view.body["state"]["forum"])
    if view.kind in WORDS:
        return str(view.body.get("forum", ""))
    state = view.body.get("state") if view.kind.startswith("text_") else None
    return str(state.get("forum", "")) if state else ""
