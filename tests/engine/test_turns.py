"""One client that sends without end has its turn, and no more than its turn."""

import socket
import struct
from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from exercise.engine import load
from exercise.engine.line import Limits, Line
from exercise.engine.lines import Link

MASK = b"\x00\x00\x00\x00"


def masked(text: str) -> bytes:
    """Return a client's frame."""
    data = text.encode()
    if len(data) < 126:
        return struct.pack(">BB", 0x81, 0x80 | len(data)) + MASK + data
    return struct.pack(">BBH", 0x81, 0x80 | 126, len(data)) + MASK + data


class Client:
    """A link on one end of a pair of sockets, which notes when it lets others go."""

    def __init__(self) -> None:
        ours, self.far = socket.socketpair()
        ours.settimeout(10)
        self.ours = ours
        self.breaths = 0
        line = Line(
            load("threading").peer({"werkzeug.socket": ours}),
            spawn=lambda task: task(),
            lock=nullcontext(),
            limits=Limits(),
            on_cut=lambda: None,
        )
        self.link = Link(line, lambda _why: None, self.breathe)

    def breathe(self) -> None:
        self.breaths += 1


@pytest.fixture
def client() -> Iterator[Client]:
    made = Client()
    yield made
    made.ours.close()
    made.far.close()


def test_many_messages_at_once_are_taken_one_turn_at_a_time(client: Client) -> None:
    client.far.sendall(b"".join(masked(f"4{n}") for n in range(100)))
    assert [client.link.wait() for _ in range(100)] == [f"4{n}" for n in range(100)]
    assert client.breaths == 99


def test_large_messages_do_not_get_round_it(client: Client) -> None:
    text = "4" + "x" * 40_000
    client.far.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    client.far.sendall(masked(text) * 3)
    assert [client.link.wait() for _ in range(3)] == [text] * 3
    assert client.breaths >= 2


def test_who_says_one_thing_at_a_time_waits_for_nobody(client: Client) -> None:
    for number in range(5):
        client.far.sendall(masked(f"4{number}"))
        assert client.link.wait() == f"4{number}"
    assert client.breaths == 0
