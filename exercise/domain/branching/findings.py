"""What an author must know of the conditions in a scenario, in the injects' order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from exercise.domain.acts import INSTRUMENTS
from exercise.domain.branching.logic import (
    World,
    always_holds,
    can_hold,
    core,
    judged,
    number_of,
)
from exercise.domain.branching.reach import Reach, awaited, reach, tied
from exercise.domain.branching.stage import HELP, UNSEEN, Stage
from exercise.domain.conditions import (
    Condition,
    Count,
    Every,
    Fact,
    Rung,
    atoms_of,
    facts_of,
    show,
)
from exercise.domain.scenario import Inject


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about an inject's condition: a message id, its values, a better word.

    A `warning` may be meant; anything else keeps the scenario from being played.
    The value `at` is exercise ms.
    """

    inject: Inject
    message: str
    nearest: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    warning: bool = False


def findings(stage: Stage) -> Iterator[Finding]:
    """Yield what is wrong, or strange, with the conditions of a scenario."""
    found = reach(stage)
    for inject in stage.scenario.injects:
        condition = stage.conditions.get(inject.id)
        if condition is not None:
            yield from _Look(stage, found, inject, condition).all()


@dataclass(frozen=True, slots=True)
class _Look:
    """One inject's condition under the eye."""

    stage: Stage
    reach: Reach
    inject: Inject
    condition: Condition

    def all(self) -> Iterator[Finding]:
        """Yield what is found: first what excludes all else, then part by part."""
        every = frozenset(one.id for one in self.stage.scenario.injects)
        alone = self.stage.world(self.condition, None, every, deep=False)
        if not can_hold(self.condition, alone):
            yield from self._impossible(alone)
            return
        circle = self._circle()
        if circle is not None:
            yield circle
            return
        free = self.stage.world(self.condition, None, every)
        if not can_hold(self.condition, free):
            yield self._contradiction(free)
            return
        parts = tuple(self._parts(self.inject))
        yield from parts
        if not parts:
            yield from self._planned()

    def _impossible(self, world: World) -> Iterator[Finding]:
        """Yield the parts that nobody can bring about, or those at odds."""
        parts = tuple(self._parts(None))
        yield from parts
        if all(one.warning for one in parts):
            yield self._contradiction(world)

    def _circle(self) -> Finding | None:
        """Return why an inject waits in vain; a hand can still send some of them."""
        by_hand = self.inject.id in self.reach.ever
        if self.inject.id in self.reach.bound:
            return None
        path = self.reach.way(self.inject.id)
        if len(path) == 1 or (by_hand and path[-1] != path[0]):
            return None
        return replace(self._way(path), warning=by_hand)

    def _planned(self) -> Iterator[Finding]:
        world = self.stage.world(self.condition, self.inject, self.reach.planned)
        if not can_hold(self.condition, world):
            stuck = [
                one
                for one in awaited(self.stage, self.condition)
                if one not in self.reach.planned
            ]
            yield self._says(
                "needs {other}, which can never go out as planned: mend that first",
                other=stuck[0] if stuck else "another inject",
            )
        elif always_holds(self.condition, world):
            yield self._says(
                "is always true: leave `when` out, or ask for something that can fail",
                warning=True,
            )
        else:
            sure = tied(self.stage, self.condition, self.inject)
            if sure and not can_hold(Every((self.condition, *sure)), world):
                yield self._says(
                    "holds only if a facilitator keeps back {others}, which "
                    "otherwise always goes out before",
                    others=", ".join(one.arguments[0] for one in sure),
                    warning=True,
                )

    def _says(
        self,
        message: str,
        near: str = "",
        /,
        *,
        warning: bool = False,
        **values: object,
    ) -> Finding:
        return Finding(self.inject, message, near, values, warning)

    def _way(self, path: tuple[str, ...]) -> Finding:
        first, last = path[0], path[-1]
        if path[1:] == (first,):
            return self._says(
                "waits for itself: {inject} is out only once this condition has held",
                inject=first,
            )
        if last in path[:-1]:
            circle = path[path.index(last) :]
            message = "these wait for each other: {circle}; let one of them go first"
            if last != first:
                message = "waits for injects that wait for each other: {circle}"
            return self._says(message, circle=" → ".join(circle))
        return self._says(
            "needs {other}, whose own condition can never hold: {way}",
            other=path[1],
            way=" → ".join(path),
        )

    def _contradiction(self, world: World) -> Finding:
        parts = core(self.condition, world)
        if len(parts) == 1:
            return self._says(
                "can never hold: {part} excludes itself; change one of its parts",
                part=show(parts[0]),
            )
        return self._says(
            "can never hold: {parts} exclude each other; change one of them",
            parts=" / ".join(show(one) for one in parts),
        )

    def _parts(self, inject: Inject | None) -> Iterator[Finding]:
        for fact in facts_of(self.condition):
            yield from self._fact(fact, inject)
        for one in atoms_of(self.condition):
            if not isinstance(one, Fact):
                yield from self._number(one, inject)

    def _number(
        self, comparison: Rung | Count, inject: Inject | None
    ) -> Iterator[Finding]:
        number = number_of(comparison)
        reachable = self.reach.planned if inject else self.reach.ever
        values = self.stage.values(number, inject, reachable)
        told = judged(comparison, {}, {number: values}) if values else None
        if told is None:
            return
        most = replace(comparison, sign=">=", number=values[-1])
        yield self._says(
            "{part} is always true: here it is one of {values}"
            if told
            else "{part} can never hold: here it is one of {values}",
            show(most) if len(values) > 1 else "",
            part=show(comparison),
            values=", ".join(str(one) for one in values),
            warning=told,
        )

    def _fact(self, fact: Fact, inject: Inject | None) -> Iterator[Finding]:
        match fact.name, fact.arguments:
            case "acted", _:
                if why := self.stage.unfit(fact):
                    yield self._act(fact, why)
            case "accepted", (kind,) if kind not in HELP:
                near = get_close_matches(kind, HELP, n=1, cutoff=0.5)
                yield self._says(
                    "{kind} is none of the kinds of help that can be offered",
                    near[0] if near else "",
                    kind=kind,
                )
            case "released", (id_,) if inject is not None:
                other = self.stage.scenario.inject(id_)
                if other is not None and not self.stage.precedes(other, inject):
                    yield self._later(other)
            case "shared", (item, _) if self.stage.scenario.item(item):
                yield from self._shared(item, inject)
            case _:
                return

    def _later(self, other: Inject) -> Finding:
        if other.at_ms == self.inject.at_ms:
            return self._says(
                "{inject} falls due at the same moment, but after this inject; let "
                "this one fall due later",
                inject=other.id,
            )
        return self._says(
            "{inject} does not fall due before this inject, but at {at}; let this one "
            "fall due later",
            inject=other.id,
            at=other.at_ms,
        )

    def _shared(self, item: str, inject: Inject | None) -> Iterator[Finding]:
        sources = self.stage.sources(item)
        if not sources:
            yield self._says("no inject brings {item} to anybody", item=item)
        elif inject and not any(self.stage.precedes(one, inject) for one in sources):
            first = min(sources, key=lambda one: one.at_ms)
            yield self._says(
                "{item} reaches nobody before inject {source} brings it at {at}; let "
                "this one fall due later",
                item=item,
                source=first.id,
                at=first.at_ms,
            )

    def _act(self, fact: Fact, why: str) -> Finding:
        by, instrument, *to = fact.arguments
        near = ""
        match why:
            case "unseen":
                message = "{instrument} leaves no act behind: ask for what it leads to"
                near = UNSEEN[instrument]
            case "kind":
                message = "{delegation} is of a kind that cannot use {instrument}"
                near = self._able(by, instrument)
            case "address":
                message = "{instrument} has no addressee: leave {to} out"
                near = f'acted("{by}", "{instrument}")'
            case _:
                message = "{delegation} cannot address itself"
        values = {"delegation": by, "instrument": instrument, "to": "".join(to)}
        return Finding(self.inject, message, near, values)

    def _able(self, by: str, instrument: str) -> str:
        """Return the delegation most like `by` that can use an instrument, or ""."""
        kinds = INSTRUMENTS[instrument].who
        able = [d.id for d in self.stage.scenario.delegations if d.kind in kinds]
        return next(iter(get_close_matches(by, able, n=1, cutoff=0.0)), "")
