"""Acts that wait inside a delegation: sent on instructions, or taken back."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.decide import acts
from exercise.domain.errors import NotFound, Rejected
from exercise.domain.identity import Member
from exercise.domain.moment import Moment
from exercise.domain.state import Exercise, Referred


def instructions_due(
    state: Exercise, command: c.InstructionsDue, now: Moment
) -> tuple[e.Event, ...]:
    """Send an act whose instructions have come, unless what it answers is settled."""
    waiting = state.referred.get(command.act)
    if waiting is None or state.status != "running":
        return ()
    act, sender = waiting.act, waiting.sender
    if _lapsed(state, waiting):
        return (_withdrawn(command.act, act, lapsed=True),)
    spec = INSTRUMENTS[act.instrument]
    issued = acts.issue(
        state, spec, act.to, act.fields, act.about, now, prepared_by=command.act
    )
    return (issued, *acts.follows(state, issued, sender, now))


def withdraw(
    state: Exercise, command: c.Withdraw, member: Member
) -> tuple[e.Event, ...]:
    """Take back an act of one's delegation that has not gone out."""
    ref, act = state.index.get(command.about), _waiting(state, command.about)
    if act is None or ref is None or ref.delegation != member.delegation:
        raise NotFound("Nothing of yours waits there.", field="about")
    return (_withdrawn(command.about, act),)


def _lapsed(state: Exercise, waiting: Referred) -> bool:
    try:
        acts.still_fits(state, waiting.act, waiting.sender)
    except Rejected:
        return True
    return False


def _withdrawn(
    about: str, act: e.ActPrepared | e.ActReferred, *, lapsed: bool = False
) -> e.ActWithdrawn:
    return e.ActWithdrawn(
        about=about, instrument=act.instrument, to=act.to, lapsed=lapsed
    )


def _waiting(state: Exercise, about: str) -> e.ActPrepared | e.ActReferred | None:
    referred = state.referred.get(about)
    if referred is not None:
        return referred.act
    prepared = state.prepared.get(about)
    return prepared[1] if prepared else None
