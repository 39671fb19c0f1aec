"""A road to the server that can be cut, as a train's tunnel cuts a phone's."""

import socket
import threading
from contextlib import suppress

CHUNK = 1 << 16


class Tunnel:
    """Carries connections to a port; `cut()` ends them all and lets no new one in."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._open = True
        self._lines: set[socket.socket] = set()
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        self._open = False
        for line in list(self._lines):
            _end(line)

    def mend(self) -> None:
        self._open = True

    def close(self) -> None:
        self.cut()
        _end(self._door)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                if self._open:
                    self._join(near)
                else:
                    _end(near)

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._to))
        except OSError:
            _end(near)
            return
        for one, other in ((near, far), (far, near)):
            self._lines.add(one)
            threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(CHUNK):
                other.sendall(data)
        _end(other)
        self._lines.discard(one)


def _end(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
