"""Which rooms must rank above which, and how often other weights would turn two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from random import Random

from bench.validity.archetypes import ORDER, Archetype
from bench.validity.log import board
from bench.validity.world import ENDEX, MINUTE
from exercise.domain.scoring import ScoreCard
from exercise.domain.scoring.sensitivity import Draw, draws
from exercise.domain.scoring.spec import SEED, WEIGHTS

INDICATORS = tuple(WEIGHTS)


@dataclass(frozen=True, slots=True)
class Row:
    """One archetype, scored by the product."""

    archetype: Archetype
    card: ScoreCard

    @property
    def values(self) -> dict[str, float]:
        """Return the nine values."""
        return {one.id: one.value or 0.0 for one in self.card.indicators}

    @property
    def points(self) -> float:
        """Return C."""
        return self.card.headline or 0.0

    @property
    def half(self) -> float:
        """Return C½."""
        return self.card.half or 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rooms of which the first must be above the second."""

    better: Row
    worse: Row

    @property
    def names(self) -> str:
        """Return both by name."""
        return f"{self.better.archetype.name} over {self.worse.archetype.name}"

    @property
    def holds(self) -> bool:
        """Say whether the headline ranks them so."""
        return self.better.points > self.worse.points

    @property
    def holds_for_half(self) -> bool:
        """Say whether C½ ranks them so."""
        return self.better.half > self.worse.half

    @property
    def holds_for_other_deadlines(self) -> bool:
        """Say whether it holds with all targets and deadlines ±25 %."""
        ours, theirs = self.better.card.deadlines, self.worse.card.deadlines
        if ours is None or theirs is None:
            return False
        return all(a > b for a, b in zip(ours, theirs, strict=True))


@dataclass(frozen=True, slots=True)
class Flips:
    """How often drawn weights turn pairs: the worst, and how many never."""

    worst: float
    pair: str
    never: int


def score(archetype: Archetype) -> Row:
    """Return an archetype with its final card."""
    return Row(archetype, board(archetype.play).card(ENDEX * MINUTE, final=True))


def pairs(rows: Sequence[Row]) -> tuple[Pair, ...]:
    """Return every required pair."""
    place = {one: n for n, one in enumerate(ORDER)}
    return tuple(
        Pair(a, b)
        for a, b in combinations(rows, 2)
        if place[a.archetype.rank] < place[b.archetype.rank]
    )


def dropped_most(row: Row, competent: Row) -> str:
    """Return the indicator that fell most, and whatever fell as far."""
    fallen = {one: competent.values[one] - row.values[one] for one in INDICATORS}
    most = max(fallen.values())
    return "".join(one for one in INDICATORS if fallen[one] > most - 1e-9)


def near(count: int) -> tuple[Draw, ...]:
    """Return weights around ours, as the score card draws them."""
    return draws(INDICATORS, count)


def anyhow(count: int) -> tuple[Draw, ...]:
    """Return weights drawn from all there are, alike."""
    source, found = Random(SEED), []
    for _ in range(count):
        raw = [source.gammavariate(1, 1) for _ in INDICATORS]
        found.append(tuple(one / sum(raw) for one in raw))
    return tuple(found)


def flips(
    required: Sequence[Pair], weights: Sequence[Draw], *, root: bool = False
) -> Flips:
    """Return how often weights turn a pair; by C½ if `root`."""
    names = {one.better.archetype.name: one.better for one in required}
    names |= {one.worse.archetype.name: one.worse for one in required}
    points = {
        name: _points(row.values, weights, root=root) for name, row in names.items()
    }
    turned = [
        sum(
            1
            for a, b in zip(
                points[one.better.archetype.name],
                points[one.worse.archetype.name],
                strict=True,
            )
            if a <= b
        )
        / len(weights)
        for one in required
    ]
    worst = max(turned)
    return Flips(worst, required[turned.index(worst)].names, turned.count(0))


def _points(
    values: Mapping[str, float], weights: Sequence[Draw], *, root: bool
) -> list[float]:
    """Return C by each draw; the square of C½'s sum orders as the sum does."""
    shares = [sqrt(values[one]) if root else values[one] for one in INDICATORS]
    return [
        sum(w * share for w, share in zip(drawn, shares, strict=True))
        for drawn in weights
    ]
