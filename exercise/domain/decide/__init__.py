"""What happens when somebody asks for something: commands to events."""

from typing import assert_never, cast, get_args

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.decide import (
    acts,
    calls,
    clock,
    contacts,
    evaluation,
    floor,
    forums,
    injects,
    joint,
    membership,
    naming,
    negotiation,
    probes,
    referral,
    release,
    texts,
)
from exercise.domain.decide.standing import standing
from exercise.domain.errors import Conflict, Forbidden
from exercise.domain.identity import Member
from exercise.domain.moment import SYSTEM, Moment
from exercise.domain.state import Exercise


def decide(
    state: Exercise | None, command: c.Command, actor: str, now: Moment
) -> tuple[e.Event, ...]:
    """Return the events that `command` by `actor` leads to at `now`.

    Nothing at all means that the command is accepted and changes nothing.

    Raises:
        Rejected: the rules refuse the command; nothing happens.
    """
    if isinstance(command, c.Open):
        if state is not None:
            raise Conflict("This exercise is open already.")
        return membership.open_exercise(command)
    if state is None:
        raise Conflict("This exercise does not exist.", code="not-found")
    if isinstance(command, get_args(c.SystemCommand)):
        if actor != SYSTEM:
            raise Forbidden("This is for the platform itself.")
        return _by_time(state, cast("c.SystemCommand", command), now)
    asked = cast("c.WireCommand", command)
    member = standing(state, asked, actor)
    return _by_member(state, asked, member, now)


def _by_time(
    state: Exercise, command: c.SystemCommand, now: Moment
) -> tuple[e.Event, ...]:
    match command:
        case c.Open():
            raise Conflict("This exercise is open already.")
        case c.Join():
            return membership.join(state, command)
        case c.FallDue():
            return release.fall_due(state, command, now)
        case c.UndoOver():
            return release.undo_over(state, command, now)
        case c.TurnPhase():
            running = state.status == "running"
            return clock.turn_phase(state, command, now) if running else ()
        case c.ProbeDue():
            return probes.probe_due(state, command, now)
        case c.ProbeOver():
            return probes.probe_over(state, command)
        case c.RingOut():
            return calls.ring_out(state, command)
        case c.VoteOver():
            return negotiation.vote_over(state, command, now)
        case c.JoiningOver():
            return joint.joining_over(state, command)
        case c.SilenceOver():
            return texts.silence_over(state, command, now)
        case c.InstructionsDue():
            return referral.instructions_due(state, command, now)
        case c.Outage():
            return clock.outage(state)
        case c.CarryPlan():
            return evaluation.carry_plan(command)
        case c.Redact():
            return membership.redact(state, command)
        case c.Seal():
            return (
                e.Checkpoint(
                    head_seq=command.head_seq,
                    head_hash=command.head_hash,
                    tree_root=command.tree_root,
                    signature=command.signature,
                ),
            )
        case _ as never:
            assert_never(never)


def _by_member(
    state: Exercise, command: c.WireCommand, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    match command:
        case c.Start():
            return clock.start(state, command, now)
        case c.Pause():
            return clock.pause(state, command)
        case c.Resume():
            return clock.resume(state)
        case c.SetRate():
            return clock.set_rate(state, command)
        case c.Shift():
            return clock.shift(command, now)
        case c.End():
            return clock.end(state, command, now)
        case c.Release():
            return release.release(state, command, member.id, now)
        case c.Undo():
            return release.undo(state, command)
        case c.Hold():
            return injects.hold(state, command)
        case c.Skip():
            return injects.skip(state, command)
        case c.Recall():
            return injects.recall(state, command)
        case c.Revise():
            return injects.revise(state, command, now)
        case c.AdHocInject():
            return injects.ad_hoc(state, command, member.id, now)
        case c.ReplyAs():
            return injects.reply_as(state, command, member.id, now)
        case c.OpenProbe(probe=probe):
            return probes.open_probe(state, probe, now)
        case c.AnswerProbe():
            return probes.answer(state, command, member)
        case c.Acknowledge():
            return acts.acknowledge(state, command, member, now)
        case c.Act(instrument="publish_joint_statement"):
            return texts.publish(state, command.about, member, now)
        case c.Act():
            return acts.act(state, command, member, now)
        case c.Countersign():
            return acts.countersign(state, command, member, now)
        case c.ShareItem():
            return acts.share_item(state, command, member)
        case (
            c.Call() | c.AnswerCall() | c.DeclineCall() | c.Say() | c.HangUp()
        ) as calling:
            return _on_the_line(state, calling, member, now)
        case c.Propose():
            return texts.propose(state, command, member, now)
        case c.Amend(clause=int(clause)):
            return negotiation.bracket(state, command, member, clause)
        case c.Amend():
            return texts.amend(state, command, member)
        case c.SettleBracket():
            return negotiation.settle_bracket(state, command, member)
        case c.Vote():
            return negotiation.vote(state, command, member, now)
        case c.Sponsor():
            return texts.sponsor(state, command, member)
        case c.Sign():
            return texts.sign(state, command, member, now)
        case c.Decline():
            return texts.decline(state, command, member, now)
        case c.Reserve():
            return texts.reserve(state, command, member)
        case c.BreakSilence():
            return texts.break_silence(state, command, member, now)
        case (
            c.AskFloor()
            | c.GiveFloor()
            | c.YieldFloor()
            | c.Speak()
            | c.TakeUp()
            | c.RecordMinutes()
            | c.Admit()
            | c.CloseForum()
        ) as meeting:
            return _in_forum(state, meeting, member)
        case c.TakeSeat():
            return membership.take_seat(state, command, member)
        case c.HandOver():
            return membership.hand_over(state, command, member)
        case c.Rename():
            return naming.rename(state, command, member)
        case c.Withdraw():
            return referral.withdraw(state, command, member)
        case c.UpdateContact():
            return contacts.update_contact(state, command, member)
        case c.Move():
            return membership.move(state, command)
        case c.Revoke():
            return membership.revoke(state, command, member)
        case c.Invite():
            return membership.invite(command, now)
        case c.Note():
            return evaluation.note(state, command, member)
        case c.MarkObjective():
            return evaluation.mark_objective(state, command)
        case c.Adjudicate():
            return evaluation.adjudicate(state, command, member)
        case c.Override():
            return evaluation.override(state, command, member)
        case c.Exclude():
            return evaluation.exclude(state, command, now)
        case (
            c.Rate()
            | c.CloseRatings()
            | c.ConfirmOverride()
            | c.Pin()
            | c.Finding()
            | c.Plan()
            | c.MarkPlan()
            | c.Survey()
        ) as judging:
            return _judged(state, judging, member, now)
        case _ as never:
            assert_never(never)


def _on_the_line(
    state: Exercise,
    command: c.Call | c.AnswerCall | c.DeclineCall | c.Say | c.HangUp,
    member: Member,
    now: Moment,
) -> tuple[e.Event, ...]:
    match command:
        case c.Call():
            return calls.call(state, command, member, now)
        case c.AnswerCall():
            return calls.answer(state, command, member)
        case c.DeclineCall():
            return calls.decline(state, command, member)
        case c.Say():
            return calls.say(state, command, member)
        case c.HangUp():
            return calls.hang_up(state, command, member, now)


def _in_forum(
    state: Exercise, command: c.ForumCommand, member: Member
) -> tuple[e.Event, ...]:
    match command:
        case c.AskFloor():
            return floor.ask(state, command, member)
        case c.GiveFloor():
            return floor.give(state, command, member)
        case c.YieldFloor():
            return floor.yield_(state, command, member)
        case c.Speak():
            return floor.speak(state, command, member)
        case c.TakeUp():
            return forums.take_up(state, command, member)
        case c.RecordMinutes():
            return forums.record(state, command, member)
        case c.Admit():
            return forums.admit(state, command, member)
        case c.CloseForum():
            return forums.close(state, command, member)
        case _ as never:
            assert_never(never)


def _judged(
    state: Exercise, command: c.EvaluationCommand, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    match command:
        case c.Rate():
            return evaluation.rate(state, command, member)
        case c.CloseRatings():
            return evaluation.close_ratings(state, command, member)
        case c.Pin():
            return evaluation.pin(state, command, member)
        case c.Finding():
            return evaluation.finding(state, command, member, now)
        case c.Plan():
            return evaluation.plan(state, command)
        case c.ConfirmOverride():
            return evaluation.confirm_override(state, command, member)
        case c.MarkPlan():
            return evaluation.mark_plan(state, command)
        case c.Survey():
            return evaluation.survey(command)
        case _ as never:
            assert_never(never)
