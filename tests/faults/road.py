"""A road to a server on this machine that can be made as bad as a real one."""

import socket
import struct
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

CHUNK = 1 << 16
LINGER_NONE = struct.pack("ii", 1, 0)  # closing sends RST instead of FIN
UP, DOWN = "up", "down"


@dataclass
class Weather:
    """How the road is just now, alike for all who travel it.

    `late_s` is added each way, `bytes_s` the most that passes in a second, `slice_`
    the size pieces are cut to; what is in `held` stays on the road until it is lifted.
    """

    late_s: float = 0.0
    bytes_s: int = 0
    slice_: int = 0
    held: frozenset[str] = frozenset()


@dataclass(eq=False)
class Lane:
    """One connection: two sockets, and what is on its way between them."""

    near: socket.socket
    far: socket.socket
    waiting: dict[str, deque[tuple[float, bytes]]] = field(
        default_factory=lambda: {UP: deque(), DOWN: deque()}
    )
    over: bool = False


class Road:
    """Carries connections to a port on this machine; its weather can change."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._news = threading.Condition()
        self._weather = Weather()
        self._lanes: set[Lane] = set()
        self._open = True
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def weather(self, weather: Weather) -> None:
        """Change how the road is, for what is on it too."""
        with self._news:
            self._weather = weather
            self._news.notify_all()

    def reset(self) -> None:
        """Break every connection, as a middlebox that lost its table does."""
        for lane in list(self._lanes):
            for one in (lane.near, lane.far):
                with suppress(OSError):
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NONE)
            self._end(lane)

    def close(self) -> None:
        """Close the road for good."""
        self._open = False
        self._shut(self._door)
        self.reset()

    def _accept(self) -> None:
        with suppress(OSError):
            while self._open:
                near, _ = self._door.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self._to))
                except OSError:
                    near.close()
                    continue
                self._travel(Lane(near, far))

    def _travel(self, lane: Lane) -> None:
        self._lanes.add(lane)
        for way, source in ((UP, lane.near), (DOWN, lane.far)):
            threading.Thread(
                target=self._take, args=(lane, way, source), daemon=True
            ).start()
            threading.Thread(target=self._give, args=(lane, way), daemon=True).start()

    def _take(self, lane: Lane, way: str, source: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                with self._news:
                    due = time.monotonic() + self._weather.late_s
                    lane.waiting[way].append((due, data))
                    self._news.notify_all()
        # What is on its way still arrives; the end arrives after it.
        with self._news:
            lane.waiting[way].append((time.monotonic() + self._weather.late_s, b""))
            self._news.notify_all()

    def _give(self, lane: Lane, way: str) -> None:
        to = lane.far if way == UP else lane.near
        with suppress(OSError):
            while data := self._next(lane, way):
                self._carry(to, data)
        self._end(lane)

    def _next(self, lane: Lane, way: str) -> bytes:
        """Wait for what is due on one way; nothing when the lane is over."""
        waiting = lane.waiting[way]
        with self._news:
            while not lane.over:
                now = time.monotonic()
                if waiting and way not in self._weather.held:
                    due, data = waiting[0]
                    if due <= now:
                        waiting.popleft()
                        return data
                    self._news.wait(due - now)
                else:
                    self._news.wait(1.0)
        return b""

    def _carry(self, to: socket.socket, data: bytes) -> None:
        weather = self._weather
        size = weather.slice_ or len(data)
        for start in range(0, len(data), size):
            piece = data[start : start + size]
            to.sendall(piece)
            if weather.bytes_s:
                time.sleep(len(piece) / weather.bytes_s)

    def _end(self, lane: Lane) -> None:
        self._lanes.discard(lane)
        with self._news:
            lane.over = True
            self._news.notify_all()
        for one in (lane.near, lane.far):
            self._shut(one)

    @staticmethod
    def _shut(line: socket.socket) -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        line.close()
