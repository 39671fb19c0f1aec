"""Which acts go out on instructions from the capital, and whose word asks for them."""

from exercise.domain.acts import Instrument
from exercise.domain.identity import Member
from exercise.domain.scenario import Delegation
from exercise.domain.state import Exercise


def delay_ms(home: Delegation, spec: Instrument) -> int:
    """Return how long a delegation's capital takes over an act; 0: it is not asked.

    What a line says of an instrument goes before what it says of its group.
    """
    for name in (spec.id, spec.group):
        for line in home.capital_delay:
            if name in line.instruments:
                return line.delay_ms
    return 0


def authority(
    state: Exercise, home: Delegation, member: Member, spec: Instrument
) -> str:
    """Return the seat that must authorise an act for the capital; "": nobody else.

    While nobody sits at the head, whoever is there stands in.
    """
    asked = delay_ms(home, spec) > 0
    return home.head if asked and _above(state, home, member) else ""


def _above(state: Exercise, home: Delegation, member: Member) -> bool:
    """Tell whether somebody else sits at the head."""
    if member.seat == home.head:
        return False
    return any(
        one.delegation == home.id and one.seat == home.head and not one.revoked
        for one in state.members.values()
    )
