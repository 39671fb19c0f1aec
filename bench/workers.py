"""Two workers on PostgreSQL: releases, answers, and one of them killed under load."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4
from zlib import crc32

import psycopg

from bench import fanout
from bench.answers import Paced, Room, interleaved
from bench.hall import Client, Hall, ack_of
from bench.processes import free_port, server
from bench.product import Host, Product, hosted, inject, released, reply
from bench.table import Size, Table

ANSWERING, EXERCISES = 200, 8
# Where throwaway databases may be made; CI and `.ci/prepare` make the role.
SERVER = os.environ.get(
    "DETENTE_TEST_POSTGRES", "postgresql://detente_test:detente-test@127.0.0.1:5432"
)
KILLED_AFTER_S, LIVING_S = 1.0, 15.0


@dataclass(frozen=True, slots=True)
class Killed:
    """What became of a room when one of two workers was killed."""

    alive_again_s: float
    acknowledged: int
    lost: int
    doubled: int


def measure(size: Size) -> Table:
    """Return what two workers do beside one."""
    with database() as url:
        releases = _releases(size, url)
    one = _answers(size, 1)
    two = _answers(size, 2)
    with database() as url:
        killed = _killed(size, url)
    gates = {
        "workers-release": releases["ours"].wall_ms / releases["bare"].wall_ms,
        "workers-one": two[1].a_second / one[1].a_second,
        "workers-eight": two[EXERCISES].a_second / one[EXERCISES].a_second,
        "workers-killed": killed.alive_again_s,
        "workers-lost": killed.lost + killed.doubled,
    }
    lines = tuple(_rows(releases, one, two, killed))
    return Table("Two workers on PostgreSQL", lines, gates, size.runs)


@contextmanager
def database() -> Iterator[str]:
    """Make a database, and drop it afterwards."""
    name = f"detente_bench_{uuid4().hex[:12]}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{SERVER}/{name}"
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def serving(folder: Path, url: str, workers: int) -> Iterator[Host]:
    """Run so many workers on a database."""
    told = {"DETENTE_DATABASE_URL": url, "DETENTE_WORKERS": str(workers)}
    with hosted(folder, told) as host:
        yield host


def _releases(size: Size, url: str) -> dict[str, fanout.Fanned]:
    """Return releases by two workers, beside bare `emit` in one process."""
    people, port = size.halls[-1], free_port()
    file = size.folder / "release.json"
    with serving(size.folder, url, 2) as host:
        ours = host.opened()
        hall = Hall(ours.process.port)
        hall.connect([ours.facilitator], ours.exercise)
        hall.connect(ours.join(people, hall), ours.exercise)
        file.write_text(_heard(hall), "utf-8")
        arguments = ["bench.peers", "emit", str(file), str(port)]
        log = size.folder / "bare.log"
        with server(arguments, port, log, meanwhile=hall.settle) as bare:
            crowd = Hall(port)
            crowd.connect(["-"] * (people + 1))
            command = fanout.numbered()
            stages = {
                "ours": fanout.Stage(ours.process, hall, hall.clients[0], command),
                "bare": fanout.Stage(bare, crowd, crowd.clients[0], command),
            }
            found = fanout.interleaved(stages, size.runs)
            crowd.close()
        hall.close()
    return found


def _heard(hall: Hall) -> str:
    """Return what a delegate gets of one release."""
    heard: list[bytes] = []
    hall.on_entries = lambda _, payload: heard.append(payload)
    released(hall, hall.clients[0], inject(0))
    hall.run(lambda: len(heard) >= len(hall.clients))
    longest = max(heard, key=len)
    return longest[longest.index(b"{") : -1].decode()


def _answers(size: Size, workers: int) -> dict[int, Paced]:
    """Return answers a second of 200 people in one exercise and spread over eight."""
    found = {}
    for exercises in (1, EXERCISES):
        with (
            database() as url,
            serving(size.folder, url, workers) as host,
            _answering(host, exercises) as room,
        ):
            paced = interleaved({"": room}, size.runs, size.seconds)
        found[exercises] = paced[""]
    return found


@contextmanager
def _answering(host: Host, exercises: int) -> Iterator["Spread"]:
    hall = Hall(host.process.port)
    about: dict[int, str] = {}
    for _ in range(exercises):
        ours = host.opened()
        first = len(hall.clients)
        hall.connect([ours.facilitator], ours.exercise)
        hall.connect(ours.join(ANSWERING // exercises, hall), ours.exercise)
        told = released(hall, hall.clients[first], inject(first))
        about |= dict.fromkeys(range(first + 1, len(hall.clients)), told)
    answering = [hall.clients[at] for at in about]
    yield Spread(host, hall, answering, about)
    hall.close()


class Spread(Room):
    """People of several exercises, each answering an inject of its own."""

    def __init__(
        self, host: Host, hall: Hall, answering: list[Client], about: dict[int, str]
    ) -> None:
        super().__init__(host.process, hall, answering, "")
        self._abouts = about

    def about(self, client: Client) -> str:
        """Return the inject that a client answers."""
        return self._abouts[client.number]


def _killed(size: Size, url: str) -> Killed:
    """Kill one of two workers under load; everybody comes back by themselves."""
    with serving(size.folder, url, 2) as host:
        ours = host.opened()
        scene = _Scene(ours, size.seconds)
        return scene.played(host)


class _Scene:
    """A room of which half loses its worker."""

    def __init__(self, ours: Product, seconds: float) -> None:
        self._ours = ours
        self._until = seconds
        self._hall = Hall(ours.process.port)
        self._hall.connect([ours.facilitator], ours.exercise)
        self._tokens = ours.join(ANSWERING, self._hall)
        self._hall.connect(self._tokens, ours.exercise)
        self._acked: list[str] = []
        self._asked: dict[tuple[int, int], str] = {}
        self._about = released(self._hall, self._hall.clients[0], inject(0))

    def played(self, host: Host) -> Killed:
        """Return what became of the room."""
        hall = self._hall
        hall.on_ack = self._take
        people = hall.clients[1:]
        for client in people:
            self._send(client)
        hall.settle(KILLED_AFTER_S)
        home = crc32(self._ours.exercise.encode()) % 2
        os.kill(host.process.pids[1 + home], signal.SIGKILL)
        start = time.perf_counter()
        hall.run(lambda: hall.refused > 0, LIVING_S)
        hall.settle(0.05)
        lost = [one for one in people if one.state == "lost"]
        again = [self._tokens[one.number - 1] for one in lost]
        first = len(hall.clients)
        hall.connect(again, self._ours.exercise)
        answered = self._answers_of(hall.clients[first:])
        alive = time.perf_counter() - start
        hall.settle(1.0)
        # The rest is only heard to its end.
        hall.on_ack = self._note
        hall.settle(1.0)
        hall.close()
        stored = _stored(host, self._ours)
        lost_acks = len(set(self._acked) - set(stored))
        doubled = len(stored) - len(set(stored))
        if not answered:
            raise RuntimeError("nobody lost a worker: nothing was shown")
        return Killed(alive, len(self._acked), lost_acks, doubled)

    def _answers_of(self, newcomers: list[Client]) -> int:
        """Let those who came back answer, until each has been acknowledged."""
        waiting = {one.number for one in newcomers}
        many = len(waiting)

        def take(client: Client, payload: bytes) -> None:
            self._note(client, payload)
            waiting.discard(client.number)

        self._hall.on_ack = take
        for client in newcomers:
            self._send(client)
        self._hall.run(lambda: not waiting, LIVING_S)
        return many

    def _send(self, client: Client) -> None:
        command = reply(self._about)
        self._asked[client.number, client.sent + 1] = str(command["id"])
        client.emit("command", command)

    def _take(self, client: Client, payload: bytes) -> None:
        self._note(client, payload)
        if client.state == "joined":
            self._send(client)

    def _note(self, _client: Client, payload: bytes) -> None:
        told = ack_of(payload)
        if isinstance(told, dict) and told.get("ok"):
            self._acked.append(str(told["id"]))


def _stored(host: Host, ours: Product) -> list[str]:
    """Return the ids of every entry of an exercise, as stored."""
    with psycopg.connect(host.environment["DETENTE_DATABASE_URL"]) as connection:
        query = "SELECT id FROM entry WHERE exercise = %s"
        return [str(one) for (one,) in connection.execute(query, (ours.exercise,))]


def _rows(
    releases: dict[str, fanout.Fanned],
    one: dict[int, Paced],
    two: dict[int, Paced],
    killed: Killed,
) -> Iterator[str]:
    yield "| release to everybody | to the last, ms | slowest | CPU, ms |"
    yield "|---|---|---|---|"
    names = {"ours": "Détente, two workers", "bare": "Flask-SocketIO `emit`, one"}
    for key, name in names.items():
        fan = releases[key]
        yield f"| {name} | {fan.wall_ms:.1f} | {fan.worst_ms:.1f} | {fan.cpu_ms:.1f} |"
    yield ""
    yield "| durable answers a second of 200 people | one worker | two workers |"
    yield "|---|---|---|"
    for exercises in (1, EXERCISES):
        yield (
            f"| in {exercises} exercise{'s' if exercises > 1 else ''}"
            f" | {one[exercises].a_second:,.0f} | {two[exercises].a_second:,.0f} |"
        )
    yield ""
    yield (
        f"One of two workers killed while {ANSWERING} people answer: after"
        f" {killed.alive_again_s:.1f} s all it served are back and answered again. Of"
        f" {killed.acknowledged:,} acknowledged, {killed.lost} are not there, and"
        f" {killed.doubled} twice."
    )
