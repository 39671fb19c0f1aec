"""What a timeline means: the state folded from its entries."""

from collections.abc import Iterable

from exercise.domain.moment import Recorded
from exercise.domain.state.evolve import evolve
from exercise.domain.state.exercise import Exercise, Status, changed
from exercise.domain.state.facts import StateFacts
from exercise.domain.state.papers import attached, readable
from exercise.domain.state.values import (
    Announced,
    Offer,
    OpenCall,
    OpenProbe,
    Promise,
    Ref,
    Referred,
    Released,
    Revision,
)


def fold(entries: Iterable[Recorded], state: Exercise | None = None) -> Exercise:
    """Return the state after `entries`, beginning from `state` or from nothing.

    Raises:
        ValueError: there is no state and no entry.
    """
    for entry in entries:
        state = evolve(state, entry)
    if state is None:
        message = "a timeline begins with exercise_opened"
        raise ValueError(message)
    return state


__all__ = [
    "Announced",
    "Exercise",
    "Offer",
    "OpenCall",
    "OpenProbe",
    "Promise",
    "Recorded",
    "Ref",
    "Referred",
    "Released",
    "Revision",
    "StateFacts",
    "Status",
    "attached",
    "changed",
    "evolve",
    "fold",
    "readable",
]
