"""How far the headline hangs on weights, single indicators, deadlines and entries."""

from collections.abc import Mapping
from functools import cache
from random import Random

from exercise.domain.scoring.headline import Values, applicable, headline
from exercise.domain.scoring.spec import (
    CONCENTRATION,
    DRAWS,
    LIVE_DRAWS,
    SEED,
    WEIGHTS,
)

Draw = tuple[float, ...]


@cache
def draws(names: tuple[str, ...], count: int) -> tuple[Draw, ...]:
    """Return `count` draws of weights for `names` from Dirichlet(50·w).

    Gamma variates of the standard library's own generator: same seed, same draws.
    """
    source = Random(SEED)  # noqa: S311 - a fixed, published sequence is the point
    found: list[Draw] = []
    for _ in range(count):
        raw = [
            source.gammavariate(CONCENTRATION * WEIGHTS[one] / 100, 1.0)
            for one in names
        ]
        total = sum(raw)
        found.append(tuple(one / total for one in raw))
    return tuple(found)


def interval(values: Values, *, final: bool) -> tuple[float, float] | None:
    """Return the 5–95 % range of the headline under uncertain weights."""
    if headline(values) is None:
        return None
    known = applicable(values)
    shares = [100 * (values[one] or 0.0) for one in known]
    drawn = draws(known, DRAWS if final else LIVE_DRAWS)
    scores = sorted(
        sum(w * share for w, share in zip(weights, shares, strict=True))
        for weights in drawn
    )
    return scores[len(scores) // 20], scores[-len(scores) // 20]


def without_each(values: Values) -> tuple[tuple[str, float], ...]:
    """Return the headline without each applicable indicator, where one is left."""
    found: list[tuple[str, float]] = []
    for one in applicable(values):
        rest = headline({**values, one: None})
        if rest is not None:
            found.append((one, rest))
    return tuple(found)


def share_of_wins(ours: Values, theirs: Values) -> float | None:
    """Return in which share of draws our run beats theirs; a tie is half a win."""
    known = tuple(one for one in applicable(ours) if one in applicable(theirs))
    if headline({one: ours[one] for one in known}) is None:
        return None
    gaps = [(ours[one] or 0.0) - (theirs[one] or 0.0) for one in known]
    wins = 0.0
    for weights in draws(known, DRAWS):
        lead = sum(w * gap for w, gap in zip(weights, gaps, strict=True))
        wins += 1.0 if lead > 0 else 0.5 if lead == 0 else 0.0
    return wins / DRAWS


def gap_interval(ours: Values, theirs: Values) -> tuple[float, float] | None:
    """Return the 5–95 % range of the points between two runs, over the same draws.

    Only indicators that apply to both are weighed; None if they are too few.
    """
    known = tuple(one for one in applicable(ours) if one in applicable(theirs))
    if headline({one: ours[one] for one in known}) is None:
        return None
    gaps = [100 * ((ours[one] or 0.0) - (theirs[one] or 0.0)) for one in known]
    points = sorted(
        sum(w * gap for w, gap in zip(weights, gaps, strict=True))
        for weights in draws(known, DRAWS)
    )
    return points[len(points) // 20], points[-len(points) // 20]


def adjusted(values: Values, overrides: Mapping[str, float]) -> float | None:
    """Return the headline with evaluators' values in place of computed ones."""
    changed = {one: overrides.get(one, value) for one, value in values.items()}
    return headline(changed) if overrides else None
