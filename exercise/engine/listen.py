"""The one listening socket of a server process."""

import errno
import socket

# A hall reconnects in the same second; with eventlet's 50 that took many.
BACKLOG = 2048


class CannotListenError(Exception):
    """The address cannot be listened on; the message carries the fix."""


def listen(host: str, port: int, *, reuse_port: bool = False) -> socket.socket:
    """Return a socket that listens on `host` and `port`; port 0 picks a free one."""
    family, address = _resolve(host, port)
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        _set_options(sock, reuse_port=reuse_port)
        sock.bind(address)
        sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        raise CannotListenError(_fix(error, host, port)) from error
    return sock


def lan_address() -> str:
    """Return this machine's address in its network; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # A datagram socket that connects only chooses a route.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        name: str = probe.getsockname()[0]
        return name


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, tuple[object, ...]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise CannotListenError(_no_address(host)) from error
    family, _, _, _, address = found[0]
    return family, address


def _set_options(sock: socket.socket, *, reuse_port: bool) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Accepted sockets inherit this. Without it an answer that follows another
    # frame waits 40 ms for the peer's delayed acknowledgement.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if reuse_port:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)


def _fix(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use: choose another with --port"
    if error.errno == errno.EACCES:
        return f"port {port} needs more rights: choose one above 1023 with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return _no_address(host)
    return f"cannot listen on {host}:{port}: {error.strerror}"


def _no_address(host: str) -> str:
    return f"{host} is no address of this machine: choose another with --host"
