"""What time itself must do: injects, phases, probes, rings, silences, undo windows."""

from collections.abc import Iterator

from exercise.domain import commands as c
from exercise.domain.scenario import Inject
from exercise.domain.state.exercise import Exercise


def due(state: Exercise, at_ms: int, wall_ms: int) -> tuple[c.SystemCommand, ...]:
    """Return the commands time gives at `at_ms`, in the order in which they fell due.

    While the exercise is not running only undo windows (wall time) end.
    """
    found: list[tuple[int, int, c.SystemCommand]] = []
    if state.status == "running":
        moments = enumerate(_moments(state))
        found = [(when, i, it) for i, (when, it) in moments if when <= at_ms]
    windows = tuple(
        c.UndoOver(inject=inject)
        for inject, one in sorted(state.announced.items())
        if one.fires_wall_ms <= wall_ms and inject not in state.overdue
    )
    return (*windows, *(command for _, _, command in sorted(found, key=_order)))


def _order(found: tuple[int, int, c.SystemCommand]) -> tuple[int, int]:
    return found[0], found[1]


def next_due(state: Exercise, wall_ms: int) -> int | None:
    """Return the UTC wall ms at which time next has something to do, or None."""
    walls = [
        one.fires_wall_ms
        for inject, one in state.announced.items()
        if inject not in state.overdue
    ]
    if state.status == "running":
        at_ms = min((when for when, _ in _moments(state)), default=None)
        wall = None if at_ms is None else state.clock.wall_at(at_ms)
        walls += [] if wall is None else [wall]
    return max(wall_ms, min(walls)) if walls else None


def subject(command: c.SystemCommand, state: Exercise) -> tuple[str, str, int]:
    """Return kind, subject and due time, from which a time's command gets its id."""
    match command:
        case c.FallDue(inject=id_):
            inject = state.scenario.inject(id_)
            return command.type, id_, state.due_ms(inject) if inject else 0
        case c.UndoOver(inject=id_):
            window = state.announced.get(id_)
            return command.type, id_, window.fires_wall_ms if window else 0
        case c.TurnPhase(phase=id_) | c.ProbeDue(probe=id_) | c.ProbeOver(probe=id_):
            return command.type, id_, len(state.shifts)
        case c.RingOut(call=id_) | c.Redact(entry=id_) | c.InstructionsDue(act=id_):
            return command.type, id_, 0
        case c.SilenceOver(text=id_) | c.VoteOver(text=id_):
            return command.type, id_, 0
        case c.JoiningOver(measure=id_):
            return command.type, id_, 0
        case c.Join(member=id_):
            return command.type, id_, state.seq
        case c.Open() | c.Outage() | c.Seal() | c.CarryPlan():
            return command.type, "", state.seq


def deadline(command: c.SystemCommand, state: Exercise) -> int | None:
    """Return the exercise ms at which what `command` closes was over, or None.

    What ends is recorded at its own time, however late time's command comes; what
    begins is recorded when people get it.
    """
    match command:
        case c.SilenceOver(text=id_) if text := state.texts.get(id_):
            return text.silence_until_ms
        case c.VoteOver(text=id_) if text := state.texts.get(id_):
            return text.vote_until_ms
        case c.JoiningOver(measure=id_) if measure := state.measures.get(id_):
            return measure.until_ms
        case c.ProbeOver(probe=id_) if probe := state.probes.get(id_):
            return probe.closes_ms
        case c.InstructionsDue(act=id_) if waiting := state.referred.get(id_):
            return waiting.act.sends_ms
        case _:
            return None


def may_go(state: Exercise, inject: Inject) -> bool:
    """Tell whether an inject goes out by itself when its time comes."""
    return (
        inject.release == "auto"
        and not state.hold_all
        and state.is_open(inject)
        and inject.id not in state.held
        and inject.id not in state.announced
        and inject.id not in state.overdue
    )


def _moments(state: Exercise) -> Iterator[tuple[int, c.SystemCommand]]:
    """Yield everything planned that has not happened yet, with its exercise ms."""
    scenario = state.scenario
    for phase in scenario.phases:
        if phase.id not in state.phases_begun:
            yield state.moved(phase.start_ms), c.TurnPhase(phase=phase.id)
    for inject in scenario.injects:
        if may_go(state, inject):
            yield state.due_ms(inject), c.FallDue(inject=inject.id)
    for probe in scenario.probes:
        open_ = state.probes.get(probe.id)
        if open_ is None:
            yield state.moved(probe.at_ms), c.ProbeDue(probe=probe.id)
        elif not open_.closed:
            yield open_.closes_ms, c.ProbeOver(probe=probe.id)
    for id_, call in state.calls.items():
        if call.answered_ms is None:
            yield call.rings_until_ms, c.RingOut(call=id_)
    for id_, text in state.texts.items():
        if text.silence_until_ms is not None:
            yield text.silence_until_ms, c.SilenceOver(text=id_)
        if text.vote_until_ms is not None:
            yield text.vote_until_ms, c.VoteOver(text=id_)
    for id_, waiting in state.referred.items():
        yield waiting.act.sends_ms, c.InstructionsDue(act=id_)
    for id_, measure in state.measures.items():
        yield measure.until_ms, c.JoiningOver(measure=id_)
