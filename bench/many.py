"""Many small exercises on two workers: what one costs, and that it adds up."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

from bench.capacity import UnitCosts, cost, unit_rows
from bench.capacity import rows as capacity_rows
from bench.hall import Client, Hall
from bench.product import Host, inject, released, reply
from bench.table import Size, Table
from bench.workers import database, serving

FEW, MANY, PEOPLE = 6, 24, 5
# Each person answers this often: a room in the minutes after an inject.
ANSWERS_EVERY_S = 2.0
STRETCH_S = 10.0
# Releases to so many show what one more socket costs.
HALLS, RELEASES = (20, 220), 20


@dataclass(frozen=True, slots=True)
class Load:
    """CPU seconds a second without and with answers, and how many those were."""

    exercises: int
    idle: float
    busy: float
    answers_a_second: float
    idle_writes: float
    entry_bytes: float

    @property
    def idle_ms(self) -> float:
        """Return what one exercise costs a second while nobody speaks, CPU ms."""
        return self.idle / self.exercises * 1e3

    @property
    def answer_us(self) -> float:
        """Return what one answer costs beside that, CPU µs."""
        return (self.busy - self.idle) / self.answers_a_second * 1e6


def measure(size: Size) -> Table:
    """Return what an exercise and an answer cost, and how well that foretells."""
    few, many = (_load(size, one) for one in (FEW, MANY))
    unit = UnitCosts(
        idle_ms=few.idle_ms,
        idle_writes=few.idle_writes / FEW,
        answer_us=few.answer_us,
        delivery_us=_delivery_us(size),
        entry_bytes=few.entry_bytes,
    )
    foretold = cost(unit, MANY, many.answers_a_second, 0.0)
    error = abs(many.busy / foretold - 1)
    lines = (
        *_rows(few, many, foretold), "", *unit_rows(unit), "", *capacity_rows(unit),
    )  # fmt: skip
    return Table("Many small exercises", lines, {"many-model": error}, 1)


def _load(size: Size, exercises: int) -> Load:
    with database() as url, serving(size.folder, url, 2) as host:
        hall = Hall(host.process.port)
        people = _settled(host, hall, exercises)
        before = _stored(url)
        idle, _ = _stretch(host, hall, {})
        between = _stored(url)
        busy, answers = _stretch(host, hall, people)
        after = _stored(url)
        hall.close()
    grown = (after.size - between.size) / (after.entries - between.entries)
    writes = (between.commits - before.commits) / STRETCH_S
    return Load(exercises, idle, busy, answers, writes, grown)


@dataclass(frozen=True, slots=True)
class Stored:
    """How much a database holds, and how often it was written to."""

    size: int
    entries: int
    commits: int


def _stored(url: str) -> Stored:
    """Return what a database holds; a commit that wrote has an id of its own."""
    query = (
        "SELECT pg_database_size(current_database()), (SELECT count(*) FROM entry),"
        " pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
    )
    with psycopg.connect(url) as connection:
        found = connection.execute(query).fetchone()
    assert found is not None
    return Stored(*found)


def _delivery_us(size: Size) -> float:
    """Return the CPU µs that one more socket costs a release."""
    costs = []
    for people in HALLS:
        with database() as url, serving(size.folder, url, 2) as host:
            ours, hall = host.opened(), Hall(host.process.port)
            hall.connect([ours.facilitator], ours.exercise)
            hall.connect(ours.join(people, hall), ours.exercise)
            hall.settle(1.0)
            cpu = host.process.cpu_s
            for number in range(RELEASES):
                released(hall, hall.clients[0], inject(number))
                hall.settle(0.05)
            costs.append((host.process.cpu_s - cpu) / RELEASES)
            hall.close()
    fewer, more = HALLS
    return (costs[1] - costs[0]) / (more - fewer) * 1e6


def _settled(host: Host, hall: Hall, exercises: int) -> dict[int, str]:
    """Open exercises with a few people each; return what each person answers."""
    about: dict[int, str] = {}
    for _ in range(exercises):
        ours = host.opened()
        first = len(hall.clients)
        hall.connect([ours.facilitator], ours.exercise)
        hall.connect(ours.join(PEOPLE, hall), ours.exercise)
        told = released(hall, hall.clients[first], inject(first))
        about |= dict.fromkeys(range(first + 1, len(hall.clients)), told)
    hall.settle(2.0)
    return about


def _stretch(host: Host, hall: Hall, people: dict[int, str]) -> tuple[float, float]:
    """Return CPU seconds and answers a second while `people` answer in turn."""
    acked = 0

    def count(_client: Client, payload: bytes) -> None:
        nonlocal acked
        acked += b'"ok":true' in payload

    hall.on_ack = count
    turns = list(people)
    pause = ANSWERS_EVERY_S / len(turns) if turns else STRETCH_S
    start, cpu, sent = time.perf_counter(), host.process.cpu_s, 0
    while (now := time.perf_counter() - start) < STRETCH_S:
        while turns and sent * pause <= now:
            number = turns[sent % len(turns)]
            hall.clients[number].emit("command", reply(people[number]))
            sent += 1
        hall.settle(min(pause, 0.05))
    hall.run(lambda: acked >= sent)
    seconds = time.perf_counter() - start
    return (host.process.cpu_s - cpu) / seconds, acked / seconds


def _rows(few: Load, many: Load, foretold: float) -> Iterator[str]:
    yield "| exercises | people | idle, CPU | each | answering, CPU | an answer |"
    yield "|---|---|---|---|---|---|"
    for load in (few, many):
        yield (
            f"| {load.exercises} | {load.exercises * PEOPLE} | {load.idle:.0%}"
            f" | {load.idle_ms:.1f} ms a second | {load.busy:.0%}"
            f" | {load.answer_us:,.0f} µs |"
        )
    yield ""
    yield (
        f"From the unit costs at {FEW} exercises, {MANY} would take {foretold:.0%} of a"
        f" core with {many.answers_a_second:.0f} answers a second; they took"
        f" {many.busy:.0%}."
    )
