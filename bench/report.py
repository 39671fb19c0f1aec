"""What was measured, as Markdown: machine, versions, figures and limits."""

import os
import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.answers import Paced
from bench.crowd import Crowd
from bench.fanout import Fanned
from bench.heart import HeartCost

PACKAGES = (
    "flask",
    "flask-socketio",
    "python-socketio",
    "python-engineio",
    "eventlet",
    "sqlalchemy",
    "jinja2",
    "orjson",
)
GIB = 1 << 30
DURABLE = "durable answers a second from 200 clients, against"
STORING = {
    "orm": "one ORM row and commit each, told to nobody",
    "told": "the same, each told to its delegation as ours are",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """One figure with the limit it is held to."""

    what: str
    figure: float
    limit: float
    shown: str
    at_least: bool = False

    @property
    def is_held(self) -> bool:
        """Tell whether the figure is on the right side."""
        if self.at_least:
            return self.figure >= self.limit
        return self.figure <= self.limit

    def row(self) -> str:
        """Return the figure as a row."""
        sign = "≥" if self.at_least else "≤"
        limit, figure = (self.shown.format(one) for one in (self.limit, self.figure))
        said = "yes" if self.is_held else "**no**"
        return f"| {self.what} | {figure} | {sign} {limit} | {said} |"


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that one run of the benchmarks found."""

    frame_bytes: int
    heart: HeartCost
    fans: list[dict[str, Fanned]]
    paces: dict[str, Paced]
    kilobytes: float
    stock_kilobytes: float
    joined_a_second: float
    crowd: Crowd
    runs: int
    fsync_ms: tuple[float, float]
    load: tuple[float, float]
    seconds: float

    def limits(self) -> Iterator[Limit]:
        """Return the figures that have a limit."""
        for fan in self.fans:
            ratio = fan["ours"].cpu_ms / fan["bare"].cpu_ms
            people = fan["ours"].clients - 1
            what = f"release to {people:,}: CPU against bare `emit`"
            yield Limit(what, ratio, 1.5, "{:.2f} ×")
        ours = self.paces["ours"]
        for key, what in STORING.items():
            orm = self.paces[key]
            ratio = ours.a_second / orm.a_second
            yield Limit(f"{DURABLE} {what}", ratio, 1.5, "{:.2f} ×", at_least=True)
        yield Limit("one client's answer, median", ours.alone_ms, 5, "{:.1f} ms")
        what = "memory a client, compression offered"
        yield Limit(what, self.kilobytes, 75, "{:.0f} KB")
        what = f"of {self.crowd.clients:,} clients, not let in or not served in order"
        lost = self.crowd.clients - self.crowd.in_order + self.crowd.refused
        yield Limit(what, lost, 0, "{:.0f}")
        growth = self.heart.late_us / self.heart.early_us
        what = f"an answer's cost after {self.heart.late_at:,} entries, against early"
        yield Limit(what, growth, 1.5, "{:.2f} ×")

    def markdown(self) -> str:
        """Return the whole report."""
        return "\n".join([*self._about(), *self._held(), *self._figures()])

    def _about(self) -> Iterator[str]:
        yield f"Machine: {machine()}."
        yield f"Versions: {versions()}."
        yield (
            f"Disk: an fsync took {self.fsync_ms[0]:.2f} ms before the answers and"
            f" {self.fsync_ms[1]:.2f} ms after them."
        )
        yield (
            f"Load average before and after: {self.load[0]:.1f} and {self.load[1]:.1f}."
            f" Medians of {self.runs} runs, each server in turn; {self.seconds:.0f} s"
            " in all."
        )
        yield ""

    def _held(self) -> Iterator[str]:
        yield "| figure | measured | limit | held |"
        yield "|---|---|---|---|"
        for one in self.limits():
            yield one.row()
        yield ""

    def _figures(self) -> Iterator[str]:
        yield from self._fan_rows()
        yield from self._pace_rows()
        yield (
            f"A release is one frame of {self.frame_bytes:,} bytes;"
            " bare `emit` sends the same."
        )
        yield (
            f"{self.joined_a_second:.0f} people a second join by code;"
            f" {self.crowd.a_second:.0f} sockets a second connect."
        )
        yield (
            f"A client of Flask-SocketIO by the book, compression offered:"
            f" {self.stock_kilobytes:.0f} KB."
        )
        yield (
            f"The heart alone, without web: {self.heart.late_us:.0f} µs of CPU an"
            f" answer in groups ({self.heart.a_second:,.0f} a second on one core),"
            f" {self.heart.alone_ms:.1f} ms for one alone."
        )

    def _fan_rows(self) -> Iterator[str]:
        yield "| release to everybody | clients | to the last, ms | slowest | CPU, ms |"
        yield "|---|---|---|---|---|"
        names = {"ours": "Détente, whole", "bare": "Flask-SocketIO `emit`"}
        for fan in self.fans:
            for key, name in names.items():
                one = fan[key]
                yield (
                    f"| {name} | {one.clients - 1:,} | {one.wall_ms:.1f}"
                    f" | {one.worst_ms:.1f} | {one.cpu_ms:.1f} |"
                )
        yield ""

    def _pace_rows(self) -> Iterator[str]:
        yield "| durable answers, 200 clients | a second | CPU an answer | one alone |"
        yield "|---|---|---|---|"
        names = {
            "ours": "Détente, whole",
            "orm": "Flask-SocketIO, one ORM row and commit each",
            "told": "the same, and one emit to the delegation",
        }
        for key, name in names.items():
            one = self.paces[key]
            yield (
                f"| {name} | {one.a_second:,.0f} | {one.cpu_us:.0f} µs"
                f" | {one.alone_ms:.1f} ms |"
            )
        yield ""


def machine() -> str:
    """Return what we ran on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    named = (one.partition(":")[2].strip() for one in lines if "model name" in one)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    return (
        f"{os.cpu_count()} × {next(named, platform.machine())}, {memory:.0f} GiB,"
        f" Linux {platform.release()}"
    )


def versions() -> str:
    """Return what we ran with."""
    packages = ", ".join(f"{one} {version(one)}" for one in PACKAGES)
    return (
        f"Python {platform.python_version()}, {packages},"
        f" SQLite {sqlite3.sqlite_version}"
    )
