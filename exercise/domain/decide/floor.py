"""The floor of a forum: asked for, given, spoken from, yielded."""

from dataclasses import replace

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.decide.forums import entered, name_of, presided
from exercise.domain.errors import Conflict, Forbidden, NotFound
from exercise.domain.identity import Member
from exercise.domain.state import Exercise


def ask(state: Exercise, command: c.AskFloor, member: Member) -> tuple[e.Event, ...]:
    """Join the end of the speakers' list, or leave it."""
    room, own = entered(state, command.forum, member), member.delegation
    if not command.on:
        if own not in room.speakers:
            raise Conflict("You are not on the speakers' list.", field="on")
        left = tuple(one for one in room.speakers if one != own)
        return (e.FloorAsked(state=replace(room, speakers=left), waits=False),)
    if room.floor == own:
        raise Conflict("You have the floor.", field="forum")
    if own in room.speakers:
        raise Conflict(
            "You are on the speakers' list already, at place {place}.",
            code="waiting",
            field="forum",
            place=1 + room.speakers.index(own),
        )
    longer = (*room.speakers, own)
    return (e.FloorAsked(state=replace(room, speakers=longer), waits=True),)


def give(state: Exercise, command: c.GiveFloor, member: Member) -> tuple[e.Event, ...]:
    """Give the floor to the next speaker, or to the one the chair names."""
    room = presided(state, command.forum, member)
    if room.floor:
        raise Conflict(
            "{who} has the floor. It yields, or you take it back first.",
            code="floor-taken",
            field="forum",
            who=name_of(state, room.floor),
        )
    if command.to and command.to not in room.members:
        raise NotFound("“{name}” is not in this room.", field="to", name=command.to)
    if not command.to and not room.speakers:
        raise Conflict("Nobody waits for the floor.", code="nobody-waits", field="to")
    to = command.to or room.speakers[0]
    waiting = tuple(one for one in room.speakers if one != to)
    return (
        e.FloorGiven(
            state=replace(room, floor=to, speakers=waiting),
            to=to,
            in_turn=room.speakers[:1] in {(), (to,)},
        ),
    )


def yield_(
    state: Exercise, command: c.YieldFloor, member: Member
) -> tuple[e.Event, ...]:
    """Give the floor back; the chair may take it back from whoever has it."""
    room, own = entered(state, command.forum, member), member.delegation
    if not room.floor:
        raise Conflict("Nobody has the floor.", code="no-floor", field="forum")
    if own not in {room.floor, room.chair}:
        raise Forbidden(
            "{who} has the floor; only it or the chair ends that.",
            field="forum",
            who=name_of(state, room.floor),
        )
    return (e.FloorYielded(state=replace(room, floor=""), speaker=room.floor),)


def speak(state: Exercise, command: c.Speak, member: Member) -> tuple[e.Event, ...]:
    """Make a statement; nobody does without the floor."""
    room = entered(state, command.forum, member)
    if room.floor != member.delegation:
        raise Forbidden(
            "You do not have the floor. Ask for it; the chair gives it in turn.",
            code="no-floor",
            field="forum",
        )
    return (
        e.ForumSpoken(
            forum=room.forum, title=room.title, item=room.item, text=command.text
        ),
    )
