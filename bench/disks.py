"""Answers on a slow disk: as many, and the last of a burst as soon, as elsewhere."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from bench.answers import Paced, Room, answering, interleaved, strangers
from bench.plot import Bars
from bench.processes import stock_peer
from bench.product import product
from bench.slowdisk import slow_disk
from bench.table import Size, Table

ANSWERING, BURSTS = 200, 3
# The plain server answers all two hundred before it sends the first ack.
RUNS, SECONDS = 3, 6.0
SLOW_MS = (2.0, 8.0)
NAMES = {"ours": "Détente, whole", "thin": "thin ORM"}


def measure(size: Size) -> Table:
    """Return answers a second and the last of a burst, at each delay."""
    found = {0.0: _at(size, 0.0), **{one: _at(size, one) for one in SLOW_MS}}
    fast, slow = found[0.0], found[SLOW_MS[-1]]
    ours = slow["ours"][0].a_second
    gates = {
        "answers-slow-own": ours / fast["ours"][0].a_second,
        "answers-slow-thin": ours / slow["thin"][0].a_second,
        "burst-slow": slow["ours"][1] / slow["thin"][1],
    }
    return Table("A slow disk", tuple(_rows(found)), gates, RUNS, _plots(found))


def _at(size: Size, longer_ms: float) -> dict[str, tuple[Paced, float]]:
    """Return each server's answers a second, and its last ack of a burst in ms."""
    with ExitStack() as stack:
        rooms = {
            "ours": stack.enter_context(_ours(size.folder, longer_ms)),
            "thin": stack.enter_context(_thin(size.folder, longer_ms)),
        }
        paces = interleaved(rooms, RUNS, SECONDS)
        return {name: (paces[name], _burst(room)) for name, room in rooms.items()}


@contextmanager
def _ours(folder: Path, longer_ms: float) -> Iterator[Room]:
    told = slow_disk(folder, longer_ms)
    with product(folder, told) as ours, answering(ours, ANSWERING) as room:
        yield room


@contextmanager
def _thin(folder: Path, longer_ms: float) -> Iterator[Room]:
    file, told = folder / f"thin-{longer_ms:.0f}.db", slow_disk(folder, longer_ms)
    with (
        stock_peer("orm", file, file.with_suffix(".log"), environment=told) as process,
        strangers(process, ANSWERING) as room,
    ):
        yield room


def _burst(room: Room) -> float:
    """Return the median time to the last ack when all answer in the same instant."""
    waits = []
    for _ in range(BURSTS):
        room.hall.settle(0.5)
        start = time.perf_counter()
        room.once()
        waits.append(time.perf_counter() - start)
    return median(waits) * 1e3


def _plots(found: dict[float, dict[str, tuple[Paced, float]]]) -> dict[str, Bars]:
    groups = {
        f"fsync longer by {longer_ms:.0f} ms": {
            NAMES[name]: paced.a_second for name, (paced, _) in servers.items()
        }
        for longer_ms, servers in found.items()
    }
    return {"disks": Bars("Durable answers of 200 clients", "a second", groups)}


def _rows(found: dict[float, dict[str, tuple[Paced, float]]]) -> Iterator[str]:
    yield "| fsync longer by | server | answers a second | last of a burst of 200, ms |"
    yield "|---|---|---|---|"
    for longer_ms, servers in found.items():
        for name, (paced, burst) in servers.items():
            yield (
                f"| {longer_ms:.0f} ms | {NAMES[name]} | {paced.a_second:,.0f}"
                f" | {burst:,.0f} |"
            )
