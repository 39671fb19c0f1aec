"""Everybody in an exercise is served by one of several workers, whoever let them in."""

import os
import signal
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from bench.hall import Client, Hall, ack_of
from tests.e2e.house import House, Opened
from tests.faults.test_rolling_restart import workers

pytestmark = [pytest.mark.services, pytest.mark.server]

PEOPLE = 24
ESTABLISHED = "01"


@pytest.fixture(params=["eventlet", "gevent", "threading"])
def house(
    request: pytest.FixtureRequest, tmp_path: Path, postgresql_url: str
) -> Iterator[House]:
    settings = {
        "DETENTE_DATABASE_URL": postgresql_url,
        "DETENTE_WORKERS": "2",
        "DETENTE_FLOOD": "off",
    }
    house = House(tmp_path, engine=request.param, extra=settings)
    house.command("db", "upgrade")
    house.start()
    yield house
    house.kill()


def served(house: House) -> Counter[int]:
    """Return how many connections each worker has."""
    inodes = set()
    for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]:
        local, _, state, *_, inode = line.split()[1:10]
        if local.endswith(f":{house.port:04X}") and state == ESTABLISHED:
            inodes.add(f"socket:[{inode}]")
    found: Counter[int] = Counter(dict.fromkeys(workers(house), 0))
    for pid in found:
        files = list(Path(f"/proc/{pid}/fd").iterdir())
        found[pid] = sum(str(one.readlink()) in inodes for one in files)
    return found


def joined(house: House, opened: Opened) -> tuple[Hall, list[str]]:
    """Return a hall of people who told where they are going."""
    tokens = [
        house.join(opened.codes[("VES", "KAS")[n % 2]], f"Person {n}")["token"]
        for n in range(PEOPLE)
    ]
    hall = Hall(house.port)
    hall.connect(tokens, opened.exercise)
    assert not hall.refused
    return hall, tokens


def back(hall: Hall, tokens: list[str], opened: Opened) -> list[Client]:
    """Let everybody in again; who came to the door of the dead one tries once more."""
    missing, found = tokens, []
    while missing:
        first = len(hall.clients)
        hall.connect(missing, opened.exercise)
        found += [one for one in hall.clients[first:] if one.state == "joined"]
        here = {one.token for one in found}
        missing = [token for token in tokens if token not in here]
    return found


def says(hall: Hall, some: list[Client]) -> None:
    """Let some people say something, and hear that it is kept."""
    acks: list[Any] = []
    hall.on_ack = lambda _, payload: acks.append(ack_of(payload))
    for one in some:
        text = {"subject": "Here", "text": f"{one.number} is here."}
        command = {
            "id": f"00000000-0000-4000-8000-{one.number:012d}",
            "type": "act",
            "instrument": "public_statement",
            "fields": text,
        }
        one.emit("command", command)
    hall.run(lambda: len(acks) == len(some))
    assert all(one["ok"] for one in acks), acks


def test_one_worker_serves_everybody_and_another_when_it_is_gone(house: House) -> None:
    opened = house.open()
    house.order(opened, "hold")
    house.order(opened, "start")
    hall, tokens = joined(house, opened)
    here = served(house)
    home = max(here, key=lambda pid: here[pid])
    assert here[home] >= PEOPLE, here
    assert sum(here.values()) - here[home] < PEOPLE / 2, here
    says(hall, hall.clients)
    os.kill(home, signal.SIGKILL)
    hall.run(lambda: hall.refused >= PEOPLE, 20)
    says(hall, back(hall, tokens, opened))
    hall.close()
    house.stop()
    assert not house.errors


def test_a_handshake_is_refused_alike_wherever_it_is_served(house: House) -> None:
    # One of them is at home in each of the two workers.
    names = {crc32(name.encode()) % 2: name for name in map(str, range(10))}
    told = set()
    for about in list(names.values()) * 8:
        with socket.create_connection(("127.0.0.1", house.port), 30) as sock:
            sock.sendall(
                f"GET /socket.io/?EIO=4&transport=websocket&exercise={about}"
                f" HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\n"
                "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n".encode()
            )
            told.add(sock.recv(4096).partition(b"\r\n")[0])
    assert len(told) == 1, told
    assert b" 400 " in told.pop()
    assert not house.errors
