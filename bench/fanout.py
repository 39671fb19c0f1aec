"""A release to everybody: wall time to the last client, and the server's CPU."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from statistics import median

from bench.hall import Client, Hall
from bench.processes import Process
from bench.product import inject

# Releases a run; the run's figure is their mean CPU and their median wall.
RELEASES = 10
PAUSE_S = 0.05
PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True)
class Fan:
    """One run's figures, in milliseconds a release."""

    wall_ms: float
    cpu_ms: float
    worst_ms: float


@dataclass(frozen=True, slots=True)
class Fanned:
    """The runs of one server at one number of clients."""

    clients: int
    runs: list[Fan]

    @property
    def wall_ms(self) -> float:
        """Return the median wall time to the last client."""
        return median(one.wall_ms for one in self.runs)

    @property
    def cpu_ms(self) -> float:
        """Return the median CPU time of the server."""
        return median(one.cpu_ms for one in self.runs)

    @property
    def worst_ms(self) -> float:
        """Return the median of each run's slowest release."""
        return median(one.worst_ms for one in self.runs)

    @property
    def worst_of_all_ms(self) -> float:
        """Return the slowest release of all runs."""
        return max(one.worst_ms for one in self.runs)


@dataclass(frozen=True, slots=True)
class Stage:
    """A server with its clients; one of them may release."""

    process: Process
    hall: Hall
    releaser: Client
    command: Callable[[], dict[str, object]]

    def run(self) -> Fan:
        """Release some times, each when all have got the one before."""
        walls: list[float] = []
        before = self.process.cpu_s
        for _ in range(RELEASES):
            walls.append(self._release())
            self.hall.settle(PAUSE_S)
        cpu = (self.process.cpu_s - before) / RELEASES
        return Fan(median(walls) * 1e3, cpu * 1e3, max(walls) * 1e3)

    def _release(self) -> float:
        heard, acked, everybody = count(1), count(1), len(self.hall.clients)
        told = [0, 0]

        def hear(_client: Client, _payload: bytes) -> None:
            told[0] = next(heard)

        def ack(_client: Client, _payload: bytes) -> None:
            told[1] = next(acked)

        self.hall.on_entries, self.hall.on_ack = hear, ack
        start = time.perf_counter()
        self.releaser.emit("command", self.command())
        self.hall.run(lambda: told[0] >= everybody and told[1] > 0, PATIENCE_S)
        return time.perf_counter() - start


def numbered() -> Callable[[], dict[str, object]]:
    """Return what makes the next release's command."""
    numbers = count(1)
    return lambda: inject(next(numbers))


def interleaved(stages: dict[str, Stage], runs: int) -> dict[str, Fanned]:
    """Return each server's runs, made in turn."""
    found: dict[str, list[Fan]] = {name: [] for name in stages}
    for stage in stages.values():
        stage.run()  # Caches and code warm up.
    for turn in range(runs):
        names = list(stages) if turn % 2 else list(reversed(stages))
        for name in names:
            found[name].append(stages[name].run())
    return {
        name: Fanned(len(stages[name].hall.clients), fans)
        for name, fans in found.items()
    }
