"""The facilitator's board: who is in, what they have read, what they owe."""

from dataclasses import dataclass
from typing import TypeAlias

from exercise.domain.acts import INSTRUMENTS
from exercise.domain.identity import Member
from exercise.web.entries import EntryView
from exercise.web.flags import flags, objections
from exercise.web.forums import sittings
from exercise.web.frame import Frame
from exercise.web.services import services

Json: TypeAlias = dict[str, object]

# Under a quarter of its time a deadline is near.
NEAR = 4
ANSWERS = frozenset({"acknowledged", "act_issued", "item_shared", "text_signed"})


@dataclass(frozen=True, slots=True)
class Owed:
    """Something a delegation was asked and has not answered."""

    delegation: str
    entry: str
    title: object
    number: str
    from_ms: int
    due_ms: int

    def standing(self, at_ms: int) -> str:
        """Return "late", "soon" or nothing."""
        if at_ms > self.due_ms:
            return "late"
        near = (self.due_ms - self.from_ms) // NEAR
        return "soon" if self.due_ms - at_ms < near else ""


def owed(entries: list[EntryView]) -> list[Owed]:
    """Return what is open, soonest first; after ENDEX nobody owes anything."""
    if any(view.kind == "ended" for view in entries):
        return []
    answered = _answered(entries)
    recalled = {
        one
        for view in entries
        if view.kind == "inject_recalled" and view.body
        for one in view.body["entries"]
    }
    found = [
        one
        for view in entries
        if view.id not in recalled
        for one in _asked(view)
        if (one.delegation, one.entry) not in answered
    ]
    return sorted(found, key=lambda one: (one.due_ms, one.delegation))


def _answered(entries: list[EntryView]) -> set[tuple[str, str]]:
    found = set()
    in_words = {one.id for one in objections(entries)}
    for view in entries:
        noted = view.kind == "acknowledged"
        if view.kind in ANSWERS and view.body:
            if noted and view.body["about"] in in_words:
                continue  # A note that one has read it answers no objection.
            for name in ("about", "answers"):
                if view.body.get(name):
                    found.add((view.author.delegation, str(view.body[name])))
    return found


def _asked(view: EntryView) -> list[Owed]:
    body = view.body
    if view.kind not in {"inject_released", "act_issued"} or not body:
        return []
    due_ms = body.get("reply_by_ms")
    if due_ms is None or body.get("public"):
        return []
    title = body.get("title") or body.get("fields", {}).get("subject")
    title = title or INSTRUMENTS[body["instrument"]].title
    number = str(body.get("number", ""))
    return [Owed(one, view.id, title, number, view.at_ms, due_ms) for one in body["to"]]


def board(frame: Frame, entries: list[EntryView]) -> Json:
    """Return the board; `entries` is the whole stream of the facilitators."""
    open_ = owed(entries)
    rows = [_row(frame, one, entries, open_) for one in frame.book.parties]
    parties = frame.book.parties
    return {
        "rows": rows,
        "waiting": [
            {
                "party": parties[one.delegation],
                "title": one.title,
                "due_ms": one.due_ms,
                "from_ms": one.from_ms,
                "state": one.standing(frame.at_ms),
                "entry": one.entry,
                "number": one.number,
            }
            for one in open_
            if one.delegation in parties
        ],
        "flags": flags(frame, entries),
        "sessions": sittings(frame),
        "people_in": sum(int(str(row["in"])) for row in rows),
        "people": sum(int(str(row["members"])) for row in rows),
    }


def _row(frame: Frame, party: str, entries: list[EntryView], open_: list[Owed]) -> Json:
    exercise, state = frame.exercise, frame.state
    here = services().floor.sockets.here(exercise)
    members = [
        one
        for one in state.members.values()
        if one.delegation == party and not one.revoked
    ]
    home = state.scenario.delegation(party)
    mine = [one for one in open_ if one.delegation == party]
    heads = services().timeline.heads(exercise)
    read_to = services().directory.read_to(exercise).get(party, 0)
    return {
        "party": frame.book.parties[party],
        "in": sum(one.id in here for one in members),
        "members": len(members),
        "seats": len(home.seats) if home else 0,
        "unread": max(0, heads.get(party, 0) - read_to),
        "owed": len(mine),
        "late": sum(one.standing(frame.at_ms) == "late" for one in mine),
        "soon": sum(one.standing(frame.at_ms) == "soon" for one in mine),
        "last": _last(party, entries),
        "people": [_person(frame, one, here) for one in members],
    }


def _person(frame: Frame, member: Member, here: set[str]) -> Json:
    seats = frame.book.glossary["seats"].get(member.delegation, {})
    return {
        "member": member.id,
        "name": frame.state.name_of(member.id),
        "seat": seats.get(member.seat, ""),
        "here": member.id in here,
    }


def _last(party: str, entries: list[EntryView]) -> Json | None:
    for view in reversed(entries):
        acted = view.author.delegation == party
        if acted and not view.kind.startswith("member_"):
            what = (view.body or {}).get("instrument", "")
            return {
                "id": view.id,
                "at_ms": view.at_ms,
                "kind": view.kind,
                "what": INSTRUMENTS[what].title if what in INSTRUMENTS else "",
            }
    return None


def members(frame: Frame) -> list[Json]:
    """Return everybody who was taken in: by delegation, then the staff; by name."""
    here = services().floor.sockets.here(frame.exercise)
    parties = frame.book.parties
    order = {party: at for at, party in enumerate(parties)}
    found = [one for one in frame.state.members.values() if one.role != "room"]
    found.sort(
        key=lambda one: (
            order.get(one.delegation, len(order)),
            one.role,
            frame.state.name_of(one.id).casefold(),
        )
    )
    return [
        {
            "id": one.id,
            "role": one.role,
            "party": parties.get(one.delegation),
            "seat": _person(frame, one, here)["seat"],
            "name": frame.state.name_of(one.id),
            "revoked": one.revoked,
            "here": one.id in here,
        }
        for one in found
    ]
