"""One who abuses the server, and a room of others who hardly notice."""

import json
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from queue import SimpleQueue

import pytest
from websocket import WebSocketException

from tests import FULL, many
from tests.attack.attacker import KINDS, joined
from tests.attack.conftest import RATIOS
from tests.conftest import ROOT
from tests.e2e.house import House, Json, Opened, running

pytestmark = [pytest.mark.attack, pytest.mark.server]

PEOPLE = 12
# Twice a second and person: below what one may send.
PACE_S = 0.04
ASKED = many(short=24, full=100)
ROUNDS = many(short=1, full=3)
MOST = 2.0
PATIENCE_S = 30
PARTIES = ("VES", "ORL", "KAS")


class Person:
    """A browser's line and nothing around it, so that its waiting is the server's."""

    def __init__(self, port: int, token: str) -> None:
        self.line = joined(port, token)
        self.answers: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with suppress(OSError, WebSocketException):
            while packet := str(self.line.recv()):
                if packet == "2":
                    self.line.send("3")
                if packet.startswith("43/live,"):
                    self.answers.put(packet)

    def asks(self, event: str, value: Json) -> Json:
        """Send something and wait for its answer."""
        self.line.send("42/live,1" + json.dumps([event, value]))
        packet = self.answers.get(timeout=PATIENCE_S)
        return json.loads(packet[packet.index("[") :])[0]

    def does(self, type_: str, **rest: Json) -> Json:
        return self.asks("command", {"id": str(uuid.uuid4()), "type": type_, **rest})


@dataclass
class Hall:
    """A server with an exercise in play and people who say something."""

    house: House
    opened: Opened
    people: list[Person]
    mallory: str
    said: int = 0
    acked: set[str] = field(default_factory=set)

    def p99(self) -> float:
        """Let everybody say something in turn; return what nearly all waited."""
        return statistics.quantiles(self.says(ASKED), n=100)[-1]

    def says(self, times: int) -> list[float]:
        """Let people speak in turn; return how long each waited for the ack."""
        waited = []
        for _ in range(times):
            person = self.people[self.said % len(self.people)]
            self.said += 1
            text = f"said {self.said}."
            fields = {"subject": "Talk", "text": text}
            before = time.perf_counter()
            ack = person.does("act", instrument="public_statement", fields=fields)
            waited.append(time.perf_counter() - before)
            assert ack["ok"], ack
            self.acked.add(text)
            # How often people speak; nothing is waited for.
            threading.Event().wait(max(0.0, PACE_S - waited[-1]))
        return waited


@pytest.fixture(scope="module")
def hall(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp(f"abuse-{engine}")
    with running(folder, engine) as house, ExitStack() as stack:
        opened = house.open()
        house.order(opened, "hold")
        house.order(opened, "start")
        entered = [
            house.join(opened.codes[PARTIES[number % 3]], f"P{number}")
            for number in range(PEOPLE)
        ]
        people = [Person(house.port, one["token"]) for one in entered]
        for person in people:
            stack.callback(person.line.shutdown)
        mallory = house.join(opened.codes["VES"], "Mallory")["token"]
        yield Hall(house, opened, people, mallory)


@contextmanager
def attacked(hall: Hall, kind: str) -> Iterator[None]:
    """Let an attacker at it for as long as the block lasts."""
    words = ("-m", "tests.attack.attacker", kind, str(hall.house.port), hall.mallory)
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            yield
        finally:
            process.kill()


@pytest.mark.parametrize("kind", KINDS)
def test_one_who_abuses_it_costs_the_others_little_and_loses_nothing(
    hall: Hall, kind: str
) -> None:
    hall.p99()
    for person in hall.people:
        person.asks("sync", {"cursors": {}})
    ratios = []
    for _ in range(ROUNDS):
        quiet = hall.p99()
        with attacked(hall, kind):
            # What one may send at once is spent in the first second.
            hall.says(many(short=10, full=40))
            loud = hall.p99()
        ratios.append(loud / quiet)
    RATIOS[kind] = ratios
    if FULL:
        assert statistics.median(ratios) < MOST, ratios
    stream = hall.house.entries(hall.opened)
    kept = [one["body"]["fields"]["text"] for one in stream if _is_said(one)]
    assert sorted(kept) == sorted(hall.acked)
    assert not [one for one in stream if one["kind"] == "note_written"]
    for person in hall.people:
        assert person.asks("sync", {"cursors": {}})["ok"]
    assert hall.house.page("/healthz")[0] == 200


def _is_said(entry: Json) -> bool:
    return bool(entry["kind"] == "act_issued")


def test_lines_that_never_join_are_gone_after_a_while(hall: Hall) -> None:
    before = dropped(hall, "never_joined")
    with attacked(hall, "idle"):
        until = time.monotonic() + 40
        while dropped(hall, "never_joined") - before < 250:
            assert time.monotonic() < until, "half-open lines stay"
            threading.Event().wait(0.5)


def dropped(hall: Hall, why: str) -> int:
    """Return how many lines the server has cut for this."""
    _, text = hall.house.page("/metrics")
    lines = [one for one in text.splitlines() if f'why="{why}"' in one]
    return int(float(lines[0].rpartition(" ")[2])) if lines else 0


def test_a_flooder_is_told_how_long_to_wait(hall: Hall) -> None:
    mallory = Person(hall.house.port, hall.mallory)
    said = [mallory.does("note", text="x") for _ in range(60)]
    mallory.line.shutdown()
    slow = [one for one in said if one["code"] == "too-fast"]
    assert len(slow) >= 30
    assert all(one["retry_after"] >= 1 for one in slow)
