"""The second engine: greenlets of gevent."""

import logging
import ssl
from collections.abc import Callable

import gevent

from exercise.engine.base import (
    REQUEST_TIMEOUT,
    Answer,
    Engine,
    Environ,
    Peer,
    Untyped,
    WsgiApp,
)
from exercise.engine.framing import is_plain
from exercise.engine.green import GreenPeer

logger = logging.getLogger(__name__)


class GeventEngine(Engine):
    """Many greenlets in one thread, switched by gevent's hub."""

    name = "gevent"

    def patch(self) -> None:
        """Make the standard library cooperate."""
        from gevent import monkey

        monkey.patch_all()

    def spawn(self, task: Callable[..., object], *args: object) -> None:
        """Run a task in a greenlet."""
        gevent.spawn(task, *args)

    def sleep(self, seconds: float) -> None:
        """Let the other greenlets run."""
        gevent.sleep(seconds)

    def run_blocking(self, work: Callable[[], Answer]) -> Answer:
        """Run work in a thread of the system."""
        answer: Answer = gevent.get_hub().threadpool.apply(work)
        return answer

    def taken(self, environ: Environ) -> Untyped:
        """Take the connection out of gevent's request."""
        handler = environ[_HANDLER]
        # What the client says after its farewell is no request.
        handler.close_connection = True
        return handler.socket

    def peer_of(self, sock: Untyped) -> Peer:
        """Return the peer on one of gevent's sockets."""
        sock.settimeout(None)
        return _TlsPeer(sock) if isinstance(sock, ssl.SSLSocket) else _Peer(sock)

    def _open(
        self, app: WsgiApp, sock: Untyped, tls: ssl.SSLContext | None
    ) -> Callable[[], None]:
        server = _server(app, sock, tls)
        server.start()
        close: Callable[[], None] = server.close
        return close


def create() -> Engine:
    """Return this module's engine."""
    return GeventEngine()


_HANDLER = "exercise.handler"


def _handler() -> type:
    from gevent import pywsgi

    class Handler(pywsgi.WSGIHandler):
        """One connection, which an upgrade can take over."""

        def MessageClass(self, *reader: Untyped) -> Untyped:  # noqa: N802 - gevent's own name
            headers = super().MessageClass(*reader)
            if not headers.status and not is_plain(headers):
                # Before gevent forgets that a length was told beside the chunks.
                headers.status = "It does not tell plainly where it ends"
            return headers

        def get_environ(self) -> Environ:
            environ: Environ = super().get_environ()
            environ[_HANDLER] = self
            if environ.get("CONTENT_LENGTH"):
                # So Werkzeug counts the bytes itself, and a client that leaves in
                # the middle is its fault (400) and not an error of ours (500).
                environ.pop("wsgi.input_terminated", None)
            return environ

        def _handle_client_error(self, error: Exception) -> Untyped:
            if isinstance(error, OSError):
                # Half a request and then nothing: no answer, no traceback.
                return None
            return super()._handle_client_error(error)

    return Handler


def _server(app: WsgiApp, sock: Untyped, tls: ssl.SSLContext | None) -> Untyped:
    from gevent import pywsgi

    class Server(pywsgi.WSGIServer):
        """Connections that give up on half-sent requests."""

        def handle(self, client: Untyped, address: Untyped) -> None:
            client.settimeout(REQUEST_TIMEOUT)
            try:
                super().handle(client, address)
            except OSError as error:
                logger.debug("a connection ended: %s", error)

        def wrap_socket_and_handle(self, client: Untyped, address: Untyped) -> None:
            client.settimeout(REQUEST_TIMEOUT)
            try:
                super().wrap_socket_and_handle(client, address)
            except OSError as error:
                logger.debug("a handshake failed: %s", error)

    options = {"ssl_context": tls} if tls else {}
    return Server(sock, app, log=None, handler_class=_handler(), **options)


class _Peer(GreenPeer):
    """A socket of gevent's."""

    __slots__ = ()

    def __init__(self, sock: Untyped) -> None:
        # The one that is not tied to the hub.
        super().__init__(sock, sock._sock)  # noqa: SLF001 - gevent offers no other way

    def _wait(self, seconds: float) -> None:
        from gevent.socket import wait_write

        wait_write(self._raw.fileno(), seconds, TimeoutError())


class _TlsPeer(_Peer):
    """The same for a connection under TLS."""

    __slots__ = ()

    def send_now(self, data: bytes) -> int:
        tls = self._sock._sslobj  # noqa: SLF001 - `send` of the socket itself waits
        if tls is None:
            raise ConnectionError("the connection is gone")
        try:
            sent: int = tls.write(data)
        except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
            return 0
        return sent
