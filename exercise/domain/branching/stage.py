"""What a scenario lets happen before an inject falls due, as planned."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from exercise.domain.acts import INSTRUMENTS, Instrument
from exercise.domain.branching.logic import RUNG, Number, Ranges, World, number_of
from exercise.domain.conditions import (
    Condition,
    Count,
    Every,
    Fact,
    Not,
    Rung,
    Some,
    atoms_of,
    facts_of,
)
from exercise.domain.scenario import Inject, Scenario

# Acts that leave no act of their name behind: what they come to has its own fact.
UNSEEN: Mapping[str, str] = {
    "ack": "",
    "sign_joint_statement": "signed",
    "decline_joint_statement": "signed",
    "publish_joint_statement": "adopted",
}
JOINT = frozenset({"joint_statement", "joint_attribution"})
NAMING = 3  # From here on a public act may go further than the facts justify.
FREE = 6  # Without ceilings every rung is justified.
# Laws only sharpen the proof; a long chain of injects must not make it a long one.
MOST_LAWS = 40
USUAL = 2  # What is justified before the first ceiling.
# What has been shown once stays so; a signature can be taken back.
LASTING = frozenset(
    {"acted", "shared", "claimed", "accepted", "released", "adopted"},
)
HELP = tuple(
    choice
    for field in INSTRUMENTS["offer_assistance"].fields
    if field.name == "type"
    for choice, _ in field.choices
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A scenario with the conditions of its injects that could be read.

    `unsure` names injects whose condition could not: they may go out or not.
    """

    scenario: Scenario
    conditions: Mapping[str, Condition]
    unsure: frozenset[str] = frozenset()

    def world(
        self,
        condition: Condition,
        inject: Inject | None,
        reachable: Collection[str],
        *,
        deep: bool = True,
    ) -> World:
        """Return what can be when `inject` falls due and only `reachable` ones went.

        Without an inject the order of time does not count; unless `deep`, neither
        does what the conditions of the injects asked for have needed.
        """
        laws = tuple(islice(self._laws(condition, deep=deep), MOST_LAWS))
        asked = dict.fromkeys(facts_of(Every((condition, *laws))))
        never = [one for one in asked if self.never(one, inject, reachable)]
        compared = [
            number_of(one)
            for one in atoms_of(Every((condition, *laws)))
            if not isinstance(one, Fact)
        ]
        ranges = self._ranges(compared, inject, reachable)
        return World(ranges=ranges, never=frozenset(never), laws=laws)

    def never(
        self, fact: Fact, inject: Inject | None, reachable: Collection[str]
    ) -> bool:
        """Tell whether a fact cannot be true by then, by itself."""
        match fact.name, fact.arguments:
            case "acted", _:
                return bool(self.unfit(fact))
            case "accepted", (kind,):
                return kind not in HELP
            case "released", (id_,):
                other = self.scenario.inject(id_)
                if other is None:
                    return False
                return id_ not in reachable or not self.precedes(other, inject)
            case "shared", (item, _) if self.scenario.item(item):
                return not self.sources(item)
            case _:
                return False

    def unfit(self, fact: Fact) -> str:
        """Return why an act that is asked for cannot be done, or ""."""
        by, instrument, *to = fact.arguments
        spec, delegation = INSTRUMENTS.get(instrument), self.scenario.delegation(by)
        if spec is None or delegation is None:
            return ""
        if instrument in UNSEEN:
            return "unseen"
        if delegation.kind not in spec.who:
            return "kind"
        if to and (instrument in JOINT or spec.addressees == "none"):
            return "address"
        return "itself" if by in to else ""

    def precedes(self, other: Inject, inject: Inject | None) -> bool:
        """Tell whether `other` can have gone out when `inject` falls due."""
        if inject is None:
            return True
        if other is inject:
            return False
        if "reserve" in {other.release, inject.release}:
            return True
        by_hand = "manual" in {other.release, inject.release}
        if by_hand or other.at_ms != inject.at_ms:
            return other.at_ms <= inject.at_ms
        ids = (one.id for one in self.scenario.injects)
        return next(one for one in ids if one in {other.id, inject.id}) == other.id

    def sources(self, item: str) -> tuple[Inject, ...]:
        """Return the injects that bring an item to its holder."""
        found = self.scenario.item(item)
        return tuple(
            one
            for one in self.scenario.injects
            if found is not None
            and item in one.items
            and {"all", "public", found.holder} & set(one.audience)
        )

    def certain(self, inject: Inject) -> bool:
        """Tell whether an inject goes out unless a facilitator prevents it."""
        sure = inject.id not in self.unsure and inject.release == "auto"
        return sure and inject.id not in self.conditions

    def rungs(self, inject: Inject | None) -> tuple[int, ...]:
        """Return the heights the unjustified rung can have when `inject` falls due."""
        steps = self.scenario.ceilings
        lowest = FREE
        if steps:
            first = [] if steps[0].start_ms == 0 else [USUAL]
            until = None if inject is None else inject.at_ms
            begun = [s.rung for s in steps if until is None or s.start_ms <= until]
            lowest = min([*first, *begun], default=USUAL)
        heights = {one.rung for one in self._public() if one.rung >= NAMING}
        return (0, *sorted(one for one in heights if one > lowest))

    def values(
        self, number: Number, inject: Inject | None, reachable: Collection[str]
    ) -> tuple[int, ...]:
        """Return what a number can be when `inject` falls due; () is unbounded."""
        match number:
            case "rung", _:
                return self.rungs(inject)
            case "meter", id_:
                return self._readings(id_, inject, reachable)
            case _:
                # A text has as many signatures at most as there are delegations.
                return tuple(range(len(self.scenario.delegations) + 1))

    def _readings(
        self, id_: str, inject: Inject | None, reachable: Collection[str]
    ) -> tuple[int, ...]:
        """Return where a meter can stand: at its start, or where an inject put it."""
        found = {one.start for one in self.scenario.meters if one.id == id_}
        for one in self.scenario.injects:
            moved = one.meters or {}
            comes = one.id in reachable and self.precedes(one, inject)
            if found and id_ in moved and comes:
                found.add(moved[id_])
        return tuple(sorted(found))

    def _ranges(
        self,
        numbers: Collection[Number],
        inject: Inject | None,
        reachable: Collection[str],
    ) -> Ranges:
        values = {
            one: self.values(one, inject, reachable)
            for one in dict.fromkeys((RUNG, *numbers))
        }
        return {one: known for one, known in values.items() if known}

    def _public(self) -> Iterator[Instrument]:
        kinds = {one.kind for one in self.scenario.delegations}
        for one in INSTRUMENTS.values():
            if one.public and (one.id in JOINT or kinds & set(one.who)):
                yield one

    def _laws(self, condition: Condition, *, deep: bool) -> Iterator[Condition]:
        """Yield what ties the facts of a condition to each other, and to injects."""
        done: set[Fact] = set()
        coming = list(facts_of(condition))
        while coming:
            fact = coming.pop(0)
            if fact in done:
                continue
            done.add(fact)
            if fact.name == "released" and not deep:
                continue
            for implied in self._implied(fact):
                yield Some((Not(fact), implied))
                coming += facts_of(implied)

    def _implied(self, fact: Fact) -> Iterator[Condition]:
        match fact.name, fact.arguments:
            case "acted" | "claimed", (one, other, _):
                yield Fact(fact.name, (one, other))
            case "shared", (item, _) if sources := self.sources(item):
                yield Some(tuple(Fact("released", (one.id,)) for one in sources))
            case "released", (id_,):
                inject = self.scenario.inject(id_)
                if inject and inject.release == "auto" and id_ in self.conditions:
                    yield from lasting(self.conditions[id_])
            case _:
                return


def lasting(condition: Condition) -> Iterator[Condition]:
    """Yield what of a condition, once it held, holds for ever."""
    match condition:
        case Fact(name) if name in LASTING:
            yield condition
        case Rung(">=" | ">", _):
            yield condition
        case Count():
            # Meters fall and signatures go; neither lasts.
            return
        case Every(parts):
            for part in parts:
                yield from lasting(part)
        case Some(parts):
            kept = [tuple(lasting(part)) for part in parts]
            if all(kept):
                yield Some(tuple(Every(one) for one in kept))
        case _:
            return
