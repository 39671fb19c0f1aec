"""An exercise told again from its entries: what each met, and who may read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exercise.adapters.codec import EventCodec
from exercise.domain.events import Event
from exercise.domain.state import Exercise
from exercise.domain.visibility import audience
from exercise.service.conduct.standing import Standing, recorded
from exercise.service.ports import Head, Sealed

CODEC = EventCodec()


@dataclass(frozen=True, slots=True)
class Step:
    """One entry, the state it met, and what today's rules make of it.

    `event` is None once redacted; `rules` is who reads it by the rules, None where
    they cannot tell; `broken` is why it cannot be read or followed, or nothing.
    """

    sealed: Sealed
    before: Exercise | None
    event: Event | None
    rules: tuple[str, ...] | None = None
    broken: str = ""


def history(epoch: str, entries: Iterable[Sealed]) -> Iterator[Step]:
    """Yield a step for each entry; one that cannot be followed changes nothing."""
    standing, heads = Standing(Head(epoch, 0, b"")), dict[str, int]()
    for sealed in entries:
        before = standing.state
        try:
            entry = recorded(sealed.entry, CODEC)
            event = None if entry is None else entry.event
            rules = None if event is None else _readers(before, event, sealed)
            standing = standing.after(sealed, entry, heads)
        except Exception as error:  # noqa: BLE001 - whatever keeps it from being followed is the finding
            yield Step(sealed, before, None, broken=f"{type(error).__name__}: {error}")
        else:
            yield Step(sealed, before, event, rules)


def _readers(
    before: Exercise | None, event: Event, sealed: Sealed
) -> tuple[str, ...] | None:
    return tuple(sorted(audience(before, event, sealed.entry.actor)))
