"""One attacker, in a process of its own, until its standard input ends.

Run with what it does, the port, and a member's token: `flood 8000 TOKEN`.
"""

import json
import socket
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count

import websocket

PACE_S = 0.001
SLOW = 150
IDLE = 300
SMALL = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)]
BEGUN, OVER = threading.Event(), threading.Event()


def joined(port: int, token: str, *, small: bool = False) -> websocket.WebSocket:
    """Return a socket that the live channel has let in."""
    line = opened(port, small=small)
    line.recv()
    line.send("40/live," + json.dumps({"token": token, "html": True}))
    while not line.recv().startswith("40/live,"):
        pass
    return line


def opened(port: int, *, small: bool = False) -> websocket.WebSocket:
    """Return a socket that has said nothing yet."""
    return websocket.create_connection(
        f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket",
        suppress_origin=True,
        timeout=30,
        sockopt=SMALL if small else None,
    )


def flood(port: int, token: str, event: str = "command") -> None:
    """Send a thousand a second, and read nothing but what keeps the line open."""
    line = joined(port, token)
    reader = threading.Thread(target=drain, args=(line,), daemon=True)
    reader.start()
    for number in steps():
        told = {"id": str(uuid.uuid4()), "type": "note", "text": "flood"}
        asked = told if event == "command" else {"cursors": {}}
        with suppress(OSError, websocket.WebSocketException):
            line.send(f"42/live,{number}" + json.dumps([event, asked]))


def flood_sync(port: int, token: str) -> None:
    """Ask for the whole stream, a thousand times a second."""
    flood(port, token, "sync")


def drain(line: websocket.WebSocket) -> None:
    with suppress(OSError, websocket.WebSocketException):
        while packet := line.recv():
            if packet == "2":
                line.send("3")


def deaf(port: int, token: str) -> None:
    """Ask for much on four lines, and never read any of it."""
    lines = [joined(port, token, small=True) for _ in range(4)]
    for number in steps(0.05):
        for line in lines:
            with suppress(OSError, websocket.WebSocketException):
                line.send(f"42/live,{number}" + json.dumps(["sync", {"cursors": {}}]))


def drip(port: int, first: bytes) -> None:
    """Send a request a byte a second, on many lines at once."""
    lines: list[socket.socket] = []
    for _ in steps(1):
        while len(lines) < SLOW:
            line = socket.create_connection(("127.0.0.1", port), timeout=30)
            line.sendall(first)
            lines.append(line)
        for line in list(lines):
            try:
                line.sendall(b"x")
            except OSError:
                lines.remove(line)


def slow_headers(port: int, _token: str) -> None:
    """Never come to the end of a header."""
    drip(port, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")


def slow_bodies(port: int, _token: str) -> None:
    """Never come to the end of a body."""
    head = b"POST /api/v1/join HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    drip(port, head + b"Content-Type: application/json\r\nContent-Length: 9999\r\n\r\n")


def idle(port: int, _token: str) -> None:
    """Open lines, say nothing, and open others for those that were cut."""
    lines: list[websocket.WebSocket] = []
    for _ in steps(0.5):
        while len(lines) < IDLE and not OVER.is_set():
            lines.append(opened(port))
        for line in list(lines):
            line.settimeout(0.001)
            with suppress(websocket.WebSocketTimeoutException):
                try:
                    line.recv()
                except (OSError, websocket.WebSocketConnectionClosedException):
                    lines.remove(line)


def guess(port: int, _token: str) -> None:
    """Try fifty codes a second."""
    line = socket.create_connection(("127.0.0.1", port), timeout=30)
    for number in steps(0.02):
        body = json.dumps({"code": f"{number:08}", "name": "Mallory"}).encode()
        head = b"POST /api/v1/join HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        length = b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        try:
            line.sendall(head + length % len(body) + body)
            if not line.recv(65_536):
                raise ConnectionError
        except OSError:
            line = socket.create_connection(("127.0.0.1", port), timeout=30)


def steps(pace_s: float = PACE_S) -> Iterator[int]:
    """Count at a pace until it is over."""
    for number in count():
        if OVER.wait(pace_s) if pace_s else OVER.is_set():
            return
        yield number
        BEGUN.set()


KINDS: dict[str, Callable[[int, str], None]] = {
    "flood": flood,
    "flood-sync": flood_sync,
    "deaf": deaf,
    "slow-headers": slow_headers,
    "slow-bodies": slow_bodies,
    "idle": idle,
    "guess": guess,
}


def main() -> None:
    kind, port, token = sys.argv[1:4]
    threading.Thread(target=KINDS[kind], args=(int(port), token), daemon=True).start()
    BEGUN.wait()
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    sys.stdin.read()
    OVER.set()
    time.sleep(0.05)


if __name__ == "__main__":
    main()
