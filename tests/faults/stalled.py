"""Readers that ask for much and read nothing, and come back when they are cut."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import websocket

SMALL = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)]
ENDED = (OSError, websocket.WebSocketException)
PATIENCE_S = 20.0
PAUSE_S = 0.02


@dataclass
class Stalled:
    """One for each token; `cuts` is how often the server has ended one's line."""

    port: int
    tokens: list[str]
    cuts: int = 0
    asked: int = 0
    _over: threading.Event = field(default_factory=threading.Event)
    _news: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list)
    _socks: set[socket.socket] = field(default_factory=set)

    def start(self) -> None:
        for token in self.tokens:
            one = threading.Thread(target=self._stalls, args=(token,), daemon=True)
            one.start()
            self._threads.append(one)

    def stop(self) -> None:
        self._over.set()
        for sock in list(self._socks):
            # Who still sends would wait until somebody reads.
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for one in self._threads:
            one.join(PATIENCE_S)

    def _stalls(self, token: str) -> None:
        while not self._over.is_set():
            with suppress(*ENDED):
                self._asks(self._joined(token))
            self._over.wait(PAUSE_S)

    def _joined(self, token: str) -> websocket.WebSocket:
        url = f"ws://127.0.0.1:{self.port}/socket.io/?EIO=4&transport=websocket"
        line = websocket.create_connection(
            url, timeout=PATIENCE_S, suppress_origin=True, sockopt=SMALL
        )
        line.recv()
        line.send("40/live," + json.dumps({"token": token, "html": True}))
        while not str(line.recv()).startswith("40/live,"):
            pass
        return line

    def _asks(self, line: websocket.WebSocket) -> None:
        """Ask for the whole stream again and again, until the line is cut."""
        sock = line.sock
        self._socks.add(sock)
        try:
            self._until_cut(line)
        finally:
            self._socks.discard(sock)
            sock.close()

    def _until_cut(self, line: websocket.WebSocket) -> None:
        while not self._over.wait(PAUSE_S):
            with self._news:
                self.asked += 1
            try:
                line.send(f'42/live,{self.asked}["sync",{{"cursors":{{}}}}]')
            except ENDED:
                with self._news:
                    self.cuts += not self._over.is_set()
                return


@contextmanager
def stalled(port: int, tokens: list[str]) -> Iterator[Stalled]:
    """Let readers stall for as long as the block lasts."""
    made = Stalled(port, tokens)
    made.start()
    try:
        yield made
    finally:
        made.stop()
