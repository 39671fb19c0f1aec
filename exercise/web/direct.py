"""The one place that sends: one frame, encoded once, to many sockets.

Socket.IO's own `emit` wakes a task for every client and takes four times as long;
it stays available behind a setting.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from exercise.engine import Engine
from exercise.engine.frames import Opcode, frame
from exercise.engine.line import Limits, Line
from exercise.engine.lines import Lines, attach
from exercise.web import strict_json
from exercise.web.guard import NobodyAddressedError

# What comes from Socket.IO, which has no types.
Untyped: TypeAlias = Any

NOWHERE = (None, None)


@dataclass(frozen=True, slots=True)
class Message:
    """One event on its way, as it is and as bytes for a WebSocket."""

    namespace: str
    event: str
    data: bytes
    framed: bytes


class Direct:
    """Sends events to sockets of this process, in order and without waiting.

    What is sent to a socket whose connect handler is still at work is kept until it
    is accepted, and forgotten when it is refused.
    """

    def __init__(
        self,
        socketio: Untyped,
        engine: Engine,
        *,
        stock: bool = False,
        limits: Limits | None = None,
    ) -> None:
        """Take over the WebSockets of a `SocketIO` that has its app."""
        self._server = socketio.server
        self._manager = socketio.server.manager
        self._engine = engine
        self._stock = stock
        self._limits = limits or Limits()
        self._lock = engine.lock()
        # By Socket.IO session, which no two namespaces share. A socket without a
        # line did not come over a WebSocket; it gets what it gets by `emit`.
        self._open: dict[str, tuple[str, Line | None]] = {}
        self._early: dict[str, list[Message]] = {}
        self.lines: Lines = attach(
            self._server, engine, limits=self._limits, straight=not stock
        )
        self._follow_the_manager()

    def send(
        self, namespace: str, sids: Iterable[str], event: str, data: bytes
    ) -> None:
        """Send an event whose one argument is the JSON text `data` to each of `sids`.

        Sockets that are not here any more are passed over.
        """
        targets = _somebody(sids)
        message = Message(namespace, event, data, _framed(namespace, event, data))
        known, framed = self._open, message.framed
        with self._lock:
            for sid in targets:
                where, line = known.get(sid, NOWHERE)
                # The way of a release to a full hall: as few steps as can be.
                if line is not None and where == namespace and not self._stock:
                    line.write(framed)
                else:
                    self._send_one(sid, message)

    def forget(self, sid: str) -> None:
        """Send nothing more to a socket, and drop what is kept for it."""
        with self._lock:
            self._open.pop(sid, None)
            self._early.pop(sid, None)

    def hang_up(self, namespace: str, sid: str) -> None:
        """End a socket's connection, after what was sent to it before."""
        eio_sid = self._manager.eio_sid_from_sid(sid, namespace)
        if eio_sid is None:
            return
        self._server.disconnect(sid, namespace=namespace)
        self._engine.spawn(self._server.eio.disconnect, eio_sid)

    def _send_one(self, sid: str, message: Message) -> None:
        namespace, line = self._open.get(sid, NOWHERE)
        if namespace == message.namespace:
            self._out(sid, line, message)
        elif self._manager.is_pre_connected(sid, message.namespace):
            self._keep(sid, message)

    def _out(self, sid: str, line: Line | None, message: Message) -> None:
        if line is not None and not self._stock:
            line.write(message.framed)
            return
        value = strict_json.loads(message.data)
        self._server.emit(message.event, value, to=sid, namespace=message.namespace)

    def _keep(self, sid: str, message: Message) -> None:
        kept = self._early.setdefault(sid, [])
        # A connect handler that hangs gets no more than a client that hangs.
        if len(kept) < self._limits.frames:
            kept.append(message)

    def _follow_the_manager(self) -> None:
        """Learn from Socket.IO's manager when a socket is accepted and when it ends."""
        manager = self._manager
        connect, pre_disconnect = manager.connect, manager.pre_disconnect
        disconnect = manager.disconnect

        def accepted(sid: str, namespace: str) -> str:
            with self._lock:
                known: str = connect(sid, namespace)
                self._begin(known, namespace)
            return known

        def ending(sid: str, namespace: str) -> Untyped:
            self.forget(sid)
            return pre_disconnect(sid, namespace)

        def ended(sid: str, namespace: str, **options: object) -> Untyped:
            self.forget(sid)
            return disconnect(sid, namespace, **options)

        manager.connect, manager.pre_disconnect = accepted, ending
        manager.disconnect = ended

    def _begin(self, sid: str, namespace: str) -> None:
        line = self.lines.of(self._manager.eio_sid_from_sid(sid, namespace))
        self._open[sid] = (namespace, line)
        for message in self._early.pop(sid, ()):
            self._out(sid, line, message)


def _somebody(sids: Iterable[str]) -> tuple[str, ...]:
    # A single name is an iterable of letters, and surely a mistake.
    targets = () if isinstance(sids, str) else tuple(sids or ())
    if not targets or not all(targets):
        raise NobodyAddressedError(repr(sids))
    return targets


def _framed(namespace: str, event: str, data: bytes) -> bytes:
    """Return the event as Engine.IO message, Socket.IO event and WebSocket frame."""
    where = "" if namespace == "/" else f"{namespace},"
    name = strict_json.dumps(event)
    return frame(Opcode.TEXT, f"42{where}[{name},".encode() + data + b"]")
