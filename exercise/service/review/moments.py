"""What an audience had before it, and how things stood, at any moment of a record."""

from collections.abc import Iterable
from itertools import takewhile
from typing import Protocol, TypeVar

from exercise.domain.moment import Recorded
from exercise.domain.state import Exercise, fold


class Line(Protocol):
    """An entry as stored or as read by the rules."""

    @property
    def at_ms(self) -> int:
        """The exercise time it was recorded at."""

    @property
    def audience(self) -> tuple[str, ...]:
        """Everybody it was delivered to."""


Entry = TypeVar("Entry", bound=Line)


def page_at(
    entries: Iterable[Entry],
    audience: str,
    *,
    at_ms: int | None = None,
    position: int | None = None,
) -> tuple[Entry, ...]:
    """Return what an audience had been shown by a moment, or up to a position.

    The n-th entry is the one at position n: an audience's stream has no gaps, and
    exercise time never falls along it. Stored entries keep their places when they
    are redacted; a record read back has left those out.
    """
    stream = [one for one in entries if audience in one.audience]
    if at_ms is not None:
        stream = list(takewhile(lambda one: one.at_ms <= at_ms, stream))
    return tuple(stream if position is None else stream[: max(0, position)])


def state_at(entries: Iterable[Recorded], at_ms: int) -> Exercise | None:
    """Return how things stood at a moment; None before the exercise was opened."""
    past = list(takewhile(lambda one: one.at_ms <= at_ms, entries))
    return fold(past) if past else None
