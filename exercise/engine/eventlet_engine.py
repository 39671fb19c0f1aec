"""The default engine: green threads of eventlet."""

import os
import warnings

# Eventlet's own resolver ignores nsswitch, which closed networks rely on; psycopg 3
# chooses how it waits when it is imported.
os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")
# The message begins with an empty line.
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

import _socket  # noqa: E402
import errno  # noqa: E402 - the lines above come before eventlet
import logging  # noqa: E402
import ssl  # noqa: E402
from collections.abc import Callable  # noqa: E402
from socket import SHUT_RDWR  # noqa: E402

import eventlet  # noqa: E402

from exercise.engine.base import (  # noqa: E402
    REQUEST_TIMEOUT,
    Answer,
    Engine,
    Environ,
    Peer,
    Untyped,
    WsgiApp,
)
from exercise.engine.framing import REFUSAL, is_plain  # noqa: E402
from exercise.engine.green import GreenPeer  # noqa: E402

# Eventlet stops at 1,024 connections without a word.
MOST_CONNECTIONS = 16_384
KEEPALIVE = 15
# Out of files or memory: connections that end will free some.
_FULL = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM))

# As it is before `patch` puts a green one in its place.
BareTls = ssl.SSLSocket

logger = logging.getLogger(__name__)


class EventletEngine(Engine):
    """Many green threads in one thread, switched by eventlet's hub."""

    name = "eventlet"

    def patch(self) -> None:
        """Make the standard library green."""
        eventlet.monkey_patch()

    def spawn(self, task: Callable[..., object], *args: object) -> None:
        """Run a task in a green thread."""
        eventlet.spawn(task, *args)

    def sleep(self, seconds: float) -> None:
        """Let the other green threads run."""
        eventlet.sleep(seconds)

    def run_blocking(self, work: Callable[[], Answer]) -> Answer:
        """Run work in a thread of the system."""
        from eventlet import tpool

        answer: Answer = tpool.execute(work)
        return answer

    def taken(self, environ: Environ) -> Untyped:
        """Take the connection out of eventlet's request."""
        environ["eventlet.set_idle"]()
        return environ["eventlet.input"].get_socket()

    def peer_of(self, sock: Untyped) -> Peer:
        """Return the peer on one of eventlet's sockets."""
        sock.settimeout(None)
        if hasattr(sock, "do_handshake"):
            return _TlsPeer(sock, sock)
        return _Peer(sock, sock.fd)

    def dismiss(self) -> list[bytes]:
        """Tell eventlet's server that the request has had its answer."""
        from eventlet import wsgi

        wsgi.WSGI_LOCAL.already_handled = True
        return []

    def _open(
        self, app: WsgiApp, sock: Untyped, tls: ssl.SSLContext | None
    ) -> Callable[[], None]:
        from eventlet import wsgi

        listening: Untyped = tls.wrap_socket(sock, server_side=True) if tls else sock
        listening.accept = _patient(listening.accept)
        server = eventlet.spawn(
            wsgi.server,
            listening,
            app,
            debug=False,
            log_output=False,
            socket_timeout=REQUEST_TIMEOUT,
            keepalive=KEEPALIVE,
            custom_pool=_Pool(MOST_CONNECTIONS),
            protocol=_protocol(),
        )
        kill: Callable[[], None] = server.kill
        return kill


def create() -> Engine:
    """Return this module's engine."""
    return EventletEngine()


def _protocol() -> type:
    from eventlet import wsgi

    class Protocol(wsgi.HttpProtocol):
        """One connection, whose requests end where every reader says they do."""

        def parse_request(self) -> bool:
            if not super().parse_request():
                return False
            if is_plain(self.headers):
                return True
            self.wfile.write(REFUSAL)
            self.close_connection = True
            return False

    return Protocol


class _Pool(eventlet.GreenPool):
    """The connections of a server that does not wait for them when it stops."""

    def spawn(self, function: Callable[..., object], *args: object) -> Untyped:
        return super().spawn(_quietly, function, *args)

    def waitall(self) -> None:
        """Return at once: a WebSocket would keep a stopping server for hours."""


def _quietly(function: Callable[..., object], *args: object) -> object:
    try:
        return function(*args)
    except OSError as error:
        # Failed handshakes and broken connections are no news, and no traceback.
        logger.debug("a connection ended: %s", error)
        return None


def _patient(accept: Callable[[], Untyped]) -> Callable[[], Untyped]:
    def accept_when_possible() -> Untyped:
        while True:
            try:
                return accept()
            except OSError as error:
                if error.errno not in _FULL:
                    raise
            logger.error("no more connections fit: raise the limit of open files")
            eventlet.sleep(0.5)

    return accept_when_possible


class _Peer(GreenPeer):
    """A socket of eventlet's."""

    __slots__ = ()

    def _wait(self, seconds: float) -> None:
        from eventlet.hubs import trampoline

        trampoline(self._raw, write=True, timeout=seconds, timeout_exc=TimeoutError)


class _TlsPeer(_Peer):
    """The same for a connection under TLS, whose own calls wait."""

    __slots__ = ()

    def send_now(self, data: bytes) -> int:
        try:
            return BareTls.send(self._sock, data)
        except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
            return 0

    def _shut(self) -> None:
        # Past TLS: its own shutdown throws the state away under the reader's feet.
        _socket.socket.shutdown(self._sock, SHUT_RDWR)
