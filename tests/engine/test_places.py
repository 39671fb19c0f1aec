"""The workers' places: a connection is handed over whole, or served where it is."""

import os
import socket
from collections.abc import Iterator

import pytest

from exercise.engine.places import LONGEST, Places


@pytest.fixture
def places() -> Iterator[Places]:
    places = Places(2)
    yield places
    places.close()


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def test_a_connection_arrives_with_its_request(
    places: Places, pair: tuple[socket.socket, socket.socket]
) -> None:
    places.say(1, os.getpid())
    assert places.post(1, b'{"PATH_INFO": "/"}', pair[0].fileno())
    taken = places.take(1)
    assert taken is not None
    data, file = taken
    assert data == b'{"PATH_INFO": "/"}'
    with socket.socket(fileno=file) as arrived:
        arrived.sendall(b"hello")
    assert pair[1].recv(5) == b"hello"


def test_nothing_is_handed_to_a_place_where_nobody_listens(
    places: Places, pair: tuple[socket.socket, socket.socket]
) -> None:
    assert not places.post(1, b"{}", pair[0].fileno())
    places.say(1, os.getpid())
    places.say(1, 0)
    assert not places.post(1, b"{}", pair[0].fileno())
    assert list(places.listening()) == [0, 0]


def test_what_does_not_fit_is_served_where_it_is(
    places: Places, pair: tuple[socket.socket, socket.socket]
) -> None:
    places.say(0, os.getpid())
    assert not places.post(0, b"x" * (LONGEST + 1), pair[0].fileno())
    waiting = 0
    while places.post(0, b"{}", pair[0].fileno()):
        waiting += 1
        assert waiting < 10_000
    taken = [places.take(0) for _ in range(waiting)]
    assert None not in taken
    for one in taken:
        assert one is not None
        os.close(one[1])
    assert places.post(0, b"{}", pair[0].fileno())
