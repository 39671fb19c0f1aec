"""What can hold together: a bounded search over the facts that conditions ask for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from exercise.domain.conditions import (
    COMPARISONS,
    Condition,
    Count,
    Every,
    Fact,
    Not,
    Rung,
    Some,
)

# So many steps decide every condition that an author would write; one that takes
# more is given the benefit of the doubt.
MOST_STEPS = 4_000

Known = Mapping[Fact, bool]
# A number that conditions compare, by its name and what it is asked with.
Number = tuple[str, str]
Ranges = Mapping[Number, tuple[int, ...]]
RUNG: Number = ("rung", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What can be at all: facts that cannot come, values of numbers, and laws."""

    ranges: Ranges
    never: frozenset[Fact] = frozenset()
    laws: tuple[Condition, ...] = ()


def can_hold(condition: Condition, world: World) -> bool:
    """Tell whether some course of events makes the condition true.

    False is proved; True may also mean that the search gave up.
    """
    whole = Every((condition, *world.laws))
    known = dict.fromkeys(world.never, False)
    return _Search().finds(whole, known, world.ranges)


def always_holds(condition: Condition, world: World) -> bool:
    """Tell whether no course of events makes the condition false."""
    return not can_hold(Not(condition), world)


def core(condition: Condition, world: World) -> tuple[Condition, ...]:
    """Return the fewest parts of an impossible condition that exclude each other."""
    kept = list(parts_of(condition))
    for part in tuple(kept):
        others = [one for one in kept if one is not part]
        if others and not can_hold(Every(tuple(others)), world):
            kept = others
    return tuple(kept)


def parts_of(condition: Condition) -> Iterator[Condition]:
    """Yield what all must hold, `and` within `and` laid flat."""
    if isinstance(condition, Every):
        for part in condition.parts:
            yield from parts_of(part)
    else:
        yield condition


def number_of(comparison: Rung | Count) -> Number:
    """Return which number a comparison is about."""
    match comparison:
        case Rung():
            return RUNG
        case Count(name, argument):
            return name, argument


def judged(condition: Condition, known: Known, ranges: Ranges) -> bool | None:
    """Tell whether a condition holds as far as facts are known; None: either way."""
    match condition:
        case Fact():
            return known.get(condition)
        case Rung(sign=sign, number=number) | Count(sign=sign, number=number):
            values = ranges.get(number_of(condition), ())
            told = {COMPARISONS[sign](one, number) for one in values}
            return told.pop() if len(told) == 1 else None
        case Not(part):
            inner = judged(part, known, ranges)
            return None if inner is None else not inner
        case Every(parts):
            return _joined([judged(one, known, ranges) for one in parts], ends=False)
        case Some(parts):
            return _joined([judged(one, known, ranges) for one in parts], ends=True)
        case _:
            assert_never(condition)


def _joined(told: list[bool | None], *, ends: bool) -> bool | None:
    """Return what `and` (False ends it) or `or` (True ends it) makes of its parts."""
    if ends in told:
        return ends
    return None if None in told else not ends


@dataclass(slots=True)
class _Search:
    left: int = field(default=MOST_STEPS)

    def finds(self, condition: Condition, known: Known, ranges: Ranges) -> bool:
        """Tell whether what is open can be settled so that the condition holds."""
        self.left -= 1
        told = judged(condition, known, ranges)
        if told is not None or self.left < 0:
            return told is not False
        asked = _open(condition, known, ranges)
        if isinstance(asked, Fact):
            return any(
                self.finds(condition, {**known, asked: value}, ranges)
                for value in (True, False)
            )
        number = number_of(asked)
        # A number that nobody bounds may be anything.
        return number not in ranges or any(
            self.finds(condition, known, {**ranges, number: (one,)})
            for one in ranges[number]
        )


def _open(condition: Condition, known: Known, ranges: Ranges) -> Fact | Rung | Count:
    """Return the first question on which an undecided condition hangs."""
    match condition:
        case Fact() | Rung() | Count():
            return condition
        case Not(part):
            return _open(part, known, ranges)
        case Every(parts) | Some(parts):
            hangs = (one for one in parts if judged(one, known, ranges) is None)
            return _open(next(hangs), known, ranges)
        case _:
            assert_never(condition)
