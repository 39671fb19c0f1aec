"""The product as users run it: `detente serve`, an exercise, people with join codes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
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
    """A running server with one exercise that has begun."""

    process: Process
    exercise: str
    codes: Sequence[str]
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
def product(folder: Path) -> Iterator[Product]:
    """Run the server on a fresh SQLite file, with an exercise that has started."""
    port, data = free_port(), folder / "data"
    told = {"DETENTE_DATA": str(data), "DETENTE_FLOOD": "off", "DETENTE_LOG": "warning"}
    arguments = ["exercise", "serve", "--port", str(port)]
    log = folder / "product.log"
    with server(arguments, port, log, environment=told) as process:
        door = HTTPConnection("127.0.0.1", port, timeout=60)
        wish = {"scenario": SCENARIO, "title": "Benchmark"}
        opened = _post(door, "/api/v1/exercises", wish, _host_token(told))
        facilitator = str(opened["facilitator_token"])
        path = f"/api/v1/exercises/{opened['exercise']}/commands"
        # Nothing of the script in between: only what we release and answer.
        for command in ({"type": "hold"}, {"type": "start"}):
            _post(door, path, {"id": str(uuid4()), **command}, facilitator)
        door.close()
        codes = list(opened["codes"].values())
        yield Product(process, str(opened["exercise"]), codes, facilitator)


def _host_token(told: dict[str, str]) -> str:
    command = [sys.executable, "-m", "exercise", "link", "--host", "--json"]
    made = subprocess.run(
        command, env=os.environ | told, check=True, capture_output=True, timeout=60
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
