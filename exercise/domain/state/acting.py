"""What acts, calls, texts and promises mean for the state."""

from dataclasses import replace
from typing import TypeAlias

from immutables import Map

from exercise.domain import events as e
from exercise.domain.moment import Recorded
from exercise.domain.state import at_home
from exercise.domain.state.exercise import Exercise, changed
from exercise.domain.state.inquiries import inquired
from exercise.domain.state.joint import tabled
from exercise.domain.state.values import Offer, OpenCall, Promise

PUBLIC_ADVERSE = 3
Dealing: TypeAlias = (
    e.ActIssued
    | e.ActPrepared
    | e.ActReferred
    | e.ActWithdrawn
    | e.ContactUpdated
    | e.ItemShared
    | e.CallOpened
    | e.CallAnswered
    | e.CallClosed
    | e.CommitmentMade
    | e.CommitmentDelivered
    | e.CommitmentConfirmed
    | e.TextChange
    | e.TextEnd
    | e.MeasureAdopted
    | e.MeasureLapsed
)


def apply(state: Exercise, event: Dealing, entry: Recorded) -> Exercise:
    """Return the state after an act or what follows from one."""
    match event:
        case e.ActIssued():
            return _issued(state, event, entry)
        case e.ActPrepared():
            waiting = (entry.author.member, event)
            return changed(state, prepared=state.prepared.set(entry.id, waiting))
        case e.ActReferred() | e.ActWithdrawn() | e.ContactUpdated():
            return at_home.apply(state, event, entry)
        case e.ItemShared():
            return _shared(state, event, entry)
        case e.CallOpened() | e.CallAnswered() | e.CallClosed():
            return _calls(state, event, entry)
        case e.CommitmentMade() | e.CommitmentDelivered() | e.CommitmentConfirmed():
            return _promises(state, event, entry)
        case e.MeasureAdopted():
            return _adopted(state, event)
        case e.MeasureLapsed():
            measures = state.measures.delete(event.measure)
            return changed(state, measures=measures)
        case e.TextPublished():
            return _published(state, event)
        case e.TextWithdrawn():
            return _settled(state, event.state, "withdrawn")
        case _:
            text = event.state.text or entry.id
            stands = replace(event.state, text=text)
            return changed(state, texts=state.texts.set(text, stands))


def _did(
    state: Exercise, by: str, instrument: str, to: tuple[str, ...], at_ms: int
) -> Map[tuple[str, str, str], int]:
    acted = state.acted
    for target in ("", *to):
        key = (by, instrument, target)
        if key not in acted:
            acted = acted.set(key, at_ms)
    return acted


def _issued(state: Exercise, event: e.ActIssued, entry: Recorded) -> Exercise:
    by = entry.author.delegation
    state = changed(
        state,
        acted=_did(state, by, event.instrument, event.to, entry.at_ms),
        inquiries=inquired(state.inquiries, event, entry),
        measures=tabled(state.measures, event, entry),
    )
    if event.public:
        state = _spoken(state, by, event.fields.get("claims"), event.rung)
    state = at_home.gone(state, event.prepared_by)
    match event.instrument:
        case "offer_assistance":
            offer = Offer(
                type=str(event.fields.get("type", "")),
                by=by,
                to=event.to[0],
                due_in_ms=_minutes(event.fields.get("due_in")),
                about=event.about,
            )
            return changed(state, offers=state.offers.set(entry.id, offer))
        case "accept_assistance":
            kind = state.offers[event.about].type
            return changed(
                state,
                offers=state.offers.delete(event.about),
                accepted=state.accepted.set(kind, entry.at_ms),
            )
        case "decline_assistance":
            return changed(state, offers=state.offers.delete(event.about))
        case "public_attribution":
            level = str(event.fields.get("confidence", "low"))
            return changed(state, attributed=state.attributed.set(by, level))
        case _:
            return state


def _minutes(value: object) -> int:
    return value * 60_000 if isinstance(value, int) else 30 * 60_000


def _spoken(state: Exercise, by: str, claims: object, rung: int) -> Exercise:
    """Return the state after `by` said `claims` in public at `rung`."""
    claimed = state.claimed
    if isinstance(claims, dict):
        for topic, value in claims.items():
            for who in ("", by):
                claimed = claimed.set((topic, value, who), state.at_ms)
    unjustified = state.rung_unjustified
    if rung >= PUBLIC_ADVERSE and rung > state.ceiling(state.at_ms):
        unjustified = max(unjustified, rung)
    return changed(
        state,
        claimed=claimed,
        rung=max(state.rung, rung),
        rung_unjustified=unjustified,
    )


def _shared(state: Exercise, event: e.ItemShared, entry: Recorded) -> Exercise:
    holdings = state.holdings
    for delegation in event.to:
        if (event.item, delegation) not in holdings:
            holdings = holdings.set((event.item, delegation), entry.at_ms)
    by = entry.author.delegation
    acted = _did(state, by, "share_item", event.to, entry.at_ms)
    return changed(state, holdings=holdings, acted=acted)


def _calls(
    state: Exercise,
    event: e.CallOpened | e.CallAnswered | e.CallClosed,
    entry: Recorded,
) -> Exercise:
    match event:
        case e.CallOpened():
            call = OpenCall(event.caller, event.callee, event.rings_until_ms)
            return changed(state, calls=state.calls.set(entry.id, call))
        case e.CallAnswered():
            answered = replace(state.calls[event.call], answered_ms=entry.at_ms)
            acted = _did(
                state, event.caller, "hotline_call", (event.callee,), entry.at_ms
            )
            calls = state.calls.set(event.call, answered)
            return changed(state, calls=calls, acted=acted)
        case e.CallClosed():
            return changed(state, calls=state.calls.delete(event.call))


def _promises(
    state: Exercise,
    event: e.CommitmentMade | e.CommitmentDelivered | e.CommitmentConfirmed,
    entry: Recorded,
) -> Exercise:
    promises = state.promises
    match event:
        case e.CommitmentMade():
            made = Promise(event.type, event.promisor, event.beneficiary, event.due_ms)
            return changed(state, promises=promises.set(entry.id, made))
        case e.CommitmentDelivered(commitment=id_):
            done = replace(promises[id_], delivered=True)
            return changed(state, promises=promises.set(id_, done))
        case e.CommitmentConfirmed(commitment=id_):
            kept = replace(promises[id_], confirmed=True)
            return changed(state, promises=promises.set(id_, kept))


def _published(state: Exercise, event: e.TextPublished) -> Exercise:
    text = event.state
    for signatory in text.signed:
        state = _spoken(state, signatory, text.claims, event.rung)
        state = changed(
            state,
            acted=_did(state, signatory, event.instrument, (), state.at_ms),
            attributed=(
                state.attributed.set(signatory, text.confidence or "low")
                if text.accuses
                else state.attributed
            ),
        )
    if text.plan:
        state = changed(state, adopted=state.adopted.set(text.plan, text.signed))
    return _settled(state, text, "published")


def _adopted(state: Exercise, event: e.MeasureAdopted) -> Exercise:
    state = changed(state, measures=state.measures.delete(event.measure))
    to = (event.target,)
    for one in event.adopters:
        acted = _did(state, one, event.instrument, to, state.at_ms)
        state = _spoken(changed(state, acted=acted), one, None, event.rung)
    return state


def _settled(state: Exercise, text: e.TextState, how: str) -> Exercise:
    texts = state.texts
    return changed(
        state,
        texts=texts.delete(text.text) if text.text in texts else texts,
        settled=state.settled.set(text.text, how),
    )
