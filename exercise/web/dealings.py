"""A delegation's dealings with others: calls, joint texts, promises, offers."""

from collections import defaultdict
from typing import TypeAlias

from exercise.web.entries import EntryView
from exercise.web.frame import Frame

Json: TypeAlias = dict[str, object]


def calls(frame: Frame, stream: list[EntryView]) -> Json:
    """Return the call that is open, if one is, and those that are over."""
    here = frame.member.delegation
    lines: dict[str, list[EntryView]] = defaultdict(list)
    past: list[Json] = []
    for view in stream:
        if view.kind == "call_line" and view.body:
            lines[view.body["call"]].append(view)
        if view.kind == "call_closed" and view.body:
            body = view.body
            other = body["callee"] if body["caller"] == here else body["caller"]
            past.append(
                {
                    "id": body["call"],
                    "other": frame.book.parties.get(other),
                    "mine": body["caller"] == here,
                    "how": body["how"],
                    "lasted_ms": body["lasted_ms"],
                    "at_ms": view.at_ms,
                    "lines": lines[body["call"]],
                }
            )
    return {"open": _open_call(frame, lines), "past": past[::-1]}


def _open_call(frame: Frame, lines: dict[str, list[EntryView]]) -> Json | None:
    here = frame.member.delegation
    for id_, call in frame.state.calls.items():
        if call.has(here):
            other = call.callee if call.caller == here else call.caller
            return {
                "id": id_,
                "caller": call.caller,
                "callee": call.callee,
                "other": frame.book.parties.get(other),
                "mine": call.caller == here,
                "state": "ringing" if call.answered_ms is None else "running",
                "rings_until_ms": call.rings_until_ms,
                "answered_ms": call.answered_ms,
                "lines": lines[id_],
            }
    return None


def texts(frame: Frame, stream: list[EntryView]) -> list[Json]:
    """Return the joint texts this delegation is a party to, as they stand."""
    here, found = frame.member.delegation, dict[str, Json]()
    for view in stream:
        state = (view.body or {}).get("state")
        if not isinstance(state, dict) or here not in state.get("parties", ()):
            continue
        id_ = state["text"] or view.id
        settled = frame.state.settled.get(id_, "")
        open_to_us = here not in [*state["signed"], *state["declined"]]
        found[id_] = {
            "id": id_,
            "state": {**state, "text": id_},
            "parties": [frame.book.parties[one] for one in state["parties"]],
            "settled": settled,
            "ours_to_sign": open_to_us and not settled,
        }
    return list(found.values())[::-1]


def promises(frame: Frame) -> list[Json]:
    """Return the promises this delegation made or was made."""
    here, parties = frame.member.delegation, frame.book.parties
    return [
        {
            "id": id_,
            "type": one.type,
            "promisor": parties.get(one.promisor),
            "beneficiary": parties.get(one.beneficiary),
            "due_ms": one.due_ms,
            "delivered": one.delivered,
            "confirmed": one.confirmed,
        }
        for id_, one in frame.state.promises.items()
        if here in {one.promisor, one.beneficiary}
    ]


def offers(frame: Frame) -> list[Json]:
    """Return the offers of help that wait for an answer."""
    here, parties = frame.member.delegation, frame.book.parties
    return [
        {
            "id": id_,
            "type": one.type,
            "by": parties.get(one.by),
            "to": parties.get(one.to),
            "due_in_ms": one.due_in_ms,
            "ours": one.by == here,
        }
        for id_, one in frame.state.offers.items()
        if here in {one.by, one.to}
    ]


def prepared(frame: Frame) -> list[Json]:
    """Return the acts that wait for another seat's signature."""
    state = frame.state
    home = state.scenario.delegation(frame.member.delegation)
    return [
        {
            "id": id_,
            "instrument": act.instrument,
            "to": list(act.to),
            "fields": dict(act.fields),
            "needs": [
                one.title for one in (home.seats if home else ()) if one.id in act.needs
            ],
            "ours_to_sign": not act.needs or frame.member.seat in act.needs,
            "by": state.name_of(member),
            "mine": member == frame.member.id,
        }
        for id_, (member, act) in state.prepared.items()
        if member in state.members
        and state.members[member].delegation == frame.member.delegation
    ]


def referred(frame: Frame) -> list[Json]:
    """Return the acts that wait for instructions from this delegation's capital."""
    seats = frame.book.glossary["seats"].get(frame.member.delegation, {})
    return [
        {
            "id": id_,
            "instrument": one.act.instrument,
            "to": list(one.act.to),
            "fields": dict(one.act.fields),
            "sends_ms": one.act.sends_ms,
            "seat": seats.get(one.sender.seat, ""),
        }
        for id_, one in frame.state.referred.items()
        if one.sender.delegation == frame.member.delegation
    ]
