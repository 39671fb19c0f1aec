"""Which seats of a delegation may send an act, and whose signature it waits for."""

from exercise.domain.acts import Instrument
from exercise.domain.decide import capital
from exercise.domain.decide.standing import home
from exercise.domain.identity import Member
from exercise.domain.scenario import Seat
from exercise.domain.state import Exercise


def allows(seat: Seat, spec: Instrument) -> bool:
    """Tell whether a seat may send an act of this instrument by itself."""
    return not seat.may or spec.id in seat.may or spec.group in seat.may


def signatures(
    state: Exercise, member: Member, spec: Instrument
) -> tuple[str, ...] | None:
    """Return the seats one of which must sign the act first; None: it goes at once.

    A seat that may not send it prepares it for those that may; what no seat may send
    every seat sends. An instrument that needs two seats waits for another one that
    may send it, or for any other where there is none. What the capital is asked for
    instructions on, the head of delegation authorises.
    """
    own = home(state, member)
    head = capital.authority(state, own, member, spec)
    if head:
        return (head,)
    seats = own.seats
    may = tuple(one.id for one in seats if allows(one, spec))
    gated = any(one.may for one in seats)
    if gated and may and member.seat not in may:
        return may
    if spec.id in state.scenario.two_seats:
        others = [one.id for one in seats if one.id != member.seat]
        return tuple(one for one in others if one in may) or tuple(others)
    return None
