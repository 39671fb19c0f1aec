"""Many raw Engine.IO clients in one thread, cheap enough not to be what is measured."""

import json
import select
import socket
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from bench.frames import Reader, handshake, masked

# A browser that is let in within this is not refused.
PATIENCE_S = 60.0
AT_ONCE = 64
RECEIVE = 1 << 18
NAMESPACE = b"/live,"
EVENT, ACK = b"42" + NAMESPACE, b"43" + NAMESPACE
ENTRIES = EVENT + b'["entries",'


class TooSlow(Exception):
    """What was waited for did not come."""


@dataclass(slots=True, eq=False)
class Client:
    """One browser-like client."""

    number: int
    token: str
    sock: socket.socket
    reader: Reader = field(default_factory=Reader)
    state: str = "connecting"
    entries: int = 0
    sent: int = 0

    def emit(self, event: str, argument: object) -> None:
        """Send an event that asks for an acknowledgement."""
        self.sent += 1
        text = json.dumps([event, argument], separators=(",", ":"))
        self.say(f"42/live,{self.sent}{text}".encode())

    def say(self, text: bytes) -> None:
        """Send a packet; a few hundred bytes always fit."""
        self.sock.send(masked(text))


Heard: TypeAlias = Callable[[Client, bytes], None]


def _nothing(_client: Client, _payload: bytes) -> None:
    """Hear and forget."""


class Hall:
    """Clients of one server.

    Whoever waits in one hall hears all of them: clients that answer no ping for some
    seconds count as gone.
    """

    _poll = select.epoll()
    _by_file: ClassVar[dict[int, tuple["Hall", Client]]] = {}

    def __init__(self, port: int, *, deflate: bool = False) -> None:
        self.clients: list[Client] = []
        self.refused = 0
        self.on_entries: Heard = _nothing
        self.on_ack: Heard = _nothing
        self._port = port
        self._deflate = deflate
        self._joined = 0
        self._about = ""
        self._coming: list[str] = []

    def connect(self, tokens: Sequence[str], about: str = "") -> float:
        """Let clients in, some at a time, and return the seconds that took.

        `about` is the exercise that they say they go to, as a browser does.
        """
        self._about = about
        start = time.perf_counter()
        target = self._joined + self.refused + len(tokens)
        self._coming = list(reversed(tokens))
        for _ in range(min(AT_ONCE, len(tokens))):
            self._next()
        self.run(lambda: self._joined + self.refused >= target, PATIENCE_S * 2)
        return time.perf_counter() - start

    def run(self, done: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        """Hear what comes until `done`.

        Raises:
            TooSlow: it was not done in time.
        """
        until = time.perf_counter() + patience_s
        while not done():
            if time.perf_counter() > until:
                raise TooSlow(self._told())
            self._listen(0.2)

    def settle(self, seconds: float = 0.0) -> None:
        """Hear what comes for a while, at least what is here already."""
        until = time.perf_counter() + seconds
        self._listen(0.0)
        while (left := until - time.perf_counter()) > 0:
            self._listen(left)

    def _listen(self, seconds: float) -> None:
        for file, _ in self._poll.poll(seconds, 512):
            # One that an earlier event ended is not there any more.
            if file in self._by_file:
                hall, client = self._by_file[file]
                hall._hear(client)  # noqa: SLF001 - another of our own kind

    def close(self) -> None:
        """Send everybody home."""
        for client in self.clients:
            if client.state != "lost":
                self._forget(client)
        self.clients.clear()

    def _told(self) -> str:
        states = Counter(one.state for one in self.clients)
        return f"port {self._port}: {dict(states)}, {self.refused} refused"

    def _next(self) -> None:
        if not self._coming:
            return
        sock = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE_S)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.sendall(handshake(self._port, self._about, deflate=self._deflate))
        sock.setblocking(False)  # noqa: FBT003 - the standard library's signature
        client = Client(len(self.clients), self._coming.pop(), sock)
        self.clients.append(client)
        self._by_file[sock.fileno()] = self, client
        self._poll.register(sock.fileno(), select.EPOLLIN)

    def _hear(self, client: Client) -> None:
        try:
            data = client.sock.recv(RECEIVE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lost(client)
            return
        if client.state == "connecting":
            client.state = "upgraded"
            data = data.partition(b"\r\n\r\n")[2]
        for payload in client.reader.feed(data):
            self._take(client, payload)

    def _take(self, client: Client, payload: bytes) -> None:
        if payload.startswith(ENTRIES):
            client.entries += 1
            self.on_entries(client, payload)
        elif payload.startswith(ACK):
            self.on_ack(client, payload)
        elif payload == b"2":
            client.say(b"3")
        elif payload[:1] == b"0":
            auth = json.dumps({"token": client.token, "lang": "en"})
            client.say(b"40" + NAMESPACE + auth.encode())
        elif payload.startswith(b"40"):
            client.state = "joined"
            self._joined += 1
            self._next()
        elif payload.startswith(b"44"):
            self._lost(client)

    def _lost(self, client: Client) -> None:
        self._forget(client)
        client.state = "lost"
        self.refused += 1
        self._next()

    def _forget(self, client: Client) -> None:
        self._poll.unregister(client.sock.fileno())
        del self._by_file[client.sock.fileno()]
        client.sock.close()


def ack_of(payload: bytes) -> object:
    """Return the argument of an acknowledgement."""
    return json.loads(payload[payload.index(b"[") :])[0]
