"""The escalation ladder: seven rungs, what they mean and how much they weigh."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung; `meaning` is a message id, `severity` its weight in the score."""

    number: int
    severity: int
    meaning: str


LADDER: tuple[Rung, ...] = (
    Rung(0, 0, "cooperative"),
    Rung(1, 0, "private concern"),
    Rung(2, 1, "public concern without naming"),
    Rung(3, 3, "public naming"),
    Rung(4, 8, "retorsion"),
    Rung(5, 20, "coercion beyond retorsion"),
    Rung(6, 50, "force"),
)
"""Each step weighs two and a half to three times the one below."""

TOP = LADDER[-1].number


def severity(rung: int) -> int:
    """Return the weight of a rung; above the top there is no more."""
    return LADDER[max(0, min(rung, TOP))].severity


def excess(rung: int, ceiling: int) -> int:
    """Return by how much a step outweighs what the facts justify."""
    return max(0, severity(rung) - severity(ceiling))
