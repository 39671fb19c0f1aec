"""Notes, marks, rulings, ratings, pins, findings, plans and surveys."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.errors import Conflict, Forbidden, NotFound, Unfit, WrongPhase
from exercise.domain.events.evaluation import WIDE
from exercise.domain.identity import Member
from exercise.domain.moment import Moment
from exercise.domain.state import Exercise


def note(state: Exercise, command: c.Note, member: Member) -> tuple[e.Event, ...]:
    """Write down what only facilitators see."""
    if command.about:
        _entry(state, command.about, "about", member)
    return (e.NoteWritten(text=command.text, about=command.about),)


def mark_objective(state: Exercise, command: c.MarkObjective) -> tuple[e.Event, ...]:
    """Say how far an objective was met."""
    known = tuple(one.id for one in state.scenario.objectives)
    if command.objective not in known:
        raise NotFound(
            "There is no objective “{id}”. Known: {known}.",
            field="objective",
            id=command.objective,
            known=", ".join(known),
        )
    return (
        e.ObjectiveMarked(
            objective=command.objective, met=command.met, note=command.note
        ),
    )


def adjudicate(
    state: Exercise, command: c.Adjudicate, member: Member
) -> tuple[e.Event, ...]:
    """Rule how an entry counts."""
    _entry(state, command.entry, "entry", member)
    return (
        e.Adjudicated(
            entry=command.entry, ruling=command.ruling, reason=command.reason
        ),
    )


def override(
    state: Exercise, command: c.Override, member: Member
) -> tuple[e.Event, ...]:
    """Set an indicator beside its computed value."""
    for entry in command.entries:
        _entry(state, entry, "entries", member)
    second = state.members.get(command.second)
    if abs(command.to - command.from_) > WIDE and (
        second is None
        or second.id == member.id
        or second.role not in {"evaluator", "trainer", "facilitator"}
    ):
        raise Unfit(
            "A change of more than {wide} points needs a second evaluator.",
            field="second",
            code="needs-second",
            wide=WIDE,
        )
    return (
        e.IndicatorOverridden(
            indicator=command.indicator,
            from_=command.from_,
            to=command.to,
            reason=command.reason,
            entries=command.entries,
            second=command.second,
        ),
    )


def confirm_override(
    state: Exercise, command: c.ConfirmOverride, member: Member
) -> tuple[e.Event, ...]:
    """Stand by another's override; until then it moves no headline."""
    found = [
        (indicator, one)
        for indicator, one in state.overrides.items()
        if one.entry == command.override
    ]
    if not found:
        raise NotFound("This value was replaced, or never set.", field="override")
    ((indicator, one),) = found
    if not one.waits:
        raise Conflict("Nobody needs to confirm this value any more.", code="confirmed")
    if member.id != one.second:
        raise Forbidden("The second evaluator who was named confirms it, nobody else.")
    return (e.OverrideConfirmed(override=one.entry, indicator=indicator),)


def exclude(state: Exercise, command: c.Exclude, now: Moment) -> tuple[e.Event, ...]:
    """Leave a delegation's later obligations out of the score."""
    if command.delegation not in state.scenario.delegation_ids:
        raise NotFound(
            "There is no delegation “{id}”.", field="delegation", id=command.delegation
        )
    return (
        e.DelegationExcluded(
            delegation=command.delegation, from_ms=now.at_ms, reason=command.reason
        ),
    )


def rate(state: Exercise, command: c.Rate, member: Member) -> tuple[e.Event, ...]:
    """Rate a task, an objective or an indicator: evaluators blind, trainers after."""
    _may_rate(state, member)
    tasks = (task.id for one in state.scenario.objectives for task in one.tasks)
    cables = (one.id for one in state.scenario.translations)
    objectives = (one.id for one in state.scenario.objectives)
    known = (*objectives, *tasks, *cables, *"TRNSMBELK")
    if command.subject not in known:
        raise NotFound(
            "“{id}” is neither a task, an objective nor an indicator.",
            field="subject",
            id=command.subject,
        )
    for entry in command.entries:
        _entry(state, entry, "entries", member)
    return (
        e.Rated(
            subject=command.subject,
            rating=command.rating,
            note=command.note,
            entries=command.entries,
            moment_ms=command.moment_ms,
        ),
    )


def close_ratings(
    state: Exercise, command: c.CloseRatings, member: Member
) -> tuple[e.Event, ...]:
    """Let ratings stand: an evaluator's own, or after ENDEX those of all."""
    if state.ratings_closed or member.id in state.rated_out:
        raise Conflict("These ratings are closed already.", code="ratings-closed")
    whole = member.role != "evaluator" or not _still_rating(state, member)
    if member.role != "evaluator" and state.status != "ended":
        raise WrongPhase("Ratings are closed for everybody after ENDEX.")
    return (e.RatingsClosed(member=member.id, whole=whole, reason=command.reason),)


def _may_rate(state: Exercise, member: Member) -> None:
    closed = state.ratings_closed
    if member.role == "evaluator" and (closed or member.id in state.rated_out):
        raise Conflict(
            "Your ratings are closed; they stand as they are.", code="ratings-closed"
        )
    if member.role != "evaluator" and not closed:
        raise WrongPhase(
            "Trainers rate once the ratings of the evaluators are closed.",
            code="ratings-open",
        )


def _still_rating(state: Exercise, member: Member) -> bool:
    """Tell whether another evaluator has not finished rating."""
    return any(
        one.role == "evaluator"
        and not one.revoked
        and one.id != member.id
        and one.id not in state.rated_out
        for one in state.members.values()
    )


def pin(state: Exercise, command: c.Pin, member: Member) -> tuple[e.Event, ...]:
    """Put an entry into the report's timeline, or take it out."""
    _entry(state, command.entry, "entry", member)
    return (e.Pinned(entry=command.entry, label=command.label, on=command.on),)


def finding(
    state: Exercise, command: c.Finding, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Write a finding, or a new wording of an earlier one."""
    for entry in command.entries:
        _entry(state, entry, "entries", member)
    if command.finding and command.finding not in state.findings:
        raise NotFound("There is no such finding.", field="finding")
    return (
        e.FindingWritten(
            finding=command.finding or now.ids(0),
            sort=command.sort,
            title=command.title,
            observation=command.observation,
            recommendation=command.recommendation,
            entries=command.entries,
        ),
    )


def plan(state: Exercise, command: c.Plan) -> tuple[e.Event, ...]:
    """Write a line of the improvement plan."""
    if command.finding not in state.findings:
        raise NotFound("There is no such finding.", field="finding")
    return (
        e.PlanWritten(
            finding=command.finding,
            action=command.action,
            owner=command.owner,
            due=command.due,
        ),
    )


def carry_plan(command: c.CarryPlan) -> tuple[e.Event, ...]:
    """Take an open line of an earlier run's plan in."""
    return (
        e.PlanCarried(
            source=command.source,
            area=command.area,
            action=command.action,
            owner=command.owner,
            due=command.due,
        ),
    )


def mark_plan(state: Exercise, command: c.MarkPlan) -> tuple[e.Event, ...]:
    """Say how a line that came with this run stands."""
    ref = state.index.get(command.item)
    if ref is None or ref.kind != e.PlanCarried.KIND:
        raise NotFound("No such line came with this run.", field="item")
    return (e.PlanMarked(item=command.item, status=command.status),)


def survey(command: c.Survey) -> tuple[e.Event, ...]:
    """Answer the hot wash."""
    answers = dict(sorted(command.answers.items()))
    return (e.SurveyAnswered(answers=answers, anonymous=command.anonymous),)


def _entry(state: Exercise, id_: str, field: str, member: Member) -> None:
    """Refuse an entry that is not there, or not the member's to read, alike."""
    ref = state.index.get(id_)
    rated = ref is not None and ref.kind == "rated" and state.ratings_closed
    if ref is None or not (rated or member.stream in ref.audience):
        raise NotFound("There is no entry “{id}”.", field=field, id=id_)
