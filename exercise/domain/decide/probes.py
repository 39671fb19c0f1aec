"""Sealed questions: opened, answered, closed."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import check_belief
from exercise.domain.decide.standing import addressees
from exercise.domain.errors import Conflict, NotFound, Unfit
from exercise.domain.identity import Member
from exercise.domain.moment import Moment
from exercise.domain.scenario import Probe
from exercise.domain.state import Exercise


def open_probe(state: Exercise, probe_id: str, now: Moment) -> tuple[e.Event, ...]:
    """Put a probe to the room."""
    probe = _probe(state, probe_id)
    if probe.id in state.probes:
        raise Conflict("This probe has been opened already.", field="probe")
    return (
        e.ProbeOpened(
            probe=probe.id,
            title=probe.title,
            closes_ms=now.at_ms + probe.window_ms,
            hypotheses=state.scenario.hypotheses,
            severity_scale=state.scenario.severity_scale,
            severity_steps=probe.severity_steps,
            priorities=probe.priorities,
        ),
    )


def probe_due(state: Exercise, command: c.ProbeDue, now: Moment) -> tuple[e.Event, ...]:
    """Open a probe whose time has come, unless somebody did."""
    if command.probe in state.probes or state.status != "running":
        return ()
    return open_probe(state, command.probe, now)


def probe_over(state: Exercise, command: c.ProbeOver) -> tuple[e.Event, ...]:
    """Close a probe whose deadline has passed."""
    open_ = state.probes.get(command.probe)
    if open_ is None or open_.closed or state.status != "running":
        return ()
    probe = _probe(state, command.probe)
    return (e.ProbeClosed(probe=probe.id, title=probe.title),)


def answer(
    state: Exercise, command: c.AnswerProbe, member: Member
) -> tuple[e.Event, ...]:
    """Seal an answer; a later one by the same delegation replaces it."""
    probe = _probe(state, command.probe)
    open_ = state.probes.get(probe.id)
    if open_ is None or open_.closed:
        raise Conflict("This probe is not open.", code="probe-closed", field="probe")
    check_belief(command.attribution, state.scenario, "attribution")
    if command.severity > probe.severity_steps:
        raise Unfit(
            "Severity goes from 1 to {most} here.",
            field="severity",
            most=probe.severity_steps,
        )
    known = {one.id for one in probe.priorities}
    for name in command.priorities:
        if name not in known:
            raise Unfit(
                "“{name}” is no priority of this probe.", field="priorities", name=name
            )
    addressees(state, member.delegation, tuple(command.trust), "trust")
    return (
        e.ProbeAnswered(
            probe=probe.id,
            attribution=dict(sorted(command.attribution.items())),
            confidence=command.confidence,
            severity=command.severity,
            priorities=command.priorities,
            trust=dict(sorted(command.trust.items())),
        ),
    )


def _probe(state: Exercise, id_: str) -> Probe:
    probe = state.scenario.probe(id_)
    if probe is None:
        raise NotFound("There is no probe “{id}”.", field="probe", id=id_)
    return probe
