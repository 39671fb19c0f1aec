"""The limits that the figures are held to, one row each, and whether they hold."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.machine import machine

GATES = Path(__file__).with_name("results") / "gates.json"
LOWER, HIGHER = "lower", "higher"
# Below this, digits after the point say something.
TELLING = 10


@dataclass(frozen=True, slots=True)
class Limit:
    """What a figure must not be beyond, and how it is said."""

    what: str
    limit: float
    better: str = LOWER
    unit: str = "×"

    def holds(self, figure: float) -> bool:
        """Tell whether a figure is on the right side."""
        if self.better == HIGHER:
            return figure >= self.limit
        return figure <= self.limit

    def said(self, figure: float) -> str:
        """Return a figure with its unit."""
        digits = 2 if figure < TELLING else 0
        return f"{figure:,.{digits}f} {self.unit}".rstrip()


LIMITS: Mapping[str, Limit] = {
    "release-1000-cpu": Limit("release to 1,000: CPU against bare `emit`", 0.45),
    "release-1000-wall": Limit("release to 1,000: wall against bare `emit`", 0.55),
    "release-1000-node": Limit(
        "release to 1,000: wall against Node Socket.IO's bare `emit`", 1.3
    ),
    "release-worst": Limit("release to 1,000: the worst of 50 against its median", 2.5),
    "crowd": Limit("of 2,001 clients, not let in or not served in order", 0, unit=""),
    "alone-eventlet": Limit("one client's answer on eventlet, median", 3, unit="ms"),
    "alone-gevent": Limit("one client's answer on gevent, median", 3, unit="ms"),
    "alone-threading": Limit("one client's answer on threading, median", 3, unit="ms"),
    "answers-thin": Limit("durable answers against thin ORM", 2.5, HIGHER),
    "answers-equal": Limit("durable answers against equal ORM", 4, HIGHER),
    "answers-slow-own": Limit(
        "durable answers with 8 ms more an fsync, against without", 0.5, HIGHER
    ),
    "answers-slow-thin": Limit(
        "durable answers with 8 ms more an fsync, against thin ORM", 30, HIGHER
    ),
    "burst-slow": Limit(
        "burst of 200 with 8 ms more an fsync: the last ack against thin ORM", 0.1
    ),
    "watched-thin": Limit(
        "answers with 200 watchers, against thin ORM and one emit each", 5, HIGHER
    ),
    "watched-node": Limit(
        "answers with 200 watchers, against Node Socket.IO without a database",
        4,
        HIGHER,
    ),
    "join-storm": Limit("connects a second against Node Socket.IO", 0.55, HIGHER),
    "memory": Limit("memory a client that offers compression", 65, unit="KB"),
    "long-command": Limit("an answer after 10⁶ entries, against after 10²", 1.1),
    "long-fold": Limit("nine indicators folded, an entry", 30, unit="µs"),
    "long-fold-growth": Limit("the same after 10⁶ entries, against after 10²", 1.1),
    "long-card": Limit("the score card at ENDEX from the running state", 50, unit="ms"),
    "resync": Limit("200 clients catch up 5,000 entries, half from 0", 10, unit="s"),
    "workers-release": Limit(
        "release to 1,000 by two workers, against one stock worker", 0.75
    ),
    "workers-one": Limit(
        "answers of 200 to one exercise, two workers against one", 1.0, HIGHER
    ),
    "workers-eight": Limit(
        "answers of 200 to eight exercises, two workers against one", 1.0, HIGHER
    ),
    "workers-killed": Limit(
        "a worker killed under load: its clients live again", 3, unit="s"
    ),
    "workers-lost": Limit("the same: acknowledged and not there", 0, unit=""),
    "many-model": Limit(
        "many exercises: cost against the model, off by", 0.25, unit=""
    ),
    "docx": Limit("100 pages of DOCX against cell by cell", 0.2),
    "report-stall": Limit("longest stall while reports are made", 200, unit="ms"),
}


@dataclass(frozen=True, slots=True)
class Gate:
    """One limit with what was measured; `ratio` is the figure, whatever its unit."""

    name: str
    ratio: float
    limit: float
    better: str
    runs: int
    machine: str


class Gates:
    """The rows measured so far, kept in one file."""

    def __init__(self, file: Path = GATES) -> None:
        self._file = file
        kept = json.loads(file.read_text("utf-8")) if file.exists() else []
        self._rows = {one["name"]: Gate(**one) for one in kept}

    def measured(self, figures: Mapping[str, float], runs: int) -> None:
        """Take what was measured, and keep it.

        Raises:
            KeyError: there is no limit of that name.
        """
        for name, figure in figures.items():
            limit = LIMITS[name]
            self._rows[name] = Gate(
                name, round(figure, 4), limit.limit, limit.better, runs, machine()
            )
        rows = [asdict(self._rows[name]) for name in LIMITS if name in self._rows]
        self._file.parent.mkdir(exist_ok=True)
        self._file.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")

    def broken(self) -> list[str]:
        """Return the names of rows that are missing or beyond their limit."""
        return [
            name
            for name in LIMITS
            if name not in self._rows or not LIMITS[name].holds(self._rows[name].ratio)
        ]

    def table(self) -> Iterator[str]:
        """Return the rows as Markdown."""
        yield "| figure | measured | limit | runs | held |"
        yield "|---|---|---|---|---|"
        for name in LIMITS:
            limit, row = LIMITS[name], self._rows.get(name)
            sign = "≥" if limit.better == HIGHER else "≤"
            held = "yes" if row and limit.holds(row.ratio) else "**no**"
            figure = limit.said(row.ratio) if row else "not measured"
            runs = row.runs if row else 0
            yield (
                f"| {limit.what} | {figure} | {sign} {limit.said(limit.limit)}"
                f" | {runs} | {held} |"
            )
