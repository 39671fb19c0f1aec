"""How far evaluators agree: Krippendorff's alpha on ordered ratings, unscored."""

from collections.abc import Mapping, Sequence
from itertools import permutations

from exercise.domain.events import Rated

ORDER = ("U", "M", "S", "P")
RELIABLE, TENTATIVE = 0.8, 0.667

Rated_ = Mapping[tuple[str, str], Rated]


def alpha(rated: Rated_) -> float | None:
    """Return ordinal alpha; None where nobody rated twice or all ratings are equal.

    With no variation alpha is 0/0: that is no disagreement, and no measure either.
    """
    units = _units(rated)
    pairs: dict[tuple[int, int], float] = {}
    for values in units:
        for a, b in permutations(range(len(values)), 2):
            key = (values[a], values[b])
            pairs[key] = pairs.get(key, 0.0) + 1 / (len(values) - 1)
    totals = [
        sum(n for (a, _), n in pairs.items() if a == c) for c in range(len(ORDER))
    ]
    n = sum(totals)
    observed = sum(w * _distance(a, b, totals) for (a, b), w in pairs.items())
    expected = sum(
        totals[a] * totals[b] * _distance(a, b, totals)
        for a in range(len(ORDER))
        for b in range(len(ORDER))
    )
    return 1 - (n - 1) * observed / expected if expected else None


def apart(rated: Rated_) -> tuple[int, int]:
    """Return how many subjects were rated differently, of those rated twice."""
    units = _units(rated)
    return sum(1 for one in units if len(set(one)) > 1), len(units)


def concordance(rankings: Sequence[tuple[str, ...]]) -> float | None:
    """Return Kendall's W over rankings of the same things; None below two of them.

    1 where all rank alike, near 0 where they rank as if at random. Rankings that
    leave something out are not comparable and are skipped.
    """
    things = sorted({one for ranking in rankings for one in ranking})
    whole = [one for one in rankings if sorted(one) == things]
    m, n = len(whole), len(things)
    if m < 2 or n < 2:  # noqa: PLR2004 - one alone agrees with nobody
        return None
    sums = [sum(ranking.index(one) for ranking in whole) for one in things]
    mean = sum(sums) / n
    return 12 * sum((one - mean) ** 2 for one in sums) / (m**2 * (n**3 - n))


def reading(value: float | None) -> str:
    """Return what a value of alpha says, a message id."""
    if value is None:
        return "undefined, no variation"
    if value >= RELIABLE:
        return "reliable"
    return "tentative" if value >= TENTATIVE else "low"


def _units(rated: Rated_) -> list[list[int]]:
    """Return the ratings of each subject that at least two evaluators rated."""
    found: dict[str, list[int]] = {}
    for (_, subject), one in rated.items():
        found.setdefault(subject, []).append(ORDER.index(one.rating))
    return [values for values in found.values() if len(values) > 1]


def _distance(a: int, b: int, totals: list[float]) -> float:
    """Return the squared ordinal distance of two ranks."""
    low, high = sorted((a, b))
    return (sum(totals[low : high + 1]) - (totals[low] + totals[high]) / 2) ** 2
