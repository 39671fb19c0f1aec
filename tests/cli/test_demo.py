"""The demo as it is run: links, robots that answer, people who take over."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from exercise.loadtest import Plan, load

ROOT = Path(__file__).parents[2]
BEHIND_MS = 12 * 60_000
# Enough requests for a slow machine; each waits for its answer.
TRIES = 2000

pytestmark = pytest.mark.server


def free_port() -> int:
    with closing(socket.socket()) as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@contextmanager
def demo(*words: str) -> Iterator[tuple[dict[str, str], "subprocess.Popen[str]"]]:
    """Run the demo and give its links by name, once it is ready."""
    port = str(free_port())
    program = [sys.executable, "-m", "exercise", "demo", "--port", port, *words]
    process = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        links: dict[str, str] = {}
        for line in process.stdout:
            name, _, address = line.partition(" ")
            links[name] = address.strip()
            if name == "ready":
                break
        yield links, process
    finally:
        process.kill()
        process.communicate()


def ask(
    url: str, method: str, path: str, body: object = None, token: str = ""
) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=30)) as connection:
        sent = None if body is None else json.dumps(body)
        connection.request(method, path, sent, headers)
        answer = connection.getresponse()
        told: dict[str, Any] = json.loads(answer.read())
        assert answer.status < 300, told
        return told


class Delegate:
    """Somebody who joined a delegation over the API."""

    def __init__(self, url: str, code: str, name: str = "Ann") -> None:
        self._url = url
        joined = ask(url, "POST", "/api/v1/join", {"code": code, "name": name})
        self.member, self.delegation = joined["member"], joined["delegation"]
        self._token, self._exercise = joined["token"], joined["exercise"]
        self._read: list[dict[str, Any]] = []

    def entries(self) -> list[dict[str, Any]]:
        """Return everything in the delegation's stream so far."""
        path = f"/api/v1/exercises/{self._exercise}/entries"
        while True:
            after = len(self._read)
            query = f"?audience={self.delegation}&after={after}"
            page = ask(self._url, "GET", path + query, token=self._token)
            self._read += page["entries"]
            if len(self._read) >= page["head"]:
                return self._read

    def waits_for(self, kind: str, **body: object) -> dict[str, Any]:
        """Return the first entry of a kind whose body holds these values."""
        for _ in range(TRIES):
            for one in self.entries():
                if one["kind"] == kind and body.items() <= one["body"].items():
                    return one
        message = f"no {kind} with {body} came"
        raise AssertionError(message)


def code(links: dict[str, str], name: str) -> str:
    return links[name].rpartition("/")[2]


def test_the_demo_prints_a_link_for_each_desk_and_then_says_ready() -> None:
    with demo() as (links, process):
        desks = ["VES", "ORL", "KAS", "MSC", "UNX", "HGA", "BLT", "MED"]
        assert list(links) == ["facilitator", "trainer", *desks, "room", "ready"]
        assert "/link/" in links["facilitator"]
        assert "/link/" in links["trainer"]
        assert all("/j/" in links[one] for one in desks)
        assert "/room/" in links["room"]
        assert ask(links["ready"], "GET", "/healthz") == {"ok": True}
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 0, "Ctrl+C stops it"


def test_twelve_minutes_lie_behind_and_robots_go_on_until_a_person_joins() -> None:
    with demo("--speed", "60") as (links, _):
        observer = Delegate(links["ready"], code(links, "ORL"))
        assert observer.waits_for("rate_set", rate=1), "the first person slows time"
        behind = [one for one in observer.entries() if one["at_ms"] <= BEHIND_MS]
        kinds = {one["kind"] for one in behind}
        assert {"started", "phase_began", "acknowledged"} <= kinds
        released = [one for one in behind if one["kind"] == "inject_released"]
        assert [one["body"]["number"] for one in released][:2] == ["1.01", "1.02"]
        assert observer.waits_for("rate_set", rate=60)


def test_a_robot_falls_silent_when_a_person_takes_its_place() -> None:
    with demo("--speed", "60") as (links, _):
        person = Delegate(links["ready"], code(links, "VES"))
        slowed = person.waits_for("rate_set", rate=1)
        later = [
            one
            for one in person.entries()
            if one["position"] > slowed["position"]
            and one["author"].get("delegation") == "VES"
            and one["kind"] not in {"member_joined", "member_named"}
        ]
        assert later == []


def test_a_load_of_people_is_served() -> None:
    with demo() as (links, _):
        plan = Plan(links["ready"], code(links, "MED"), clients=8, seconds=3)
        figures = load(plan)
        assert (figures.joined, figures.connected, figures.failed) == (8, 8, 0)
        assert figures.dropped == figures.refused == 0
        assert figures.entries > 0


def test_a_taken_port_is_said_with_what_helps() -> None:
    with closing(socket.socket()) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        port = str(sock.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "exercise", "demo", "--port", port],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"detente: port {port} is in use: choose another with --port"
    ]


def test_a_demo_without_such_a_policy_says_which_there_are() -> None:
    program = [sys.executable, "-m", "exercise", "demo", "--port", "0"]
    told = subprocess.run(
        [*program, "--robots", "loud"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert "thorough" in told.stderr


def test_thorough_robots_play_a_demo() -> None:
    with demo("--robots", "thorough") as (links, process):
        assert "VES" in links
        assert process.poll() is None
