"""The few statistics that are asked for, from the standard library alone."""

from collections.abc import Sequence
from math import sqrt


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean."""
    return sum(values) / len(values)


def deviation(values: Sequence[float]) -> float:
    """Return the sample's standard deviation."""
    middle = mean(values)
    return sqrt(sum((one - middle) ** 2 for one in values) / (len(values) - 1))


def pearson(a: Sequence[float], b: Sequence[float]) -> float:
    """Return the product-moment correlation; 0 where one side never varies."""
    over_a, over_b = mean(a), mean(b)
    both = sum((x - over_a) * (y - over_b) for x, y in zip(a, b, strict=True))
    spread = sqrt(sum((x - over_a) ** 2 for x in a) * sum((y - over_b) ** 2 for y in b))
    return both / spread if spread else 0.0


def ranks(values: Sequence[float]) -> list[float]:
    """Return ranks from 1; equals share the mean of theirs."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for at in order[start:end]:
            found[at] = (start + end + 1) / 2
        start = end
    return found


def spearman(a: Sequence[float], b: Sequence[float]) -> float:
    """Return the correlation of ranks."""
    return pearson(ranks(a), ranks(b))
