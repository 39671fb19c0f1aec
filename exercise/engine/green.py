"""A connection on green threads, as both of their engines have it."""

import logging
from abc import ABC, abstractmethod
from socket import SHUT_RDWR

from exercise.engine.base import Untyped

logger = logging.getLogger(__name__)


class GreenPeer(ABC):
    """A green socket whose writing never waits: `raw` is the one under it."""

    __slots__ = ("_raw", "_sock")

    def __init__(self, sock: Untyped, raw: Untyped) -> None:
        self._sock = sock
        self._raw = raw

    def recv(self, size: int) -> bytes:
        """Wait for bytes; empty when the connection is over."""
        data: bytes = self._sock.recv(size)
        return data

    def send_now(self, data: bytes) -> int:
        """Send what fits without waiting and return how much that was."""
        try:
            sent: int = self._raw.send(data)
        except BlockingIOError:
            return 0
        return sent

    def wait_writable(self, seconds: float) -> bool:
        """Wait until bytes fit again; false when they do not within `seconds`."""
        try:
            self._wait(seconds)
        except (OSError, ValueError):  # TimeoutError is an OSError
            return False
        return True

    def hang_up(self) -> None:
        """Break the connection without waiting; `recv` then returns."""
        try:
            self._shut()
        except OSError as error:
            logger.debug("a connection was gone already: %s", error)

    def option(self, level: int, name: int) -> int:
        """Return a socket option, for the checks of an installation."""
        value: int = self._raw.getsockopt(level, name)
        return value

    def fileno(self) -> int:
        """Return the number of the connection's file."""
        number: int = self._raw.fileno()
        return number

    def _shut(self) -> None:
        self._raw.shutdown(SHUT_RDWR)

    @abstractmethod
    def _wait(self, seconds: float) -> None:
        """Let others run until bytes fit, or raise when they do not in time."""
