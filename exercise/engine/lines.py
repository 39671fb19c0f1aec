"""The lines of all clients that a server's Engine.IO has connected.

Engine.IO asks its engine for a WebSocket class. It gets ours, on every engine: with
capped messages, no compression, and one way out for its own frames and for frames
written straight to the line.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from functools import partial

from engineio.packet import CLOSE, MESSAGE, PONG

from exercise.engine.base import Engine, Environ, Peer, Untyped
from exercise.engine.frames import (
    BrokenFrameError,
    Control,
    Opcode,
    Reader,
    Status,
    close_frame,
    frame,
    handshake,
    message_frame,
)
from exercise.engine.line import Limits, Line

# The largest message a client may send, over all its fragments. Attachments go by
# HTTP; a command is a few kilobytes.
MESSAGE_LIMIT = 64 << 10
_RECEIVE = 16 << 10
# What a client may say to Engine.IO on a WebSocket: close, pong, message.
_SPOKEN = frozenset(str(each) for each in (CLOSE, PONG, MESSAGE))


class Link:
    """A WebSocket as Engine.IO wants one: send, wait and close."""

    __slots__ = (
        "_breathe", "_line", "_messages", "_more", "_on_drop", "_over", "_peer",
        "_reader",
    )  # fmt: skip

    def __init__(
        self,
        line: Line,
        on_drop: Callable[[str], object],
        breathe: Callable[[], object],
    ) -> None:
        self._line = line
        self._breathe = breathe
        self._more = False
        self._peer: Peer = line.peer
        self._on_drop = on_drop
        self._reader = Reader(MESSAGE_LIMIT)
        self._messages: deque[str] = deque()
        self._over = False

    def send(self, message: str | bytes) -> None:
        """Put a message on its way; never waits."""
        self._line.write(message_frame(message))

    def wait(self) -> str | None:
        """Return the client's next message, or nothing once it is gone.

        Where more of this client's waits already, the others have their turn first:
        reading what is there would never let go.
        """
        if self._messages or self._more:
            self._breathe()
        while not self._messages and not self._over:
            self._receive()
        return self._messages.popleft() if self._messages else None

    def close(self) -> None:
        """Say goodbye, send what is still kept, and hang up."""
        self._bid_farewell(Status.NORMAL)
        self._line.finish()

    def _receive(self) -> None:
        try:
            data = self._peer.recv(_RECEIVE)
        except (OSError, ValueError):  # ValueError: TLS of a connection that is gone
            data = b""
        self._more = len(data) == _RECEIVE
        if not data:
            self._over = True
            return
        try:
            for got in self._reader.feed(data):
                self._take(got)
        except BrokenFrameError as error:
            self._on_drop(error.status.name.lower())
            self._bid_farewell(error.status)

    def _take(self, got: str | bytes | Control) -> None:
        if isinstance(got, Control):
            self._answer(got)
        elif isinstance(got, str) and got[:1] in _SPOKEN:
            self._messages.append(got)
        else:
            self._on_drop("no_packet")

    def _answer(self, control: Control) -> None:
        if control.opcode is Opcode.PING:
            self._line.write(frame(Opcode.PONG, control.payload))
        elif control.opcode is Opcode.CLOSE:
            self._bid_farewell(Status.NORMAL)

    def _bid_farewell(self, status: Status) -> None:
        if not self._over:
            self._over = True
            self._line.write(close_frame(status))


class Lines:
    """Every connected client's line, by its Engine.IO session."""

    def __init__(self, engine: Engine, *, limits: Limits, straight: bool) -> None:
        self._engine = engine
        self._limits = limits
        self._straight = straight
        self._lines: dict[str, Line] = {}
        self.dropped: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._lines)

    def of(self, eio_sid: str) -> Line | None:
        """Return the line of an Engine.IO session, if it is connected here."""
        return self._lines.get(eio_sid)

    def drop(self, reason: str) -> None:
        """Count something a client sent that is not taken."""
        self.dropped[reason] += 1

    def carry(
        self, serve: Callable[[Link], object], reply: bytes, environ: Environ
    ) -> list[bytes]:
        """Serve one client's WebSocket until it ends."""
        client = serve.__self__  # type: ignore[attr-defined]  # a method of its socket
        line = Line(
            self._engine.peer(environ),
            spawn=self._engine.spawn,
            lock=self._engine.lock(),
            limits=self._limits,
            on_cut=partial(self.drop, "too_slow"),
        )
        line.write(reply)
        link = Link(line, self.drop, partial(self._engine.sleep, 0))
        self._lines[client.sid] = line
        try:
            if self._straight:
                _shortcut(client, link)
            serve(link)
        finally:
            del self._lines[client.sid]
            line.close()
        return self._engine.dismiss()


def attach(
    server: Untyped,
    engine: Engine,
    *,
    limits: Limits | None = None,
    straight: bool = True,
) -> Lines:
    """Give a Socket.IO server our WebSocket, and return the lines it will have."""
    lines = Lines(engine, limits=limits or Limits(), straight=straight)
    eio = server.eio
    # The only place where Engine.IO lets a WebSocket class in. A copy, because the
    # driver's own table is shared by every server of the process.
    eio._async = {  # noqa: SLF001 - a contract test holds the name
        **eio._async,  # noqa: SLF001 - as above
        "websocket": partial(_Upgrade, lines),
    }
    return lines


class _Upgrade:
    """The WSGI application that turns a request into a WebSocket."""

    def __init__(
        self, lines: Lines, serve: Callable[[Link], object], _server: object
    ) -> None:
        self._lines = lines
        self._serve = serve

    def __call__(
        self, environ: Environ, start_response: Callable[..., object]
    ) -> Iterable[bytes]:
        reply = handshake(environ)
        if reply is None:
            client = self._serve.__self__  # type: ignore[attr-defined]  # as in carry
            client.close(wait=False, abort=True)
            start_response("400 Bad Request", [("Content-Length", "0")])
            return []
        return self._lines.carry(self._serve, reply, environ)


def _shortcut(client: Untyped, link: Link) -> None:
    """Let Engine.IO's messages go straight to the line, past its queue.

    So acknowledgements and frames written by `Direct` leave in the order in which
    they were made, and no task has to wake for each of them.
    """
    # The packet that opens the session is the only one in the queue yet. It must
    # leave before any message does.
    opening = client.queue.get(block=False)
    client.queue.task_done()
    link.send(opening.encode())

    def send(packet: Untyped) -> None:
        if not client.check_ping_timeout():
            return
        if packet.packet_type == MESSAGE:
            link.send(packet.encode())
        else:
            client.queue.put(packet)

    client.send = send
