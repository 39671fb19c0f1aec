"""Who reads an entry, and who it appears from."""

from typing import assert_never

from exercise.domain import events as e
from exercise.domain.identity import EVALUATORS, FACILITATORS, OBSERVERS, ROOM, Member
from exercise.domain.moment import ANONYMOUS, SYSTEM, Author
from exercise.domain.state.exercise import Exercise

STAFF = (EVALUATORS, FACILITATORS)


def audience(state: Exercise | None, event: e.Event, actor: str) -> tuple[str, ...]:
    """Return the audiences an entry goes to, sorted; `state` is the one before it.

    "All" and "public" are expanded here; no audience is a pair, a forum or a person.
    """
    match event:
        case e.NoteWritten() | e.Rated():
            return (FACILITATORS,)
        case _:
            return tuple(sorted({*STAFF, *_readers(state, event, actor)}))


def everyone(state: Exercise) -> tuple[str, ...]:
    """Return every audience of what is public, staff aside."""
    return (*state.scenario.delegation_ids, OBSERVERS, ROOM)


def author(state: Exercise | None, event: e.Event, actor: str) -> Author:
    """Return who an entry appears from; nobody, for what time and the script do."""
    match event:
        case e.SurveyAnswered(anonymous=True):
            return Author()
        case e.MemberJoined():
            return Author(event.member, event.delegation, event.seat)
        case e.MemberNamed():
            # Once the body is redacted, this still tells whose name stood there.
            return Author(event.member)
        case e.InjectReleased() | e.GuidanceGiven() | e.CommitmentMade():
            return Author()
        case e.MeasureAdopted() | e.MeasureLapsed():
            return Author(delegation=event.by)
        case e.TextPublished() | e.TextWithdrawn():
            return Author(delegation=event.state.drafter)
        case e.ActIssued() | e.ActWithdrawn() if state and actor == SYSTEM:
            sender = _sender(state, event)
            return Author(sender.id, sender.delegation, sender.seat)
        case e.ForumOpened() if actor == SYSTEM:
            return Author(delegation=event.state.chair)
        case e.CommitmentDelivered() if actor == SYSTEM:
            return Author(delegation=event.promisor)
        case e.CommitmentConfirmed() if actor == SYSTEM:
            return Author(delegation=event.beneficiary)
        case _:
            member = state.members.get(actor) if state and actor != SYSTEM else None
            if member is None:
                return Author()
            return Author(member.id, member.delegation, member.seat)


def recorded_actor(event: e.Event, actor: str) -> str:
    """Return the actor that the record names: nobody, for an anonymous survey."""
    match event:
        case e.SurveyAnswered(anonymous=True):
            return ANONYMOUS
        case _:
            return actor


def _own(state: Exercise, actor: str) -> tuple[str, ...]:
    member = state.members.get(actor)
    return (member.delegation,) if member and member.delegation else ()


def _sender(state: Exercise, event: e.ActIssued | e.ActWithdrawn) -> Member:
    """Return who authorised what now goes out, or lapses, by itself."""
    about = event.prepared_by if isinstance(event, e.ActIssued) else event.about
    return state.referred[about].sender


def _sides(
    state: Exercise, event: e.ActIssued | e.ActWithdrawn, actor: str
) -> tuple[str, ...]:
    if actor == SYSTEM:
        return (_sender(state, event).delegation,)
    return _own(state, actor)


def _home(state: Exercise, member: str) -> tuple[str, ...]:
    return _own(state, member)


def _readers(state: Exercise | None, event: e.Event, actor: str) -> tuple[str, ...]:
    """Return who reads an entry beside facilitators and evaluators."""
    if state is None:
        return ()
    match event:
        # The first, because most entries are one.
        case e.ActIssued():
            if event.public:
                return everyone(state)
            return (*_sides(state, event, actor), *event.to)
        case (
            e.ExerciseOpened()
            | e.Checkpoint()
            | e.RestShifted()
            | e.GuidanceGiven()
            | e.ReleaseAnnounced()
            | e.ReleaseUndone()
            | e.InjectHeld()
            | e.AllHeld()
            | e.InjectSkipped()
            | e.InjectRevised()
            | e.ObjectiveMarked()
            | e.Adjudicated()
            | e.IndicatorOverridden()
            | e.OverrideConfirmed()
            | e.DelegationExcluded()
            | e.RatingsClosed()
            | e.Pinned()
            | e.FindingWritten()
            | e.PlanWritten()
            | e.PlanCarried()
            | e.PlanMarked()
            | e.SurveyAnswered()
            | e.NoteWritten()
            | e.Rated()
        ):
            return ()
        case (
            e.Started()
            | e.Paused()
            | e.Resumed()
            | e.RateSet()
            | e.Ended()
            | e.PhaseBegan()
            | e.ProbeOpened()
            | e.ProbeClosed()
            | e.TextPublished()
            | e.MeasureAdopted()
        ):
            return everyone(state)
        case e.MeasureLapsed():
            return (event.by, *event.asked)
        case e.MemberJoined():
            return (event.delegation,) if event.delegation else ()
        case e.MemberNamed() | e.MemberRevoked():
            return _home(state, event.member)
        case e.MemberMoved():
            moved_to = (event.delegation,) if event.delegation else ()
            return (*_home(state, event.member), *moved_to)
        case e.EntryRedacted():
            return state.index[event.entry].audience
        case e.InjectReleased():
            return event.to
        case e.InjectRecalled():
            entries = (state.index[one].audience for one in event.entries)
            return tuple(who for one in entries for who in one)
        case e.ProbeAnswered() | e.ActPrepared() | e.ActReferred():
            return _own(state, actor)
        case e.ActWithdrawn():
            return _sides(state, event, actor)
        case e.ContactUpdated():
            return state.scenario.delegation_ids
        case e.Acknowledged():
            about = state.index[event.about]
            sender = (about.delegation,) if about.delegation else ()
            return (*_own(state, actor), *sender)
        case e.ItemShared():
            return (*_own(state, actor), *event.to)
        case e.CallOpened() | e.CallClosed():
            return (event.caller, event.callee, OBSERVERS)
        case e.CallAnswered() | e.CallLine():
            return (event.caller, event.callee)
        case e.CommitmentMade() | e.CommitmentDelivered() | e.CommitmentConfirmed():
            return (event.promisor, event.beneficiary)
        case (
            e.TextProposed()
            | e.TextAmended()
            | e.TextSponsored()
            | e.TextSigned()
            | e.TextDeclined()
            | e.TextReserved()
            | e.TextVoted()
            | e.TextBracketed()
            | e.BracketSettled()
            | e.SilenceBroken()
            | e.TextWithdrawn()
        ):
            return event.state.parties
        case (
            e.ForumOpened()
            | e.ForumAdmitted()
            | e.FloorAsked()
            | e.FloorGiven()
            | e.FloorYielded()
            | e.AgendaTurned()
            | e.ForumClosed()
        ):
            return event.state.members
        case e.ForumSpoken() | e.MinutesRecorded():
            return state.forums[event.forum].members
        case _ as never:
            assert_never(never)
