"""A real server in a process of its own, and a raw client to talk to it."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

import websocket

from exercise.engine.base import Untyped

ENGINES = ("eventlet", "gevent", "threading")


@dataclass
class Server:
    """A running server of tests/engine/app.py."""

    engine: str
    port: int
    process: subprocess.Popen[str]
    opened: list[websocket.WebSocket] = field(default_factory=list)

    def address(self, scheme: str = "ws") -> str:
        return f"{scheme}://127.0.0.1:{self.port}/socket.io/?EIO=4&transport=websocket"

    def get(self, path: str = "/") -> Untyped:
        url = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)

    def raw(self, **options: Untyped) -> websocket.WebSocket:
        options.setdefault("suppress_origin", True)
        options.setdefault("timeout", 10)
        scheme = "wss" if "sslopt" in options else "ws"
        client = websocket.create_connection(self.address(scheme), **options)
        self.opened.append(client)
        return client

    def hang_up(self) -> None:
        """End the connections a test has opened."""
        while self.opened:
            self.opened.pop().shutdown()

    def join(self, name: str = "someone", **options: Untyped) -> "Client":
        client = Client(self.raw(**options))
        client.join(name)
        assert client.entries(1) == [name]
        client.events.clear()
        client.order.clear()
        return client


@dataclass
class Client:
    """A Socket.IO client that keeps every packet in the order it came."""

    socket: websocket.WebSocket
    events: list[Untyped] = field(default_factory=list)
    answers: list[Untyped] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    sent: int = 0

    def join(self, name: str) -> str:
        opening = self.socket.recv()
        assert opening.startswith("0")
        self.socket.send("40/live," + json.dumps({"name": name}))
        return self.packet()

    def packet(self) -> str:
        """Return the next packet that is no ping."""
        while True:
            packet = self.socket.recv()
            if packet != "2":
                return packet
            self.socket.send("3")

    def ask(self, event: str, argument: object = None) -> Untyped:
        """Send an event and return its acknowledgement."""
        self.send(event, argument)
        return self.answer()

    def send(self, event: str, argument: object = None) -> None:
        self.socket.send(f"42/live,{self.sent}" + json.dumps([event, argument]))
        self.sent += 1

    def answer(self) -> Untyped:
        """Return the oldest acknowledgement not asked for yet."""
        while not self.answers:
            self.read()
        return self.answers.pop(0)

    def entries(self, count: int) -> list[Untyped]:
        """Return the arguments of all events once there are `count`."""
        while len(self.events) < count:
            self.read()
        return self.events

    def read(self) -> None:
        packet = self.packet()
        kind, [*_, last] = packet[:2], json.loads(packet[packet.index("[") :])
        self.order.append({"42": "event", "43": "answer"}[kind])
        (self.events if kind == "42" else self.answers).append(last)

    def ended(self) -> bool:
        """Read to the end of the connection."""
        try:
            while self.socket.recv():
                pass
        except (websocket.WebSocketConnectionClosedException, ConnectionError):
            return True
        return True


@contextmanager
def running(engine: str, *options: str) -> Iterator[Server]:
    """Run a server, and hold it to ending in time and having had no traceback."""
    command = [sys.executable, "-m", "tests.engine.app", "--engine", engine, *options]
    with TemporaryFile("w+") as errors, _started(command, errors) as process:
        server = Server(engine, _port(process), process)
        try:
            yield server
        finally:
            server.hang_up()
            process.terminate()
            ended = process.wait(timeout=5)
        errors.seek(0)
        said = errors.read()
        assert not said, said
        assert ended == 0


def _started(command: list[str], errors: IO[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline().split()[1])
