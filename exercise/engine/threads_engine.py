"""The plain engine: a thread for each connection and task."""

import _socket
import logging
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from exercise.engine.base import (
    REQUEST_TIMEOUT,
    TICK,
    Answer,
    Engine,
    Environ,
    Peer,
    Untyped,
    WsgiApp,
)

logger = logging.getLogger(__name__)


class ThreadsEngine(Engine):
    """Threads of the system; fine up to some two hundred clients."""

    name = "threading"

    def patch(self) -> None:
        """Leave the standard library as it is."""

    def spawn(self, task: Callable[..., object], *args: object) -> None:
        """Run a task in a thread that does not keep the process alive."""
        threading.Thread(target=task, args=args, daemon=True).start()

    def sleep(self, seconds: float) -> None:
        """Let the other threads run."""
        time.sleep(seconds)

    def run_blocking(self, work: Callable[[], Answer]) -> Answer:
        """Run work where it is: other threads go on."""
        return work()

    def lock(self) -> AbstractContextManager[object]:
        """Return a real lock, which its holder may take again."""
        return threading.RLock()

    def taken(self, environ: Environ) -> Untyped:
        """Take the connection out of Werkzeug's request."""
        return environ["werkzeug.socket"]

    def peer_of(self, sock: Untyped) -> Peer:
        """Return the peer on a plain socket."""
        return _TlsPeer(sock) if isinstance(sock, ssl.SSLSocket) else _Peer(sock)

    def dismiss(self) -> list[bytes]:
        """End an upgraded request as Werkzeug ends a broken one: without a word."""
        raise ConnectionError

    def _open(
        self, app: WsgiApp, sock: socket.socket, tls: ssl.SSLContext | None
    ) -> Callable[[], None]:
        server = _server(app, sock, tls)
        self.spawn(server.serve_forever, TICK)
        shutdown: Callable[[], None] = server.shutdown
        return shutdown


def create() -> Engine:
    """Return this module's engine."""
    return ThreadsEngine()


def _server(app: WsgiApp, sock: socket.socket, tls: ssl.SSLContext | None) -> Untyped:
    from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

    class Handler(WSGIRequestHandler):
        """One connection, without a line in the log for each request."""

        protocol_version = "HTTP/1.1"
        timeout = REQUEST_TIMEOUT

        def setup(self) -> None:
            if tls is not None:
                # Here, not where connections are accepted: a silent client then
                # keeps nobody but itself.
                self.request.settimeout(REQUEST_TIMEOUT)
                self.request = tls.wrap_socket(self.request, server_side=True)
            super().setup()

        def log(self, *_line: object) -> None:
            """Say nothing: a proxy in front writes that log."""

    class Server(ThreadedWSGIServer):
        """Threads that end with the process."""

        def handle_error(self, _request: object, client_address: object) -> None:
            logger.debug("a connection from %s ended", client_address)

    host, port = sock.getsockname()[:2]
    server = Server(host, port, app, Handler, fd=sock.fileno())
    server.ssl_context = tls
    return server


class _Peer:
    """A socket whose writing never waits."""

    __slots__ = ("_sock",)

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        # With a timeout, `send` would first wait for room.
        sock.settimeout(None)

    def recv(self, size: int) -> bytes:
        return self._sock.recv(size)

    def send_now(self, data: bytes) -> int:
        try:
            return self._sock.send(data, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return 0

    def wait_writable(self, seconds: float) -> bool:
        return _wait(self._sock, select.POLLOUT, seconds)

    def hang_up(self) -> None:
        try:
            self._shut()
        except OSError as error:
            logger.debug("a connection was gone already: %s", error)

    def option(self, level: int, name: int) -> int:
        return self._sock.getsockopt(level, name)

    def fileno(self) -> int:
        return self._sock.fileno()

    def _shut(self) -> None:
        self._sock.shutdown(socket.SHUT_RDWR)


class _TlsPeer(_Peer):
    """The same under TLS, whose state two threads may not touch at once."""

    __slots__ = ("_lock",)

    def __init__(self, sock: ssl.SSLSocket) -> None:
        super().__init__(sock)
        sock.settimeout(0)
        self._lock = threading.Lock()

    def recv(self, size: int) -> bytes:
        while True:
            try:
                with self._lock:
                    return self._sock.recv(size)
            except ssl.SSLWantReadError:
                wanted = select.POLLIN
            except ssl.SSLWantWriteError:
                wanted = select.POLLOUT
            _wait(self._sock, wanted, None)

    def send_now(self, data: bytes) -> int:
        try:
            with self._lock:
                return self._sock.send(data)
        except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
            return 0

    def _shut(self) -> None:
        # Past TLS: its own shutdown throws the state away under the reader's feet.
        _socket.socket.shutdown(self._sock, socket.SHUT_RDWR)


def _wait(sock: socket.socket, event: int, seconds: float | None) -> bool:
    number = sock.fileno()
    if number < 0:
        return False
    poll = select.poll()
    poll.register(number, event)
    return bool(poll.poll(None if seconds is None else seconds * 1000))
