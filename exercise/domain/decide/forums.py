"""Forums: convened by an act, led by their chair, closed with a conclusion."""

import re
from collections.abc import Mapping
from dataclasses import replace

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import Instrument
from exercise.domain.acts.instrument import EVERYONE
from exercise.domain.decide.standing import addressees, home
from exercise.domain.errors import Conflict, Forbidden, NotFound, Unfit
from exercise.domain.events import ForumState
from exercise.domain.events.forum import Sort
from exercise.domain.fields import Field, Fields
from exercise.domain.identity import Member
from exercise.domain.moment import Moment
from exercise.domain.scenario.words import Kind
from exercise.domain.state import Exercise

MOST_ITEMS = 40
TITLE = 200
NUMBERING = re.compile(r"^\s*(?:\d{1,2}[.)]|[-–•*])\s+")
BODIES: tuple[Kind, ...] = ("regional_org", "un_body")
# Who may call which session; anybody may call for one in an emergency.
CALLED_BY: Mapping[str, tuple[Kind, ...]] = {
    "emergency": EVERYONE,
    "plenary": BODIES,
    "multistakeholder": ("state", *BODIES, "company", "cso"),
}
CONVENING = frozenset({"convene_forum", "tech_exchange"})


def check(state: Exercise, spec: Instrument, fields: Fields, member: Member) -> None:
    """Refuse a session that this delegation may not call, or without an agenda.

    Raises:
        Forbidden: this kind of session is for others to call.
        Unfit: the agenda has no item, or too many.
    """
    if spec.id not in CONVENING:
        return
    kind = home(state, member).kind
    sort = _sort(spec.id, fields, kind)
    if kind not in CALLED_BY.get(sort, EVERYONE):
        raise Forbidden(
            "Only a regional organisation or a body of the United Nations convenes a "
            "plenary. Call an emergency session, which every delegation may."
            if sort == "plenary"
            else "The press does not convene a multistakeholder session.",
            field="fields.session",
        )
    items = agenda_of(fields)
    if not 0 < len(items) <= MOST_ITEMS:
        raise Unfit(
            "An agenda has 1 to {most} items, one a line; this one has {count}.",
            field="fields.text",
            most=MOST_ITEMS,
            count=len(items),
        )


def _sort(instrument: str, fields: Mapping[str, Field], kind: Kind) -> Sort:
    if instrument == "tech_exchange":
        return "technical"
    match fields.get("session"):
        case "emergency" | "plenary" | "multistakeholder" as told:
            return told
        case _:
            return "plenary" if kind in BODIES else "emergency"


def agenda_of(fields: Mapping[str, Field]) -> tuple[str, ...]:
    """Return the agenda's items, one a line, without the numbers before them.

    An exchange without an agenda has its subject or its first line for one.
    """
    lines = str(fields.get("agenda") or fields.get("text") or "").splitlines()
    items = tuple(NUMBERING.sub("", one).strip() for one in lines if one.strip())
    return tuple(one for one in items if one)


def opened(
    state: Exercise, act: e.ActIssued, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Return the room that an act opens, if it opens one; its author chairs."""
    if act.instrument not in CONVENING:
        return ()
    agenda = agenda_of(act.fields)
    subject = str(act.fields.get("subject") or "")
    if act.instrument == "tech_exchange" and not act.fields.get("agenda"):
        agenda = (subject or agenda[0],)
    room = ForumState(
        forum=now.ids(1),
        sort=_sort(act.instrument, act.fields, home(state, member).kind),
        title=(subject or agenda[0])[:TITLE],
        agenda=agenda,
        chair=member.delegation,
        members=tuple(sorted({member.delegation, *act.to})),
        opened_ms=now.at_ms,
    )
    return (e.ForumOpened(state=room, about=now.ids(0)),)


def take_up(state: Exercise, command: c.TakeUp, member: Member) -> tuple[e.Event, ...]:
    """Go to an item of the agenda."""
    room = presided(state, command.forum, member)
    if command.item > len(room.agenda):
        raise Unfit(
            "The agenda has {count} items.", field="item", count=len(room.agenda)
        )
    if command.item == room.item:
        raise Conflict("This item is under discussion already.", field="item")
    return (e.AgendaTurned(state=replace(room, item=command.item)),)


def record(
    state: Exercise, command: c.RecordMinutes, member: Member
) -> tuple[e.Event, ...]:
    """Put words into the minutes under the item that is discussed."""
    room = presided(state, command.forum, member)
    return (
        e.MinutesRecorded(
            forum=room.forum,
            title=room.title,
            item=room.item,
            agenda_item=room.agenda[room.item - 1],
            text=command.text,
        ),
    )


def admit(state: Exercise, command: c.Admit, member: Member) -> tuple[e.Event, ...]:
    """Invite more delegations, who read what happens from then on."""
    room = presided(state, command.forum, member)
    asked = addressees(state, member.delegation, command.delegations, "delegations")
    fresh = tuple(one for one in asked if one not in room.members)
    if not fresh:
        raise Conflict("They are in the room already.", field="delegations")
    grown = replace(room, members=tuple(sorted({*room.members, *fresh})))
    return (e.ForumAdmitted(state=grown, admitted=fresh),)


def close(
    state: Exercise, command: c.CloseForum, member: Member
) -> tuple[e.Event, ...]:
    """Close a room; the texts that lie on its table fall."""
    room = presided(state, command.forum, member)
    left = tuple(
        e.TextWithdrawn(state=text, reason="session closed")
        for _, text in sorted(state.texts.items())
        if text.forum == room.forum
    )
    return (*left, _closed(room, "closed", command.conclusion))


def ended(state: Exercise) -> tuple[e.Event, ...]:
    """Return the rooms that ENDEX closes."""
    rooms = (room for _, room in sorted(state.forums.items()))
    return tuple(_closed(one, "ended", "") for one in rooms if one.status == "open")


def _closed(room: ForumState, how: str, conclusion: str) -> e.ForumClosed:
    shut = replace(room, status="closed", floor="", speakers=())
    return e.ForumClosed(
        state=shut,
        how=how,  # type: ignore[arg-type] # one of the two words, from above
        conclusion=conclusion,
    )


def tabled(
    state: Exercise, command: c.Propose, member: Member, parties: tuple[str, ...]
) -> ForumState:
    """Return the room on whose table a text is put; its parties sit there.

    Raises:
        Unfit: a party is not in the room.
    """
    room = entered(state, command.forum, member)
    outside = tuple(one for one in parties if one not in room.members)
    if outside:
        raise Unfit(
            "Not in this room: {who}. The chair invites them first.",
            field="parties",
            who=", ".join(outside),
        )
    return room


def exchanged(state: Exercise, command: c.ShareItem, member: Member) -> tuple[str, ...]:
    """Return who gets an item that is shared to a whole room at once.

    Raises:
        Unfit: the room is no technical exchange, or there is nobody else in it.
    """
    room = entered(state, command.forum, member)
    if room.sort != "technical":
        raise Unfit(
            "Items go to a whole room in a technical exchange only.", field="forum"
        )
    own = member.delegation
    named = addressees(state, own, command.to)
    outside = tuple(one for one in named if one not in room.members)
    if outside:
        raise Unfit("Not in this room: {who}.", field="to", who=", ".join(outside))
    return named or tuple(one for one in room.members if one != own)


def entered(state: Exercise, id_: str, member: Member) -> ForumState:
    """Return an open room in which the member's delegation sits.

    Raises:
        NotFound: there is no such room for them.
        Conflict: it is closed.
    """
    room = state.forums.get(id_)
    staff = member.role == "facilitator"
    if room is None or not (staff or member.delegation in room.members):
        raise NotFound("You are in no such room.", field="forum")
    if room.status == "closed":
        raise Conflict("This session is closed.", code="closed", field="forum")
    return room


def presided(state: Exercise, id_: str, member: Member) -> ForumState:
    """Return an open room that the member chairs, or a facilitator steps into.

    Raises:
        Forbidden: another delegation has the chair.
    """
    room = entered(state, id_, member)
    if member.role != "facilitator" and member.delegation != room.chair:
        raise Forbidden(
            "This is for the chair of the session: {chair}.",
            field="forum",
            chair=name_of(state, room.chair),
        )
    return room


def name_of(state: Exercise, id_: str) -> str:
    """Return a delegation's short name."""
    found = state.scenario.delegation(id_)
    return found.short if found else id_
