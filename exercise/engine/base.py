"""What every engine can do, whatever it is made of."""

import signal
import ssl
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from socket import socket
from typing import Any, Protocol, TypeAlias, TypeVar

from exercise.engine import jobs

Answer = TypeVar("Answer")
# What comes from the engines and from Socket.IO, which have no types.
Untyped: TypeAlias = Any
Environ = dict[str, Any]
WsgiApp = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

# How often a server looks whether it was told to stop. A signal handler may not
# switch greenlets, so it only raises a flag.
TICK = 0.2
# A request of which nothing more arrives for this long is dropped; without it
# half-sent requests hold their place in the server for ever.
REQUEST_TIMEOUT = 60


# Where a request has its peer once that was taken, here or in another process.
HANDED = "exercise.peer"


class Peer(Protocol):
    """The other end of one upgraded connection."""

    def recv(self, size: int) -> bytes:
        """Wait for bytes; empty when the connection is over."""

    def send_now(self, data: bytes) -> int:
        """Send what fits without waiting and return how much that was."""

    def wait_writable(self, seconds: float) -> bool:
        """Wait until bytes fit again; false when they do not within `seconds`."""

    def hang_up(self) -> None:
        """Break the connection without waiting; `recv` then returns."""

    def option(self, level: int, name: int) -> int:
        """Return a socket option, for the checks of an installation."""

    def fileno(self) -> int:
        """Return the number of the connection's file."""


class Engine(ABC):
    """One way to do many things at once."""

    name: str

    def __init__(self) -> None:
        self._stopping = False
        self.leaving = False

    @property
    def async_mode(self) -> str:
        """Return this engine's name in Flask-SocketIO."""
        return self.name

    @abstractmethod
    def patch(self) -> None:
        """Make the standard library cooperate; before any other import."""

    @abstractmethod
    def spawn(self, task: Callable[..., object], *args: object) -> None:
        """Run a task beside this one."""

    @abstractmethod
    def sleep(self, seconds: float) -> None:
        """Let others run for a while."""

    @abstractmethod
    def run_blocking(self, work: Callable[[], Answer]) -> Answer:
        """Run work that would stop everyone else, and wait for its answer.

        The work may neither log nor touch the database.
        """

    def peer(self, environ: Environ) -> Peer:
        """Take over the connection of a request that is being upgraded."""
        taken: Peer | None = environ.get(HANDED)
        return taken or self.peer_of(self.taken(environ))

    @abstractmethod
    def taken(self, environ: Environ) -> Untyped:
        """Take this engine's socket out of the server's hands."""

    @abstractmethod
    def peer_of(self, sock: Untyped) -> Peer:
        """Return the peer on a connected socket."""

    def dismiss(self) -> list[bytes]:
        """End an upgraded request without an HTTP answer."""
        return []

    def lock(self) -> AbstractContextManager[object]:
        """Return a lock for sections that never wait."""
        # Green threads only switch where they wait: such a section needs no lock.
        return nullcontext()

    def run_job(self, argv: Sequence[str], on_line: Callable[[str], None]) -> int:
        """Run a program, hand over its lines, and return its exit code."""
        return jobs.run(argv, on_line)

    def stop(self) -> None:
        """Ask `serve` to return; safe to call from a signal handler."""
        self._stopping = True

    def leave(self) -> None:
        """Stop, and let others go on with what this process holds."""
        self.leaving = True
        self.stop()

    def serve(
        self,
        app: WsgiApp,
        sock: socket,
        *,
        certificate: str | None = None,
        key: str | None = None,
    ) -> None:
        """Serve `app` on a listening socket until told to stop.

        Open connections are not waited for: what was acknowledged is durable, and
        clients come back by themselves.
        """
        tls = _tls(certificate, key) if certificate else None
        with _stopped_by_signals(self.stop):
            close = self._open(app, sock, tls)
            while not self._stopping:
                self.sleep(TICK)
            close()

    @abstractmethod
    def _open(
        self, app: WsgiApp, sock: socket, tls: ssl.SSLContext | None
    ) -> Callable[[], None]:
        """Begin to accept connections and return how to end that."""


def _tls(certificate: str, key: str | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return context


@contextmanager
def _stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    def handle(_signal: int, _frame: object) -> None:
        stop()

    before = {}
    # Outside the main thread, where Python takes no handlers, somebody else stops us.
    # (Which thread is the main one, patched modules do not know.)
    with suppress(ValueError):
        for each in (signal.SIGTERM, signal.SIGINT):
            before[each] = signal.signal(each, handle)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
