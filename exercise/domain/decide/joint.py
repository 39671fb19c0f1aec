"""Joint measures: proposed by one, joined or declined by the others, taken as one."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS, Instrument
from exercise.domain.errors import Conflict, NotFound, Unfit
from exercise.domain.fields import Fields
from exercise.domain.identity import Member
from exercise.domain.state import Exercise
from exercise.domain.state.joint import (
    DECLINED,
    JOINED,
    PROPOSED,
    JointMeasure,
    answered,
)

ENOUGH = 2  # A joint measure has at least two who take it.


def behind(state: Exercise, spec: Instrument, fields: Fields, about: str) -> Instrument:
    """Return the measure that an act is about taking: its seats and capital decide."""
    if spec.id == PROPOSED:
        return INSTRUMENTS.get(str(fields.get("measure")), spec)
    if spec.id == JOINED and about in state.measures:
        return INSTRUMENTS[state.measures[about].instrument]
    return spec


def check(
    state: Exercise, command: c.Act, own: str, to: tuple[str, ...]
) -> tuple[str, ...]:
    """Return who reads an act about a joint measure; for other acts, `to`.

    Whoever joins or declines tells all who were asked.

    Raises:
        Unfit: a party cannot take measures, or the target is one of the parties.
        NotFound: there is no such proposal to this delegation, or not any more.
        Conflict: this delegation has answered already.
    """
    if command.instrument == PROPOSED:
        _parties(state, command, own, to)
        return to
    if command.instrument not in {JOINED, DECLINED}:
        return to
    measure = state.measures.get(command.about)
    if measure is None or own not in measure.asked:
        raise NotFound("No joint measure waits for you there.", field="about")
    if own in {*measure.bases, *measure.declined}:
        raise Conflict("Your delegation has answered already.", field="about")
    return tuple(sorted({measure.by, *measure.asked} - {own}))


def _parties(state: Exercise, command: c.Act, own: str, to: tuple[str, ...]) -> None:
    target = command.fields.get("target")
    if target in {own, *to}:
        raise Unfit(
            "A measure is against somebody who does not take it.",
            field="fields.target",
        )
    spec = INSTRUMENTS.get(str(command.fields.get("measure")))
    unable = [
        one.short
        for one in state.scenario.delegations
        if one.id in to and spec is not None and one.kind not in spec.who
    ]
    if unable:
        raise Unfit(
            "Only States take measures together; not: {who}.",
            field="to",
            who=", ".join(unable),
        )


def follows(state: Exercise, act: e.ActIssued, member: Member) -> tuple[e.Event, ...]:
    """Return what the last answer to a joint measure leads to."""
    if act.instrument not in {JOINED, DECLINED}:
        return ()
    measure = answered(state.measures[act.about], act, member.delegation)
    return _settled(act.about, measure) if measure.settled else ()


def joining_over(state: Exercise, command: c.JoiningOver) -> tuple[e.Event, ...]:
    """Take a measure with those who joined it in time."""
    measure = state.measures.get(command.measure)
    if measure is None or state.status != "running":
        return ()
    return _settled(command.measure, measure)


def _settled(id_: str, measure: JointMeasure) -> tuple[e.Event, ...]:
    if len(measure.bases) < ENOUGH:
        lapsed = e.MeasureLapsed(
            measure=id_,
            instrument=measure.instrument,
            by=measure.by,
            target=measure.target,
            asked=measure.asked,
            declined=measure.declined,
        )
        return (lapsed,)
    adopted = e.MeasureAdopted(
        measure=id_,
        instrument=measure.instrument,
        rung=INSTRUMENTS[measure.instrument].rung,
        by=measure.by,
        target=measure.target,
        adopters=tuple(sorted(measure.bases)),
        bases=dict(sorted(measure.bases.items())),
        text=measure.text,
        proportionality=measure.proportionality,
        conditions=measure.conditions,
        citations=measure.citations,
        about=measure.about,
    )
    return (adopted,)
