"""One number from nine, its variants and the rating that it suggests."""

from collections.abc import Mapping
from math import sqrt
from typing import Literal, TypeAlias

from exercise.domain.scoring.spec import (
    COLLAPSED,
    CRITICAL,
    LEAST_WEIGHT,
    THRESHOLDS,
    WEIGHTS,
)

Values: TypeAlias = Mapping[str, float | None]
Rating: TypeAlias = Literal["P", "S", "M", "U"]


def applicable(values: Values) -> tuple[str, ...]:
    """Return the indicators that had an opportunity, in their order."""
    return tuple(one for one in WEIGHTS if values.get(one) is not None)


def weights(values: Values) -> dict[str, float]:
    """Return the weights of the applicable indicators, which sum to 1."""
    known = applicable(values)
    total = sum(WEIGHTS[one] for one in known)
    return {one: WEIGHTS[one] / total for one in known}


def headline(values: Values) -> float | None:
    """Return the weighted mean times 100; None if too little of it applies."""
    if sum(WEIGHTS[one] for one in applicable(values)) < LEAST_WEIGHT:
        return None
    shares = weights(values)
    return 100 * sum(share * (values[one] or 0.0) for one, share in shares.items())


def half(values: Values) -> float | None:
    """Return C½, which an unbalanced result lowers further."""
    if headline(values) is None:
        return None
    shares = weights(values)
    root = sum(share * sqrt(values[one] or 0.0) for one, share in shares.items())
    return 100 * root**2


def weakest(values: Values) -> str | None:
    """Return the lowest indicator; of equals the one that weighs most."""
    known = applicable(values)
    return min(known, key=lambda one: (values[one] or 0.0, -WEIGHTS[one]), default=None)


def rating(values: Values) -> Rating | None:
    """Return the suggested HSEEP rating, by the headline as it is printed."""
    found = headline(values)
    if found is None:
        return None
    printed = printed_points(found)
    reached = next(letter for letter, least in THRESHOLDS if printed >= least)
    critical = [values.get(one) for one in CRITICAL]
    collapsed = any(one is not None and one < COLLAPSED for one in critical)
    if collapsed and reached in {"P", "S"}:
        return "M"
    return _letter(reached)


def printed_points(points: float) -> int:
    """Return points as every page prints them: the nearest whole, halves up."""
    return int(points + 0.5)


def _letter(reached: str) -> Rating:
    match reached:
        case "P" | "S" | "M":
            return reached
        case _:
            return "U"
