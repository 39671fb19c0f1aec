"""What releases, holds and revisions mean for the state."""

from dataclasses import replace
from typing import TypeAlias, TypeVar

from immutables import Map

from exercise.domain import events as e
from exercise.domain.moment import Recorded
from exercise.domain.state.exercise import Exercise, changed
from exercise.domain.state.values import Announced, Released, Revision

V = TypeVar("V")
Scripted: TypeAlias = (
    e.InjectReleased
    | e.ReleaseAnnounced
    | e.ReleaseUndone
    | e.InjectHeld
    | e.AllHeld
    | e.InjectSkipped
    | e.InjectRevised
    | e.InjectRecalled
)


def apply(state: Exercise, event: Scripted, entry: Recorded) -> Exercise:
    """Return the state after an event of the script."""
    match event:
        case e.InjectReleased():
            return _released(state, event, entry)
        case e.ReleaseAnnounced():
            announced = Announced(
                event.by, entry.wall_ms, event.fires_wall_ms, event.content
            )
            return changed(
                state,
                announced=state.announced.set(event.inject, announced),
                overdue=_without(state.overdue, event.inject),
                unplanned=state.unplanned + (event.content is not None),
            )
        case e.ReleaseUndone():
            kept = _without(state.announced, event.inject)
            held = state.held
            if state.scenario.inject(event.inject) is not None:
                held = held.set(event.inject, True)  # noqa: FBT003 - a set, as a persistent map
            return changed(state, announced=kept, held=held)
        case e.InjectHeld():
            held = (
                state.held.set(event.inject, True)  # noqa: FBT003 - a set, as a persistent map
                if event.held
                else _without(state.held, event.inject)
            )
            return changed(state, held=held)
        case e.AllHeld():
            return changed(state, hold_all=event.held)
        case e.InjectSkipped():
            return changed(
                state,
                skipped=state.skipped.set(event.inject, event.unmet or event.reason),
                overdue=_without(state.overdue, event.inject),
            )
        case e.InjectRevised():
            return _revised(state, event)
        case e.InjectRecalled():
            gone = replace(state.released[event.inject], recalled=True)
            return changed(state, released=state.released.set(event.inject, gone))


def left_over(state: Exercise) -> Exercise:
    """Return the state after an outage: what was about to go waits for a person."""
    overdue = state.overdue
    for inject in state.scenario.injects:
        late = inject.release == "auto" and state.due_ms(inject) <= state.at_ms
        if state.is_open(inject) and (late or inject.id in state.announced):
            overdue = overdue.set(inject.id, True)  # noqa: FBT003 - a set, as a persistent map
    for id_ in state.announced:
        overdue = overdue.set(id_, True)  # noqa: FBT003 - a set, as a persistent map
    return changed(state, overdue=overdue)


def _released(state: Exercise, event: e.InjectReleased, entry: Recorded) -> Exercise:
    before = state.released.get(event.inject)
    released = Released(
        entries=(*(before.entries if before else ()), entry.id),
        at_ms=before.at_ms if before else entry.at_ms,
        audience=tuple(sorted({*(before.audience if before else ()), *event.to})),
        title=event.title,
        number=event.number,
        channel=event.channel,
    )
    scripted = state.scenario.inject(event.inject) is not None
    fresh = before is None and not scripted and event.inject not in state.announced
    return changed(
        state,
        released=state.released.set(event.inject, released),
        announced=_without(state.announced, event.inject),
        held=_without(state.held, event.inject),
        skipped=_without(state.skipped, event.inject),
        overdue=_without(state.overdue, event.inject),
        unplanned=state.unplanned + fresh,
        holdings=_held(state, event),
        meters=state.meters.update({one.id: one.value for one in event.meters}),
        readings=state.readings.update(
            {(who, m.id): m.value for who in entry.audience for m in event.meters}
        ),
    )


def _held(state: Exercise, event: e.InjectReleased) -> Map[tuple[str, str], int]:
    holdings = state.holdings
    for item in event.items:
        for delegation in event.to:
            holdings = holdings.set((item.id, delegation), state.at_ms)
    return holdings


def _revised(state: Exercise, event: e.InjectRevised) -> Exercise:
    old = state.revised.get(event.inject, Revision())
    at_ms, shifts = old.at_ms, old.shifts
    if event.at_ms is not None:
        at_ms, shifts = event.at_ms, len(state.shifts)
    revision = Revision(
        title=old.title if event.title is None else event.title,
        body=old.body if event.body is None else event.body,
        at_ms=at_ms,
        audience=old.audience if event.audience is None else event.audience,
        shifts=shifts,
    )
    return changed(state, revised=state.revised.set(event.inject, revision))


def _without(kept: Map[str, V], key: str) -> Map[str, V]:
    return kept.delete(key) if key in kept else kept
