"""The product as users run it: `detente serve`, an exercise, people with join codes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.hall import PATIENCE_S, Client, Hall, ack_of
from bench.processes import Process, free_port, server

SCENARIO = "quiet-harbour"
# What an inject of the shipped scenario is like: a cable of some 1,900 characters.
BODY = (
    "The port authority reports that the terminal systems of three harbours have been"
    " out of use since 04:10. Cranes stand still and ships wait in the roads. "
) * 12
REPLY = "We have taken note, and are checking this with our operators. " * 8
TOGETHER = 8


@dataclass(frozen=True, slots=True)
class Product:
    """A running server with one exercise that has begun; `home` has the first code."""

    process: Process
    exercise: str
    codes: Sequence[str]
    home: str
    facilitator: str

    def join(self, many: int, hall: Hall) -> list[str]:
        """Let people join by code, spread over the delegations; return their tokens.

        The hall goes on hearing meanwhile, or its clients would count as gone.
        """
        first = len(hall.clients)
        lots = [range(first + at, first + many, TOGETHER) for at in range(TOGETHER)]
        with ThreadPoolExecutor(TOGETHER) as pool:
            joining = [pool.submit(self._join_some, lot) for lot in lots]
            hall.run(lambda: all(one.done() for one in joining), PATIENCE_S)
            found = [one for lot in joining for one in lot.result()]
        return [token for _, token in sorted(found)]

    def _join_some(self, numbers: range) -> list[tuple[int, str]]:
        door = HTTPConnection("127.0.0.1", self.process.port, timeout=60)
        found = []
        for number in numbers:
            code = self.codes[number % len(self.codes)]
            told = {"code": code, "name": f"Delegate {number}", "id": str(uuid4())}
            found.append((number, str(_post(door, "/api/v1/join", told)["token"])))
        door.close()
        return found


def inject(number: int) -> dict[str, object]:
    """Return the command that releases one more inject to everybody."""
    return {
        "id": str(uuid4()),
        "type": "ad_hoc_inject",
        "title": f"Report {number:06d}",
        "body": BODY,
        "channel": "cable",
        "audience": "all",
    }


def reply(about: str) -> dict[str, object]:
    """Return the command that answers an inject."""
    return {
        "id": str(uuid4()),
        "type": "act",
        "instrument": "reply",
        "about": about,
        "fields": {"text": REPLY},
    }


def released(hall: Hall, facilitator: Client, command: dict[str, object]) -> str:
    """Release one inject, and return its entry's id."""
    acks: list[Any] = []
    hall.on_ack = lambda _, payload: acks.append(ack_of(payload))
    facilitator.emit("command", command)
    hall.run(lambda: bool(acks))
    if not acks[0]["ok"]:
        raise RuntimeError(acks[0])
    return str(acks[0]["id"])


@contextmanager
def product(
    folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Product]:
    """Run the server on a fresh SQLite file, with an exercise that has started."""
    with hosted(folder, environment) as host:
        yield host.opened()


@dataclass(frozen=True, slots=True)
class Host:
    """A running server, and the right to open exercises on it."""

    process: Process
    token: str
    environment: Mapping[str, str]

    def opened(self) -> Product:
        """Open an exercise and start it."""
        door = HTTPConnection("127.0.0.1", self.process.port, timeout=60)
        wish = {"scenario": SCENARIO, "title": "Benchmark"}
        opened = _post(door, "/api/v1/exercises", wish, self.token)
        facilitator = str(opened["facilitator_token"])
        path = f"/api/v1/exercises/{opened['exercise']}/commands"
        # Nothing of the script in between: only what we release and answer.
        for command in ({"type": "hold"}, {"type": "start"}):
            _post(door, path, {"id": str(uuid4()), **command}, facilitator)
        door.close()
        codes: dict[str, str] = opened["codes"]
        return Product(
            process=self.process,
            exercise=str(opened["exercise"]),
            codes=list(codes.values()),
            home=next(iter(codes)),
            facilitator=facilitator,
        )

    def facilitator(self, exercise: str) -> str:
        """Return a further facilitator's token."""
        command = ["link", exercise, "--role", "facilitator", "--json"]
        return _told_by(command, self.environment)


@contextmanager
def hosted(
    folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Host]:
    """Run the server, by default on a fresh SQLite file."""
    port, data = free_port(), folder / f"data-{free_port()}"
    told = {
        "DETENTE_DATA": str(data),
        "DETENTE_FLOOD": "off",
        "DETENTE_LOG": "warning",
        **(environment or {}),
    }
    arguments = ["exercise", "serve", "--port", str(port)]
    log = folder / f"product-{port}.log"
    if not told.get("DETENTE_DATABASE_URL", "sqlite").startswith("sqlite"):
        upgrade = [sys.executable, "-m", "exercise", "db", "upgrade"]
        subprocess.run(upgrade, env=os.environ | told, check=True, timeout=60)
    with server(arguments, port, log, environment=told) as process:
        yield Host(process, _told_by(["link", "--host", "--json"], told), told)
    _keeps_its_promises(told)


def _keeps_its_promises(told: Mapping[str, str]) -> None:
    """Hold what was stored under load to every promise of docs/reliability.md."""
    subprocess.run(
        [sys.executable, "-m", "exercise", "verify"],
        env={**os.environ, **told, "LD_PRELOAD": ""},
        check=True,
        capture_output=True,
        timeout=600,
    )


def _told_by(command: list[str], told: Mapping[str, str]) -> str:
    """Return the token that a command of ours prints."""
    # A disk made slow is the server's alone.
    environment = {**os.environ, **told, "LD_PRELOAD": ""}
    made = subprocess.run(
        [sys.executable, "-m", "exercise", *command],
        env=environment,
        check=True,
        capture_output=True,
        timeout=60,
    )
    return str(json.loads(made.stdout)["token"])


def _post(
    door: HTTPConnection, path: str, told: dict[str, object], token: str = ""
) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    door.request("POST", path, json.dumps(told), headers)
    answer = door.getresponse()
    body: dict[str, Any] = json.loads(answer.read())
    if answer.status >= 300:
        raise RuntimeError(f"{path}: {answer.status} {body}")
    return body
