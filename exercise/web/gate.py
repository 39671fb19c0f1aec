"""The gate in front of the live channel: whose handshake reaches it, and with what.

Browsers let any page open a WebSocket to us, with our cookies. An Origin that is not
ours is turned away; a cookie counts only beside our Origin; a program that sends
neither is let in and has to show its token.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from exercise.engine.places import Home

Environ = dict[str, Any]
Start = Callable[..., Any]
WsgiApp = Callable[[Environ, Start], Iterable[bytes]]

PATH = "/socket.io"
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Gate:
    """WSGI middleware; wrap it around everything, after Flask-SocketIO is set up."""

    def __init__(
        self,
        app: WsgiApp,
        *,
        origins: Iterable[str] = (),
        home: Home | None = None,
    ) -> None:
        """Take the application, our origins beside the host's own, our door inside."""
        self._app = app
        self._home = home
        self._origins = frozenset(each.rstrip("/").lower() for each in origins)

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer a request, or turn it away."""
        if not _is_live(environ):
            return self._app(environ, start_response)
        if not _is_handshake(environ):
            return _refuse(start_response, "400 Bad Request", b"websocket only\n")
        origin = environ.get("HTTP_ORIGIN")
        if origin is None:
            environ.pop("HTTP_COOKIE", None)
        elif not self.is_ours(origin, environ):
            return _refuse(start_response, "403 Forbidden", b"not our origin\n")
        if self._home and self._home.send(_exercise(environ), environ):
            return self._home.dismiss()
        return self._app(environ, start_response)

    def is_ours(self, origin: str, environ: Environ) -> bool:
        """Tell whether an Origin is one that people reach us by."""
        if origin.lower() in self._origins:
            return True
        asked, host = _address(origin), str(environ.get("HTTP_HOST", ""))
        # The scheme may differ: a proxy in front may speak TLS for us.
        return asked is not None and asked in {
            _address(f"{scheme}://{host}") for scheme in _DEFAULT_PORTS
        }


def _is_live(environ: Environ) -> bool:
    path = str(environ.get("PATH_INFO", ""))
    return path == PATH or path.startswith(PATH + "/")


def _is_handshake(environ: Environ) -> bool:
    """Return whether this opens a WebSocket; polling loses packets silently."""
    query = parse_qs(str(environ.get("QUERY_STRING", "")))
    return (
        environ.get("REQUEST_METHOD") == "GET"
        and str(environ.get("HTTP_UPGRADE", "")).lower() == "websocket"
        and query.get("transport") == ["websocket"]
        and query.get("EIO") == ["4"]
        and "sid" not in query
        and "j" not in query
    )


def _exercise(environ: Environ) -> str:
    """Return where the client says it is going; only a hint, which gives no right."""
    query = parse_qs(str(environ.get("QUERY_STRING", "")))
    return query.get("exercise", [""])[0]


def _address(origin: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(origin)
        port = parts.port or _DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):  # a port that is no number, another scheme
        return None
    # An Origin is a scheme and a host, and nothing else.
    bare = f"{parts.scheme}://{parts.netloc}" == origin and "@" not in parts.netloc
    if not bare or parts.hostname is None or parts.scheme not in _DEFAULT_PORTS:
        return None
    return parts.hostname, port


def _refuse(start_response: Start, status: str, body: bytes) -> list[bytes]:
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
    ]
    start_response(status, headers)
    return [body]
