"""What a row of the matrix measured, and whether it kept what is promised."""

from collections import Counter
from dataclasses import dataclass, field

import pytest

HEAD = (
    "row", "store", "engine", "runs", "acknowledged", "lost", "duplicated",
    "wrong deliveries", "other", "converged", "longest outage",
)  # fmt: skip
LOST, TWICE = {"I1"}, {"I2"}
WRONG = {"I3", "I4", "I5", "I6", "I10"}


@dataclass
class Figures:
    """One row: how many faults, and what became of what was acknowledged."""

    row: str
    store: str
    engine: str
    runs: int = 0
    acknowledged: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    converged_s: float = 0.0
    outage_s: float = 0.0

    def _count(self, names: set[str]) -> int:
        return sum(self.broken[name] for name in names)

    @property
    def cells(self) -> tuple[str, ...]:
        other = sum(self.broken.values()) - self._count(LOST | TWICE | WRONG)
        counts = (self._count(LOST), self._count(TWICE), self._count(WRONG), other)
        return (
            self.row,
            self.store,
            self.engine,
            str(self.runs),
            f"{self.acknowledged:,}",
            *map(str, counts),
            f"{self.converged_s:.1f} s",
            f"{self.outage_s:.1f} s",
        )


TABLE = pytest.StashKey[list[Figures]]()


def lines(table: list[Figures]) -> list[str]:
    """Return the table as lines of Markdown."""
    rows = [HEAD, tuple("---" for _ in HEAD), *(one.cells for one in table)]
    return ["| " + " | ".join(row) + " |" for row in rows]
