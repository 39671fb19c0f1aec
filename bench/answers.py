"""Answers that are durable when they are acknowledged: how many, and how soon."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from bench.hall import Client, Hall, ack_of
from bench.processes import Process
from bench.product import Product, inject, released, reply

ALONE = 100


@dataclass(frozen=True, slots=True)
class Pace:
    """One run of a closed loop: each client sends again when it is answered."""

    a_second: float
    cpu_us: float
    client_share: float


@dataclass(frozen=True, slots=True)
class Paced:
    """The runs of one server, and one client's median answer time alone."""

    runs: list[Pace]
    alone_ms: float

    @property
    def a_second(self) -> float:
        """Return the median of acknowledged answers a second."""
        return median(one.a_second for one in self.runs)

    @property
    def cpu_us(self) -> float:
        """Return the median CPU time an answer, in microseconds."""
        return median(one.cpu_us for one in self.runs)


class Room:
    """A server with clients who answer one inject over and over."""

    def __init__(
        self, process: Process, hall: Hall, answering: list[Client], about: str
    ) -> None:
        self.hall = hall
        self._process = process
        self._answering = answering
        self._about = about
        self._unanswered = 0

    def run(self, seconds: float) -> Pace:
        """Let everybody answer for a while, then wait for what is on its way."""
        acked, until = 0, time.perf_counter() + seconds

        def again(client: Client, payload: bytes) -> None:
            nonlocal acked
            acked += 1
            self._take(payload)
            if time.perf_counter() < until:
                self._send(client)

        self.hall.on_ack = again
        cpu, mine, start = self._costs()
        for client in self._answering:
            self._send(client)
        self.hall.run(lambda: time.perf_counter() >= until)
        done, (cpu_now, mine_now, end) = acked, self._costs()
        self.hall.run(lambda: not self._unanswered)
        wall, each = end - start, (cpu_now - cpu) / max(1, done)
        return Pace(done / wall, each * 1e6, (mine_now - mine) / wall)

    def alone(self) -> float:
        """Return one client's median answer time in milliseconds."""
        waits = []
        self.hall.settle(1.0)  # What was told to the others has gone out.
        self.hall.on_ack = lambda _, payload: self._take(payload)
        for _ in range(ALONE):
            start = time.perf_counter()
            self._send(self._answering[0])
            self.hall.run(lambda: not self._unanswered)
            waits.append(time.perf_counter() - start)
        return median(waits) * 1e3

    def about(self, _client: Client) -> str:
        """Return the inject that a client answers."""
        return self._about

    def once(self) -> None:
        """Let everybody answer in the same instant, and hear the last ack."""
        self.hall.on_ack = lambda _, payload: self._take(payload)
        for client in self._answering:
            self._send(client)
        self.hall.run(lambda: not self._unanswered)

    def _send(self, client: Client) -> None:
        self._unanswered += 1
        client.emit("command", reply(self.about(client)))

    def _take(self, payload: bytes) -> None:
        self._unanswered -= 1
        # Parsing every answer would slow the hall.
        if b'"ok":true' not in payload:
            raise RuntimeError(ack_of(payload))

    def _costs(self) -> tuple[float, float, float]:
        return self._process.cpu_s, time.process_time(), time.perf_counter()


@contextmanager
def answering(ours: Product, many: int, watching: Sequence[str] = ()) -> Iterator[Room]:
    """Let so many join an exercise and answer one inject, while others watch."""
    hall = Hall(ours.process.port)
    hall.connect([ours.facilitator, *watching])
    first = len(hall.clients)
    hall.connect(ours.join(many, hall))
    about = released(hall, hall.clients[0], inject(0))
    yield Room(ours.process, hall, hall.clients[first:], about)
    hall.close()


@contextmanager
def strangers(
    peer: Process, many: int, *, watchers: int = 0, about: str = "inject"
) -> Iterator[Room]:
    """Let so many answer a comparator, which knows nobody, while others watch."""
    hall = Hall(peer.port)
    hall.connect(["watch"] * watchers)
    hall.connect(["-"] * many)
    yield Room(peer, hall, hall.clients[watchers:], about)
    hall.close()


def interleaved(rooms: dict[str, Room], runs: int, seconds: float) -> dict[str, Paced]:
    """Return each server's runs, made in turn."""
    found: dict[str, list[Pace]] = {name: [] for name in rooms}
    for room in rooms.values():
        room.run(0.5)  # Caches and code warm up.
    for turn in range(runs):
        names = list(rooms) if turn % 2 else list(reversed(rooms))
        for name in names:
            found[name].append(rooms[name].run(seconds))
    return {name: Paced(found[name], room.alone()) for name, room in rooms.items()}
