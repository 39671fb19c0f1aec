"""Sessions: asking for the floor and speaking as a member, presiding as the chair."""

from collections.abc import Iterator

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.service.robots.forms import phrase
from exercise.service.robots.memory import Heard
from exercise.service.robots.mind import MINUTE, SECOND, Commands, Mind, Plan

THINK = 10 * SECOND
CALL = 5 * SECOND
# How often the chair looks whether an item is talked out, and when it must be.
LOOK = 2 * MINUTE
LOOKS = 15
SHORT = 200


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan the next step in a room this delegation sits in."""
    if not mind.policy.peers:
        return
    match heard.event:
        case e.ForumOpened(state=room) if room.chair == mind.own:
            yield from _presides(mind, heard, room.forum)
        case e.ForumOpened(state=room):
            yield _asks(mind, heard, room.forum)
        case e.ForumAdmitted(state=room, admitted=admitted) if mind.own in admitted:
            yield _asks(mind, heard, room.forum)
        case e.FloorGiven(state=room, to=to) if to == mind.own:
            yield Plan(heard.at_ms + THINK, lambda _: _speak(mind, room.forum))
        case e.FloorAsked(state=room) | e.FloorYielded(state=room) if (
            room.chair == mind.own
        ):
            yield Plan(heard.at_ms + CALL, lambda _: _next(mind, room.forum))
        case _:
            return


def _asks(mind: Mind, heard: Heard, forum: str) -> Plan:
    # A few seconds apart, by where they stand among the delegations.
    when = heard.at_ms + THINK + mind.brief.place * SECOND
    return Plan(when, lambda _: _ask(mind, forum))


def _ask(mind: Mind, forum: str) -> Commands:
    room = _open(mind, forum)
    if room is None or mind.own in {*room.speakers, room.floor}:
        return ()
    return (c.AskFloor(forum=forum),)


def _speak(mind: Mind, forum: str) -> Commands:
    room = _open(mind, forum)
    if room is None or room.floor != mind.own:
        return ()
    words = phrase(mind, "floor", room.title)
    return (c.Speak(forum=forum, text=words), c.YieldFloor(forum=forum))


def _next(mind: Mind, forum: str) -> Commands:
    room = _open(mind, forum)
    if room is None or room.floor or not room.speakers:
        return ()
    return (c.GiveFloor(forum=forum),)


def _presides(mind: Mind, heard: Heard, forum: str) -> Iterator[Plan]:
    """Look now and then whether the item is talked out, and end in half an hour."""
    for n in range(1, LOOKS + 1):

        def make(_: int, *, last: bool = n == LOOKS) -> Commands:
            return _moves_on(mind, forum, last=last)

        yield Plan(heard.at_ms + n * LOOK, make)


def _moves_on(mind: Mind, forum: str, *, last: bool) -> Commands:
    """Take minutes and go to the next item, or close after the last one."""
    room = _open(mind, forum)
    if room is None or ((room.floor or room.speakers) and not last):
        return ()
    item = room.agenda[room.item - 1]
    minutes = c.RecordMinutes(forum=forum, text=phrase(mind, "minutes", item[:SHORT]))
    if room.item < len(room.agenda) and not last:
        return (minutes, c.TakeUp(forum=forum, item=room.item + 1))
    words = phrase(mind, "conclusion", room.title)
    return (minutes, c.CloseForum(forum=forum, conclusion=words))


def _open(mind: Mind, forum: str) -> e.ForumState | None:
    room = mind.memory.forums.get(forum)
    return room if room is not None and room.status == "open" else None
