"""The hotline: ring, answer, decline, say, hang up, ring out."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.decide.standing import addressees
from exercise.domain.errors import Conflict, NotFound
from exercise.domain.identity import Member
from exercise.domain.moment import Moment
from exercise.domain.state import Exercise, OpenCall

RING_MS = 60_000  # Exercise ms; a minute is long enough to find the duty officer.


def call(
    state: Exercise, command: c.Call, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Ring another delegation, unless the two are on the line already."""
    (callee,) = addressees(state, member.delegation, (command.to,))
    for open_ in state.calls.values():
        if open_.has(member.delegation) and open_.has(callee):
            raise Conflict(
                "A call between you two is open already.", field="to", code="busy"
            )
    return (
        e.CallOpened(
            caller=member.delegation, callee=callee, rings_until_ms=now.at_ms + RING_MS
        ),
    )


def answer(
    state: Exercise, command: c.AnswerCall, member: Member
) -> tuple[e.Event, ...]:
    """Pick up a call that rings for one's delegation."""
    ringing = _ringing(state, command.call, member)
    return (
        e.CallAnswered(call=command.call, caller=ringing.caller, callee=ringing.callee),
    )


def decline(
    state: Exercise, command: c.DeclineCall, member: Member
) -> tuple[e.Event, ...]:
    """Turn a ringing call away."""
    ringing = _ringing(state, command.call, member)
    return (_closed(command.call, ringing, "declined", 0),)


def say(state: Exercise, command: c.Say, member: Member) -> tuple[e.Event, ...]:
    """Add a line to the transcript of a call in progress."""
    open_ = _party(state, command.call, member)
    if open_.answered_ms is None:
        raise Conflict("Nobody has picked up yet.", field="call", code="not-answered")
    return (
        e.CallLine(
            call=command.call,
            caller=open_.caller,
            callee=open_.callee,
            text=command.text,
        ),
    )


def hang_up(
    state: Exercise, command: c.HangUp, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """End a call, or stop ringing."""
    open_ = _party(state, command.call, member)
    if open_.answered_ms is None:
        return (_closed(command.call, open_, "missed", 0),)
    lasted = now.at_ms - open_.answered_ms
    return (_closed(command.call, open_, "hung_up", lasted),)


def ring_out(state: Exercise, command: c.RingOut) -> tuple[e.Event, ...]:
    """Close a call nobody answered in time."""
    open_ = state.calls.get(command.call)
    if open_ is None or open_.answered_ms is not None:
        return ()
    return (_closed(command.call, open_, "missed", 0),)


def _closed(call_: str, open_: OpenCall, how: str, lasted_ms: int) -> e.CallClosed:
    return e.CallClosed(
        call=call_,
        caller=open_.caller,
        callee=open_.callee,
        how=how,  # type: ignore[arg-type] # one of the four words, from above
        lasted_ms=lasted_ms,
    )


def _party(state: Exercise, call_: str, member: Member) -> OpenCall:
    open_ = state.calls.get(call_)
    if open_ is None or not open_.has(member.delegation):
        raise NotFound("There is no such call.", field="call")
    return open_


def _ringing(state: Exercise, call_: str, member: Member) -> OpenCall:
    open_ = _party(state, call_, member)
    if open_.callee != member.delegation:
        raise NotFound("There is no call to you there.", field="call")
    if open_.answered_ms is not None:
        raise Conflict("The call is answered already.", code="answered", field="call")
    return open_
