"""One client's way out, over a real pair of sockets."""

import socket
from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest

from exercise.engine import load
from exercise.engine.line import Limits, Line


class Room:
    """A line whose tasks run when the test says so, and its client's socket."""

    def __init__(self, limits: Limits) -> None:
        ours, self.client = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
        self.client.settimeout(10)
        self.ours = ours
        self.now = 0.0
        self.cuts: list[float] = []
        self.tasks: list[Callable[[], None]] = []
        self.line = Line(
            load("threading").peer({"werkzeug.socket": ours}),
            spawn=self.tasks.append,
            lock=nullcontext(),
            limits=limits,
            on_cut=lambda: self.cuts.append(self.now),
            now=lambda: self.now,
        )

    def fill(self) -> bytes:
        """Write until nothing more fits at once, and return all of it."""
        written = b""
        while not self.tasks:
            piece = b"%06d" % len(written) * 100
            self.line.write(piece)
            written += piece
        return written

    def read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            data += self.client.recv(size - len(data))
        return data


@pytest.fixture
def room() -> Iterator[Callable[[Limits], Room]]:
    rooms: list[Room] = []

    def make(limits: Limits) -> Room:
        rooms.append(Room(limits))
        return rooms[-1]

    yield make
    for each in rooms:
        each.ours.close()
        each.client.close()


Make = Callable[[Limits], Room]


def test_what_fits_is_sent_without_any_task(room: Make) -> None:
    here = room(Limits())
    here.line.write(b"one")
    here.line.write(b"two")
    assert here.read(6) == b"onetwo"
    assert here.tasks == []


def test_what_does_not_fit_follows_in_order(room: Make) -> None:
    here = room(Limits())
    written = here.fill()
    here.line.write(b"the last")
    assert len(here.tasks) == 1
    head = here.read(len(written) - 600)
    here.tasks.pop()()
    assert head + here.read(608) == written + b"the last"
    # And then there is no backlog any more.
    here.line.write(b"again")
    assert here.read(5) == b"again"
    assert here.tasks == []


@pytest.mark.parametrize("limits", [Limits(frames=3), Limits(size=2_000)])
def test_a_client_too_far_behind_is_cut(room: Make, limits: Limits) -> None:
    here = room(limits)
    here.fill()
    for _ in range(4):
        here.line.write(b"x" * 600)
    assert here.cuts == [0.0]
    # It gets what had fitted, and then the end.
    while here.client.recv(100_000):
        pass


def test_a_client_behind_for_too_long_is_cut(room: Make) -> None:
    here = room(Limits(seconds=45))
    here.fill()
    here.now = 45.0
    here.tasks.pop()()
    assert here.cuts == [45.0]


def test_a_line_that_finishes_sends_what_it_kept(room: Make) -> None:
    here = room(Limits())
    written = here.fill()
    head = here.read(len(written) - 600)
    here.tasks.pop()()
    here.line.finish()
    assert head + here.read(600) == written
    assert here.client.recv(1) == b""


def test_writing_to_a_client_that_is_gone_does_nothing(room: Make) -> None:
    here = room(Limits())
    here.client.close()
    for _ in range(3):
        here.line.write(b"x")
    here.line.cut()
    here.line.close()
    assert here.tasks == []
