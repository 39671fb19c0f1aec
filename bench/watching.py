"""Answers that many watch: every answer is shown to everybody who came to watch."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from bench.answers import Paced, Room, answering, interleaved, strangers
from bench.node import node_peer
from bench.plot import Bars
from bench.processes import Process, free_port, stock_peer
from bench.product import hosted
from bench.table import Size, Table

ANSWERING, WATCHING = 200, (0, 10, 50, 200)
FEW_RUNS = 2
# One person may hold this many sockets.
SOCKETS = 4
NAMES = {
    "ours": "Détente, whole",
    "thin": "thin ORM, one emit an answer",
    "node": "Node, no database, one emit an answer",
}


def measure(size: Size) -> Table:
    """Return answers a second with so many facilitators watching."""
    # Only the last has a limit; the others show the way there.
    few = WATCHING[:-1] if size.is_whole else ()
    found = {many: _with(size, many, FEW_RUNS) for many in few}
    most = found[WATCHING[-1]] = _with(size, WATCHING[-1], size.runs)
    gates = {
        "watched-thin": most["ours"].a_second / most["thin"].a_second,
        "watched-node": most["ours"].a_second / most["node"].a_second,
    }
    lines = tuple(_rows(found))
    return Table("Answers that are watched", lines, gates, size.runs, _plots(found))


def _with(size: Size, watchers: int, runs: int) -> dict[str, Paced]:
    folder = size.folder
    with ExitStack() as stack:
        rooms = {
            "ours": stack.enter_context(_ours(folder, watchers)),
            "thin": stack.enter_context(_peer(_stock(folder, watchers), watchers)),
            "node": stack.enter_context(_peer(_node(folder), watchers)),
        }
        return interleaved(rooms, runs, size.seconds)


@contextmanager
def _ours(folder: Path, watchers: int) -> Iterator[Room]:
    with hosted(folder) as host:
        ours = host.opened()
        people = -(-watchers // SOCKETS)
        with ThreadPoolExecutor(2) as pool:
            more = pool.map(host.facilitator, [ours.exercise] * people)
            watching = [token for token in more for _ in range(SOCKETS)][:watchers]
        with answering(ours, ANSWERING, watching) as room:
            yield room


@contextmanager
def _peer(started: AbstractContextManager[Process], watchers: int) -> Iterator[Room]:
    with started as process, strangers(process, ANSWERING, watchers=watchers) as room:
        yield room


def _stock(folder: Path, watchers: int) -> AbstractContextManager[Process]:
    file = folder / f"watch-{watchers}.db"
    return stock_peer("watch", file, file.with_suffix(".log"))


def _node(folder: Path) -> AbstractContextManager[Process]:
    port = free_port()
    return node_peer("watch", Path("-"), port, folder / f"node-{port}.log")


def _plots(found: dict[int, dict[str, Paced]]) -> dict[str, Bars]:
    groups = {
        f"{many} watchers": {
            NAMES[name]: paced.a_second for name, paced in servers.items()
        }
        for many, servers in found.items()
    }
    return {"watching": Bars("Answers of 200 clients", "a second", groups)}


def _rows(found: dict[int, dict[str, Paced]]) -> Iterator[str]:
    yield "| watchers | server | answers a second | CPU an answer |"
    yield "|---|---|---|---|"
    for many, servers in found.items():
        for name, paced in servers.items():
            yield (
                f"| {many} | {NAMES[name]} | {paced.a_second:,.0f}"
                f" | {paced.cpu_us:,.0f} µs |"
            )
