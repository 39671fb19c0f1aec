"""The figures of a full room, as rows, and those among them that have a limit."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.answers import Paced
from bench.crowd import Crowd
from bench.fanout import Fanned
from bench.heart import HeartCost
from bench.plot import Bars
from bench.table import Table

FANNING = {
    "ours": "Détente, whole",
    "bare": "Flask-SocketIO `emit`",
    "node": "Node Socket.IO `emit`",
}
STORING = {
    "ours": "Détente, whole",
    "orm": "thin ORM: one row and one commit each, told to nobody",
    "told": "the same, and one emit to the delegation",
    "equal": "equal ORM: entry, deliveries, result, hash and html",
}


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

    def table(self) -> Table:
        """Return everything as a table."""
        lines = (*self._about(), *self._figures())
        return Table("A full room", lines, self._gates(), self.runs, self._plots())

    def _plots(self) -> dict[str, Bars]:
        groups = {
            f"{fan['ours'].clients - 1:,} clients": {
                name: fan[key].wall_ms for key, name in FANNING.items()
            }
            for fan in self.fans
        }
        return {"release": Bars("A release to the last client", "ms", groups)}

    def _gates(self) -> dict[str, float]:
        ours, last = self.paces["ours"], self.fans[-1]
        fan = last["ours"]
        crowd = self.crowd
        return {
            "release-1000-cpu": fan.cpu_ms / last["bare"].cpu_ms,
            "release-1000-wall": fan.wall_ms / last["bare"].wall_ms,
            "release-1000-node": fan.wall_ms / last["node"].wall_ms,
            "release-worst": fan.worst_of_all_ms / fan.wall_ms,
            "crowd": crowd.clients - crowd.in_order + crowd.refused,
            "alone-eventlet": ours.alone_ms,
            "answers-thin": ours.a_second / self.paces["orm"].a_second,
            "answers-equal": ours.a_second / self.paces["equal"].a_second,
            "memory": self.kilobytes,
        }

    def _about(self) -> Iterator[str]:
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
        for fan in self.fans:
            for key, name in FANNING.items():
                one = fan[key]
                yield (
                    f"| {name} | {one.clients - 1:,} | {one.wall_ms:.1f}"
                    f" | {one.worst_ms:.1f} | {one.cpu_ms:.1f} |"
                )
        yield ""

    def _pace_rows(self) -> Iterator[str]:
        yield "| durable answers, 200 clients | a second | CPU an answer | one alone |"
        yield "|---|---|---|---|"
        for key, name in STORING.items():
            one = self.paces[key]
            yield (
                f"| {name} | {one.a_second:,.0f} | {one.cpu_us:.0f} µs"
                f" | {one.alone_ms:.1f} ms |"
            )
        yield ""
