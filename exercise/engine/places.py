"""The workers' places: who listens, and how one hands a connection to another."""

import _socket
import json
import mmap
import os
import select
import socket
import struct
import sys
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TypeAlias
from zlib import crc32

from exercise.engine.base import HANDED, Engine, Environ, WsgiApp

PID = struct.Struct("i")
# The longest request that is handed over, and how many connections wait in a row.
LONGEST = 64 << 10
# How long a worker waits for a connection before it looks whether it goes on.
WAIT_S = 1.0

Bare: TypeAlias = _socket.socket


class Places:
    """What the workers of one server share: made before they part.

    Each has a place where it says that it listens, and an inbox for connections.
    """

    def __init__(self, many: int) -> None:
        self.many = many
        self._listens = mmap.mmap(-1, many * PID.size)
        self._boxes = [_box() for _ in range(many)]

    def close(self) -> None:
        """Give back the memory and the inboxes."""
        self._listens.close()
        for ends in self._boxes:
            for one in ends:
                one.close()

    def say(self, place: int, pid: int) -> None:
        """Say which process listens at a place; none: 0."""
        PID.pack_into(self._listens, place * PID.size, pid)

    def listening(self) -> Sequence[int]:
        """Return which process listens at each place; 0 where none does."""
        return [pid for (pid,) in PID.iter_unpack(self._listens)]

    def post(self, place: int, data: bytes, file: int) -> bool:
        """Put a connection into a worker's inbox; tell whether it is there."""
        if not self.listening()[place] or len(data) > LONGEST:
            return False
        try:
            socket.send_fds(self._boxes[place][0], [data], [file])  # type: ignore[arg-type]  # a bare socket has what it needs
        except OSError:  # the inbox is full
            return False
        return True

    def take(self, place: int) -> tuple[bytes, int] | None:
        """Return the next connection of an inbox; none if none came for a while."""
        inbox = self._boxes[place][1]
        if not select.select([inbox], [], [], WAIT_S)[0]:
            return None
        try:
            data, files, _, _ = socket.recv_fds(inbox, LONGEST, 1)  # type: ignore[arg-type]  # as above
        except BlockingIOError:
            return None
        return (data, files[0]) if files else None


class Home:
    """One worker's door for the connections of other workers, and to theirs.

    All who speak of one thing are served at one place: what is said there is judged,
    printed and sent by one process.
    """

    def __init__(self, places: Places, place: int, engine: Engine) -> None:
        self._places = places
        self._place = place
        self._engine = engine

    def dismiss(self) -> list[bytes]:
        """End a request that was handed over."""
        return self._engine.dismiss()

    def send(self, about: str, environ: Environ) -> bool:
        """Hand a request to the worker where its thing is at home.

        False if that is here, or nobody is there: then it is served here.
        """
        home = crc32(about.encode()) % self._places.many
        if not about or home == self._place:
            return False
        told = {key: value for key, value in environ.items() if isinstance(value, str)}
        peer = self._engine.peer(environ)
        if not self._places.post(home, json.dumps(told).encode(), peer.fileno()):
            environ[HANDED] = peer
            return False
        _let_go(peer.fileno())
        return True

    def receive(self, app: WsgiApp) -> None:
        """Serve the connections that others hand over, for ever."""
        while True:
            taken = self._places.take(self._place)
            if taken is not None:
                data, file = taken
                self._engine.spawn(self._serve, app, json.loads(data), file)

    def _serve(self, app: WsgiApp, told: dict[str, str], file: int) -> None:
        sock = socket.socket(fileno=file)
        peer = self._engine.peer_of(sock)
        try:
            for part in app(_environ(told, peer), _answering(peer.send_now)):
                peer.send_now(part)
        except ConnectionError:
            return  # so an upgraded request ends on threads
        finally:
            peer.hang_up()
            sock.close()


def _box() -> tuple[Bare, Bare]:
    """Return both ends of an inbox; neither waits."""
    ends = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_DGRAM)
    for one in ends:
        one.setblocking(False)  # noqa: FBT003 - the standard library's signature
    return ends


def _let_go(file: int) -> None:
    """Put a dead connection in the place of one that another process has now.

    Whoever closes it then closes nothing of the other's.
    """
    ends = _socket.socketpair()
    os.dup2(ends[0].fileno(), file)
    for one in ends:
        one.close()


def _environ(told: dict[str, str], peer: object) -> Environ:
    return {
        **told,
        HANDED: peer,
        "wsgi.version": (1, 0),
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _answering(send: Callable[[bytes], object]) -> Callable[..., object]:
    """Return what begins an answer without a server around it."""

    def start(
        status: str, headers: Sequence[tuple[str, str]], *_error: object
    ) -> Callable[[bytes], object]:
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
        send("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1"))
        return send

    return start
