"""What a row of the matrix measured, and whether it kept what is promised."""

import os
import platform
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

HEAD = (
    "row", "store", "engine", "runs", "acknowledged", "lost", "duplicated",
    "wrong deliveries", "other", "converged", "longest outage", "memory",
)  # fmt: skip
BEGAN = time.monotonic()
LOST, TWICE = {"I1"}, {"I2"}
WRONG = {"I3", "I4", "I5", "I6", "I10"}


@dataclass
class Figures:
    """One row: how many faults, and what became of what was acknowledged.

    `kills` are those faults in which a process was ended without a word; a row that
    did not come to its end is `torn`.
    """

    row: str
    store: str
    engine: str
    runs: int = 0
    kills: int = 0
    acknowledged: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    converged_s: float = 0.0
    outage_s: float = 0.0
    memory_kb: int = 0
    torn: bool = False

    def breaks(self, promise: str, told: str) -> None:
        """Note a promise that was not kept."""
        self.broken[promise] += 1
        self.told.append(told)

    def killed(self) -> None:
        """Note that a process was ended as a power cut ends it."""
        self.runs += 1
        self.kills += 1

    @property
    def plain(self) -> dict[str, object]:
        """Return the row as it travels between processes."""
        return {**vars(self), "broken": dict(self.broken)}

    def _count(self, names: set[str]) -> int:
        return sum(self.broken[name] for name in names)

    @property
    def cells(self) -> tuple[str, ...]:
        other = sum(self.broken.values()) - self._count(LOST | TWICE | WRONG)
        counts = (self._count(LOST), self._count(TWICE), self._count(WRONG))
        return (
            self.row,
            self.store,
            self.engine,
            str(self.runs),
            f"{self.acknowledged:,}",
            *map(str, counts),
            "torn" if self.torn else str(other),
            f"{self.converged_s:.1f} s",
            f"{self.outage_s:.1f} s",
            f"{self.memory_kb / 1024:.0f} MB" if self.memory_kb else "–",
        )


# What a test tells of itself, also when it ran in another process.
Table = list[tuple[str, object]]
PROPERTY = "faults"


@contextmanager
def row_of(table: Table, figures: Figures) -> Iterator[Figures]:
    """Let a row stand in the table, whatever becomes of it."""
    figures.torn = True
    try:
        yield figures
        figures.torn = False
    finally:
        table.append((PROPERTY, figures.plain))
    assert not figures.told, "\n".join(figures.told[:40])


def rows(reporter: pytest.TerminalReporter) -> list[Figures]:
    """Return the rows of all tests that ran, in a reader's order."""
    found = [
        Figures(**{**told, "broken": Counter(told["broken"])})
        for reports in reporter.stats.values()
        for one in reports
        if getattr(one, "when", "") == "call"
        for name, told in one.user_properties
        if name == PROPERTY
    ]
    return sorted(found, key=_place)


def _place(one: Figures) -> tuple[object, ...]:
    numbers = [int(n) for n in re.findall(r"\d+", one.row)]
    return (one.row[0].isdigit(), one.row[:1], numbers, one.row, one.store != "SQLite")


def lines(table: list[Figures]) -> list[str]:
    """Return the table as lines of Markdown."""
    cells = [HEAD, tuple("---" for _ in HEAD), *(one.cells for one in table)]
    return ["| " + " | ".join(row) + " |" for row in cells]


def summed(table: list[Figures]) -> str:
    """Return what all rows come to, and the machine that ran them."""
    faults, kills = sum(o.runs for o in table), sum(o.kills for o in table)
    acked, bad = sum(o.acknowledged for o in table), sum(1 for o in table if o.told)
    torn = sum(1 for one in table if one.torn)
    minutes, seconds = divmod(round(time.monotonic() - BEGAN), 60)
    python = f"Python {sys.version.split()[0]}, Linux {platform.release()}"
    return (
        f"{len(table)} rows, {faults:,} faults ({kills} of them kills), {acked:,}"
        f" acknowledged; {bad} rows broke a promise, {torn} did not come to their end."
        f" {minutes} min {seconds:02} s on {os.cpu_count()} cores, {python}."
    )


def tell(reporter: pytest.TerminalReporter) -> None:
    """Print the table, if any of its tests ran."""
    if table := rows(reporter):
        reporter.section("What became of what was acknowledged")
        for line in (*lines(table), summed(table)):
            reporter.write_line(line)
