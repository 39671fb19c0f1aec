"""The whole validation: what was played, and everything that was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from random import Random

from bench.validity import order
from bench.validity.archetypes import archetypes
from bench.validity.figures import deviation, mean, pearson, spearman
from bench.validity.improving import improvements
from bench.validity.latent import alike, draw
from bench.validity.log import values
from bench.validity.order import INDICATORS, Flips, Pair, Row
from exercise.domain.scoring.headline import headline

# Of all there is to better in one run, so many are tried.
TRIES = 20
# Sums of products differ in the last digits when their order does.
EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Size:
    """How much is drawn."""

    runs: int
    improvements: int
    weights: int


WHOLE = Size(runs=400, improvements=1_200, weights=10_000)
QUICK = Size(runs=50, improvements=80, weights=400)


@dataclass(frozen=True, slots=True)
class Monotony:
    """Single improvements, and how many lowered the headline or an indicator.

    `alone` are those in which one delegation left a picture that others shared.
    """

    tried: int
    lowered: int
    lowered_indicator: int
    alone: int
    alone_lowered: int
    kinds: int


@dataclass(frozen=True, slots=True)
class Latent:
    """How the headline follows the quality that the draws were made from."""

    spearman: float
    retest: float
    noise: float
    at: Mapping[float, float]

    @property
    def gap(self) -> float:
        """Return the difference of two runs that noise exceeds in 5 % of cases."""
        return 1.96 * sqrt(2) * self.noise


@dataclass(frozen=True, slots=True)
class Study:
    """Everything that one validation found."""

    size: Size
    seed: int
    rows: tuple[Row, ...]
    required: tuple[Pair, ...]
    near: Flips
    anyhow: Flips
    half: Flips
    monotony: Monotony
    latent: Latent
    correlation: tuple[str, float]

    def row(self, name: str) -> Row:
        """Return an archetype by its name, or by how it begins."""
        return next(one for one in self.rows if one.archetype.name.startswith(name))

    @property
    def missed(self) -> tuple[str, ...]:
        """Return the single faults that show most somewhere else."""
        competent = self.row("competent")
        return tuple(
            one.archetype.name
            for one in self.rows
            if one.archetype.targets
            and order.dropped_most(one, competent) != one.archetype.targets
        )


def study(size: Size, seed: int) -> Study:
    """Return what a validation of this size finds; the same seed, the same figures."""
    rows = tuple(order.score(one) for one in archetypes())
    required = order.pairs(rows)
    near = order.near(size.weights)
    return Study(
        size=size,
        seed=seed,
        rows=rows,
        required=required,
        near=order.flips(required, near),
        anyhow=order.flips(required, order.anyhow(size.weights)),
        half=order.flips(required, near, root=True),
        monotony=monotony(size.improvements, Random(f"{seed}/improving")),
        latent=latent(size.runs, Random(f"{seed}/latent")),
        correlation=correlation(size.runs, Random(f"{seed}/correlation")),
    )


def points(found: Mapping[str, float]) -> float:
    """Return C of nine values."""
    return headline(found) or 0.0


def monotony(count: int, source: Random) -> Monotony:
    """Return what single improvements of random runs do."""
    tried = lowered = apart = alone = alone_lowered = 0
    kinds: set[str] = set()
    while tried < count:
        play = draw({one: source.random() for one in INDICATORS}, source)
        before = values(play)
        ways = list(improvements(play))
        for better in source.sample(ways, min(TRIES, len(ways))):
            after = values(better.play)
            fell = points(after) < points(before) - EXACT
            if better.alone:
                alone, alone_lowered = alone + 1, alone_lowered + fell
                continue
            tried, lowered = tried + 1, lowered + fell
            apart += any(after[one] < before[one] - EXACT for one in INDICATORS)
            kinds.add(better.what)
    return Monotony(tried, lowered, apart, alone, alone_lowered, len(kinds))


def latent(runs: int, source: Random) -> Latent:
    """Return how far two independent runs at one quality tell of it."""
    qualities = [source.random() for _ in range(runs)]
    first = [points(values(draw(alike(one), source))) for one in qualities]
    second = [points(values(draw(alike(one), source))) for one in qualities]
    gaps = [a - b for a, b in zip(first, second, strict=True)]
    some = max(5, runs // 10)
    at = {
        quality: mean(
            [points(values(draw(alike(quality), source))) for _ in range(some)]
        )
        for quality in (0.0, 0.5, 1.0)
    }
    noise = deviation(gaps) / sqrt(2)
    return Latent(spearman(qualities, first), pearson(first, second), noise, at)


def correlation(runs: int, source: Random) -> tuple[str, float]:
    """Return the two indicators that go together most, qualities being independent."""
    found = [
        values(draw({one: source.random() for one in INDICATORS}, source))
        for _ in range(runs)
    ]
    columns = {one: [each[one] for each in found] for one in INDICATORS}
    together = {
        f"{a} and {b}": pearson(columns[a], columns[b])
        for a, b in combinations(INDICATORS, 2)
    }
    most = max(together, key=lambda one: abs(together[one]))
    return most, together[most]
