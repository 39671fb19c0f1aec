"""What each event means for the state."""

from dataclasses import replace
from functools import partial
from typing import TypeAlias, assert_never

from immutables import Map

from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.identity import Member
from exercise.domain.moment import Recorded
from exercise.domain.state import acting, meeting, scripting
from exercise.domain.state.exercise import Exercise, changed
from exercise.domain.state.papers import given
from exercise.domain.state.values import OpenProbe, Override, Ref

Joining: TypeAlias = (
    e.MemberJoined | e.MemberNamed | e.MemberMoved | e.MemberRevoked | e.EntryRedacted
)
Timing: TypeAlias = (
    e.Started
    | e.Paused
    | e.Resumed
    | e.RateSet
    | e.RestShifted
    | e.Ended
    | e.PhaseBegan
)


def evolve(state: Exercise | None, entry: Recorded) -> Exercise:
    """Return the state after one more entry.

    Raises:
        ValueError: the first entry is not `exercise_opened`.
    """
    if state is None:
        state = _opened(entry)
    state = changed(
        state,
        seq=entry.seq,
        at_ms=max(state.at_ms, entry.at_ms),
        wall_ms=entry.wall_ms,
        index=state.index.set(entry.id, _ref(entry)),
        papers=given(state.papers, entry),
    )
    return _apply(state, entry)


def _opened(entry: Recorded) -> Exercise:
    if not isinstance(entry.event, e.ExerciseOpened):
        message = "a timeline begins with exercise_opened"
        raise ValueError(message)  # noqa: TRY004 - the record is wrong, not a type
    return Exercise(
        title=entry.event.title,
        scenario=entry.event.scenario,
        starts_at=entry.event.starts_at,
        meters=Map({one.id: one.start for one in entry.event.scenario.meters}),
    )


def _ref(entry: Recorded) -> Ref:
    """Return what the index keeps of an entry."""
    event = entry.event
    ref = partial(Ref, event.KIND, entry.audience, entry.author.delegation)
    match event:
        case e.InjectReleased() as it:
            return ref(
                to=it.to,
                title=it.title,
                reply_by_ms=it.reply_by_ms,
                request=bool(it.asks),
                inject=it.inject,
            )
        case e.ActIssued() as it:
            spec = INSTRUMENTS[it.instrument]
            subject = it.fields.get("subject")
            title = str(subject) if subject else it.about_title or spec.title
            return ref(
                to=it.to,
                instrument=it.instrument,
                title=title,
                reply_by_ms=it.reply_by_ms,
                request=is_request(it),
            )
        case e.ItemShared() as it:
            return ref(to=it.to, instrument="share_item", title=it.title)
        case e.CallOpened() as it:
            return ref(to=(it.callee,), instrument="hotline_call", request=True)
        case e.TextProposed() as it:
            return ref(to=it.state.parties, title=it.state.title)
        case e.TextPublished() as it:
            return ref(to=it.state.signed, title=it.state.title)
        case e.MeasureAdopted() as it:
            title = INSTRUMENTS[it.instrument].title
            return ref(to=it.adopters, instrument=it.instrument, title=title)
        case _:
            return ref()


def is_request(act: e.ActIssued) -> bool:
    """Tell whether an act asks its addressees for an answer."""
    if act.instrument == "poc_message":
        return act.fields.get("type") not in {"notification", "follow_up", "closure"}
    return INSTRUMENTS[act.instrument].request


def _apply(state: Exercise, entry: Recorded) -> Exercise:
    event = entry.event
    if isinstance(event, acting.Dealing):
        return acting.apply(state, event, entry)
    if isinstance(event, scripting.Scripted):
        return scripting.apply(state, event, entry)
    if isinstance(event, e.ForumChange):
        return meeting.apply(state, event, entry)
    if isinstance(event, Timing):
        return _time(state, event, entry)
    if isinstance(event, Joining):
        return _membership(state, event)
    match event:
        case e.ExerciseOpened() | e.Checkpoint() | e.GuidanceGiven():
            return state
        case e.ProbeOpened() as it:
            probes = state.probes.set(it.probe, OpenProbe(it.closes_ms))
            return changed(state, probes=probes)
        case e.ProbeClosed() as it:
            closed = OpenProbe(state.at_ms, closed=True)
            return changed(state, probes=state.probes.set(it.probe, closed))
        case e.FindingWritten() as it:
            findings = state.findings.set(it.finding or entry.id, True)  # noqa: FBT003 - a set, as a persistent map
            return changed(state, findings=findings)
        case e.IndicatorOverridden() as it:
            waits = Override(entry.id, entry.actor, it.second, waits=it.wide)
            return changed(state, overrides=state.overrides.set(it.indicator, waits))
        case e.OverrideConfirmed(indicator=id_):
            stands = replace(state.overrides[id_], waits=False)
            return changed(state, overrides=state.overrides.set(id_, stands))
        case e.RatingsClosed(member=id_, whole=whole):
            rated_out = state.rated_out.set(id_, True)  # noqa: FBT003 - a set, as a persistent map
            shut = state.ratings_closed or whole
            return changed(state, rated_out=rated_out, ratings_closed=shut)
        case (
            e.Acknowledged()
            | e.CallLine()
            | e.ForumSpoken()
            | e.MinutesRecorded()
            | e.ProbeAnswered()
            | e.NoteWritten()
            | e.ObjectiveMarked()
            | e.Adjudicated()
            | e.DelegationExcluded()
            | e.Rated()
            | e.Pinned()
            | e.PlanWritten()
            | e.PlanCarried()
            | e.PlanMarked()
            | e.SurveyAnswered()
        ):
            return state
        case _ as never:
            assert_never(never)


def _membership(state: Exercise, event: Joining) -> Exercise:
    members = state.members
    match event:
        case e.MemberJoined(member=id_):
            joined = Member(id_, event.role, event.delegation, event.seat)
            return changed(state, members=members.set(id_, joined))
        case e.MemberNamed():
            return changed(state, names=state.names.set(event.member, event.name))
        case e.MemberMoved(member=id_):
            moved = replace(members[id_], delegation=event.delegation, seat=event.seat)
            return changed(state, members=members.set(id_, moved))
        case e.MemberRevoked(member=id_):
            out = replace(members[id_], revoked=True)
            return changed(state, members=members.set(id_, out))
        case e.EntryRedacted():
            return state


def _time(state: Exercise, event: Timing, entry: Recorded) -> Exercise:
    clock, at, wall = state.clock, entry.at_ms, entry.wall_ms
    match event:
        case e.Started():
            clock = replace(clock.anchored(at, wall, running=True), rate=event.rate)
            return changed(state, status="running", clock=clock)
        case e.Resumed():
            clock = clock.anchored(at, wall, running=True)
            return changed(state, status="running", clock=clock)
        case e.Paused():
            clock = clock.anchored(at, wall, running=False)
            paused = changed(state, status="paused", clock=clock)
            return scripting.left_over(paused) if event.outage else paused
        case e.RateSet():
            clock = clock.anchored(at, wall, running=clock.running)
            return changed(state, clock=replace(clock, rate=event.rate))
        case e.Ended():
            clock = clock.anchored(at, wall, running=False)
            return changed(state, status="ended", clock=clock, announced=Map())
        case e.RestShifted():
            shift = (event.from_ms, event.by_ms)
            return changed(state, shifts=(*state.shifts, shift))
        case e.PhaseBegan():
            begun = (*state.phases_begun, event.phase)
            return changed(state, phase=event.phase, phases_begun=begun)
