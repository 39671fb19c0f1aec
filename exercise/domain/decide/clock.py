"""Start, pause, rates, phases and the end."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.decide import forums
from exercise.domain.errors import Conflict, NotFound, Unfit
from exercise.domain.moment import Moment
from exercise.domain.state import Exercise


def start(state: Exercise, command: c.Start, now: Moment) -> tuple[e.Event, ...]:
    """Begin, with the first phase in the same breath."""
    if state.status != "lobby":
        raise Conflict("The exercise has started already.", code="already-started")
    first = turn_phase(state, c.TurnPhase(phase=state.scenario.phases[0].id), now)
    return (e.Started(rate=command.rate), *first)


def pause(state: Exercise, command: c.Pause) -> tuple[e.Event, ...]:
    """Stop exercise time."""
    if state.status != "running":
        raise Conflict("The exercise is not running.", code="not-running")
    return (e.Paused(reason=command.reason),)


def resume(state: Exercise) -> tuple[e.Event, ...]:
    """Let exercise time run again."""
    if state.status != "paused":
        raise Conflict("The exercise is not paused.", code="not-paused")
    return (e.Resumed(),)


def set_rate(state: Exercise, command: c.SetRate) -> tuple[e.Event, ...]:
    """Change how fast exercise time runs; no deadline moves."""
    if command.rate == state.clock.rate:
        return ()
    return (e.RateSet(rate=command.rate),)


def shift(command: c.Shift, now: Moment) -> tuple[e.Event, ...]:
    """Move everything still to come."""
    if command.by_ms == 0:
        raise Unfit("A shift by nothing changes nothing.", field="by_ms")
    return (e.RestShifted(from_ms=now.at_ms, by_ms=command.by_ms),)


def end(state: Exercise, command: c.End, now: Moment) -> tuple[e.Event, ...]:
    """End play: calls, rooms and an open probe close, then ENDEX."""
    if command.confirm.strip().upper() != "END":
        raise Unfit("Type END to end the exercise.", field="confirm")
    calls = tuple(
        e.CallClosed(
            call=id_,
            caller=call.caller,
            callee=call.callee,
            how="ended",
            lasted_ms=0 if call.answered_ms is None else now.at_ms - call.answered_ms,
        )
        for id_, call in sorted(state.calls.items())
    )
    probes = tuple(
        e.ProbeClosed(probe=one.id, title=one.title)
        for one in state.scenario.probes
        if one.id in state.probes and not state.probes[one.id].closed
    )
    over = e.Ended(reason=command.reason, aborted=command.aborted)
    return (*calls, *forums.ended(state), *probes, over)


def turn_phase(
    state: Exercise, command: c.TurnPhase, _now: Moment
) -> tuple[e.Event, ...]:
    """Begin a phase once."""
    if command.phase in state.phases_begun:
        return ()
    phases = state.scenario.phases
    for number, phase in enumerate(phases, start=1):
        if phase.id == command.phase:
            return (
                e.PhaseBegan(
                    phase=phase.id,
                    title=phase.title,
                    number=number,
                    of=len(phases),
                    ends_ms=state.moved(phase.end_ms),
                ),
            )
    raise NotFound("There is no phase “{phase}”.", phase=command.phase)


def outage(state: Exercise) -> tuple[e.Event, ...]:
    """Stand still after the server was away; what was about to go waits."""
    if state.status == "running" or (state.status == "paused" and state.announced):
        return (e.Paused(reason="", outage=True),)
    return ()
