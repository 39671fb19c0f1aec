"""The sessions of a report: who met in which room, its minutes and its conclusion."""

from collections.abc import Sequence
from dataclasses import dataclass

from exercise.domain import events as e
from exercise.domain.events.forum import Sort
from exercise.domain.moment import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesLine:
    """Something a chair put into the minutes under an item of the agenda."""

    item: int
    agenda_item: str
    text: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One room: its members in the end, how many statements, minutes, conclusion."""

    forum: str
    sort: Sort
    title: str
    chair: str
    members: tuple[str, ...]
    opened_ms: int
    closed_ms: int | None
    statements: int
    minutes: tuple[MinutesLine, ...]
    conclusion: str
    entries: tuple[str, ...]


@dataclass(slots=True)
class _Room:
    """What is known of a room while its entries are read."""

    state: e.ForumState
    first: str
    closed: Recorded | None
    conclusion: str
    statements: int
    minutes: list[MinutesLine]


def sessions(entries: Sequence[Recorded], *, words: bool) -> tuple[SessionLine, ...]:
    """Return the rooms in the order of their opening.

    What was said in one is for those who sat there: without `words` its title, its
    minutes and its conclusion are left out.
    """
    rooms: dict[str, _Room] = {}
    for one in entries:
        _take(rooms, one)
    return tuple(_line(room, words=words) for room in rooms.values())


def _take(rooms: dict[str, _Room], entry: Recorded) -> None:
    match entry.event:
        case e.ForumClosed(state=state, conclusion=conclusion):
            room = _room(rooms, state, entry)
            room.state, room.closed, room.conclusion = state, entry, conclusion
        case change if isinstance(change, e.ForumChange):
            _room(rooms, change.state, entry).state = change.state
        case e.ForumSpoken(forum=forum) if forum in rooms:
            rooms[forum].statements += 1
        case e.MinutesRecorded(forum=forum) as it if forum in rooms:
            line = MinutesLine(
                item=it.item, agenda_item=it.agenda_item, text=it.text, entry=entry.id
            )
            rooms[forum].minutes.append(line)
        case _:
            return


def _room(rooms: dict[str, _Room], state: e.ForumState, entry: Recorded) -> _Room:
    return rooms.setdefault(state.forum, _Room(state, entry.id, None, "", 0, []))


def _line(room: _Room, *, words: bool) -> SessionLine:
    state, closed = room.state, room.closed
    last = () if closed is None else (closed.id,)
    return SessionLine(
        forum=state.forum,
        sort=state.sort,
        title=state.title if words else "",
        chair=state.chair,
        members=state.members,
        opened_ms=state.opened_ms,
        closed_ms=None if closed is None else closed.at_ms,
        statements=room.statements,
        minutes=tuple(room.minutes) if words else (),
        conclusion=room.conclusion if words else "",
        entries=(room.first, *(one.entry for one in room.minutes), *last),
    )
