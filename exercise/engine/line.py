"""One client's way out: frames in order, and nobody waits for a slow reader."""

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from exercise.engine.base import Peer

# How long a closing line may take to send what it still holds.
FAREWELL = 5.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a client may fall behind before it is cut."""

    frames: int = 1_000
    size: int = 8 << 20
    seconds: float = 45.0


class Line:
    """The frames on their way to one client.

    `write` never waits. What does not fit into the socket at once is kept, and sent
    by a task that lives only as long as something is kept.
    """

    __slots__ = (
        "_closed",
        "_drained",
        "_limits",
        "_lock",
        "_now",
        "_on_cut",
        "_size",
        "_spawn",
        "_waiting",
        "peer",
    )

    def __init__(  # noqa: PLR0913 - what a line needs of its engine, by name
        self,
        peer: Peer,
        *,
        spawn: Callable[[Callable[[], None]], object],
        lock: AbstractContextManager[object],
        limits: Limits,
        on_cut: Callable[[], object] = lambda: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.peer = peer
        self._spawn = spawn
        self._lock = lock
        self._limits = limits
        self._on_cut = on_cut
        self._now = now
        # Made when first needed: most clients keep up for the whole exercise.
        self._waiting: deque[tuple[float, bytes]] | None = None
        self._drained: threading.Event | None = None
        self._size = 0
        self._closed = False

    def write(self, frame: bytes) -> None:
        """Send a frame after those written before it, without waiting."""
        with self._lock:
            if self._closed:
                return
            if self._waiting is not None:
                self._keep(frame)
                return
            rest = self._send(frame)
            if not rest:
                return
            self._keep(rest)
        self._spawn(self._drain)

    def cut(self) -> None:
        """Break the connection and forget what was on its way."""
        with self._lock:
            self._cut()

    def finish(self) -> None:
        """Send what is kept, within reason, and hang up."""
        with self._lock:
            if not self._closed and self._waiting is not None:
                self._drained = threading.Event()
        if self._drained is not None:
            self._drained.wait(FAREWELL)
        self.close()

    def close(self) -> None:
        """Hang up; what is kept is not sent any more."""
        with self._lock:
            self._hang_up()

    def _keep(self, frame: bytes) -> None:
        waiting = self._waiting = self._waiting or deque()
        waiting.append((self._now(), frame))
        self._size += len(frame)
        if len(waiting) > self._limits.frames or self._size > self._limits.size:
            self._cut()

    def _send(self, frame: bytes) -> bytes:
        """Send what fits and return the rest."""
        try:
            sent = self.peer.send_now(frame)
        except (OSError, ValueError):  # ValueError: the file is closed already
            self._hang_up()
            return b""
        return frame[sent:]

    def _drain(self) -> None:
        try:
            while (patience := self._patience()) is not None:
                if patience <= 0 or not self.peer.wait_writable(patience):
                    self.cut()
                    return
                with self._lock:
                    self._flush()
        finally:
            if self._drained is not None:
                self._drained.set()

    def _patience(self) -> float | None:
        """Return how long the oldest kept frame may still wait; none if none is."""
        with self._lock:
            if self._closed or not self._waiting:
                self._waiting = None
                return None
            return self._limits.seconds - (self._now() - self._waiting[0][0])

    def _flush(self) -> None:
        waiting = self._waiting
        while waiting:
            when, frame = waiting.popleft()
            rest = self._send(frame)
            self._size -= len(frame) - len(rest)
            if rest:
                waiting.appendleft((when, rest))
                return

    def _cut(self) -> None:
        if not self._closed:
            self._on_cut()
        self._hang_up()

    def _hang_up(self) -> None:
        if not self._closed:
            self._closed = True
            self._size = 0
            if self._waiting is not None:
                self._waiting.clear()
            self.peer.hang_up()
