"""Which injects can go out at all: a fixpoint from those that wait for nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exercise.domain.branching.logic import can_hold
from exercise.domain.branching.stage import Stage
from exercise.domain.conditions import Condition, Fact, facts_of
from exercise.domain.scenario import Inject


@dataclass(frozen=True, slots=True)
class Reach:
    """The injects that can go out as planned, or if time put them in another order.

    `bound` leaves out those that only a hand could send against their condition.
    The others hinge on the one that `hinges` names, which cannot go out either.
    """

    planned: frozenset[str]
    ever: frozenset[str]
    bound: frozenset[str]
    hinges: Mapping[str, str]

    def way(self, id_: str) -> tuple[str, ...]:
        """Return the injects that wait for one another from one on.

        The last one either is an earlier one again (a circle), or waits for nobody.
        """
        path = dict.fromkeys((id_,))
        last = id_
        while last := self.hinges.get(last, ""):
            if last in path:
                return (*path, last)
            path[last] = None
        return tuple(path)


def reach(stage: Stage) -> Reach:
    """Return which injects can go out."""
    every = frozenset(one.id for one in stage.scenario.injects)
    ever = _closed(stage, timed=False, by_hand=True)
    bound = _closed(stage, timed=False, by_hand=False)
    return Reach(
        planned=_closed(stage, timed=True, by_hand=True),
        ever=ever,
        bound=bound,
        hinges={
            one: _hinge(stage, one, every - (bound if one in ever else ever))
            for one in every - bound
        },
    )


def _closed(stage: Stage, *, timed: bool, by_hand: bool) -> frozenset[str]:
    injects = stage.scenario.injects
    # What goes out by hand goes out whatever its condition says.
    found = {
        one.id
        for one in injects
        if one.id not in stage.conditions or (by_hand and one.release != "auto")
    }
    waiting = [one for one in injects if one.id not in found]
    before = len(waiting) + 1
    while before > len(waiting):
        before = len(waiting)
        for one in tuple(waiting):
            if _goes(stage, one, found, timed=timed):
                found.add(one.id)
                waiting.remove(one)
    return frozenset(found)


def _goes(stage: Stage, inject: Inject, found: set[str], *, timed: bool) -> bool:
    condition = stage.conditions[inject.id]
    world = stage.world(condition, inject if timed else None, found)
    return can_hold(condition, world)


def _hinge(stage: Stage, id_: str, stuck: frozenset[str]) -> str:
    """Return the stuck inject that another one cannot go out without, or ""."""
    condition = stage.conditions[id_]
    every = frozenset(one.id for one in stage.scenario.injects)
    if not can_hold(condition, stage.world(condition, None, every, deep=False)):
        return ""
    asked = [one for one in dict.fromkeys(awaited(stage, condition)) if one in stuck]
    for one in asked:
        rest = stage.world(condition, None, every - {one}, deep=False)
        if not can_hold(condition, rest):
            return one
    return asked[0] if asked else ""


def awaited(stage: Stage, condition: Condition) -> Iterator[str]:
    """Yield the injects a condition asks for, also as the source of an item."""
    for fact in facts_of(condition):
        match fact.name, fact.arguments:
            case "released", (id_,):
                yield id_
            case "shared", (item, _):
                yield from (one.id for one in stage.sources(item))
            case _:
                pass


def tied(stage: Stage, condition: Condition, inject: Inject) -> tuple[Fact, ...]:
    """Return `released` of those asked for that go out before unless prevented."""
    sure: list[Fact] = []
    for one in dict.fromkeys(awaited(stage, condition)):
        other = stage.scenario.inject(one)
        if other and stage.certain(other) and stage.precedes(other, inject):
            sure.append(Fact("released", (one,)))
    return tuple(sure)
