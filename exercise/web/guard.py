"""The guard between Socket.IO and our handlers.

python-socketio lets a client send an ordinary event that is *named* `connect` and
runs that handler again with the client's own words; it accepts binary packets and
namespaces nobody listens to; and it takes an empty addressee for everyone.
"""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias

from engineio.packet import MESSAGE, Packet
from socketio.packet import ACK, CONNECT, CONNECT_ERROR, DISCONNECT, EVENT

from exercise.engine import Engine
from exercise.web import strict_json

# What comes from Socket.IO, which has no types.
Untyped: TypeAlias = Any

RESERVED = frozenset(("connect", "disconnect", "*"))
# How long a socket may stay without a namespace that accepted it, and how often
# that is looked at.
PATIENCE = 10.0
SWEEP_EVERY = 1.0


class NobodyAddressedError(ValueError):
    """Something was to be sent to nobody, which Socket.IO would take for everyone."""


def socket_options(engine: Engine) -> dict[str, object]:
    """Return the options every `SocketIO(app, …)` of ours is made with."""
    return {
        "async_mode": engine.async_mode,
        # By default one client's events overtake each other.
        "async_handlers": False,
        # A long poll with seventeen packets is answered "OK" and dropped whole.
        "transports": ["websocket"],
        "json": strict_json,
        "max_http_buffer_size": 64 << 10,
        # A phone that died is noticed within 18 seconds instead of 45.
        "ping_interval": 10,
        "ping_timeout": 8,
        # The gate has decided already, and knows our origins behind a proxy.
        "cors_allowed_origins": [],
    }


class Guard:
    """Lets through what is registered, and counts the rest."""

    def __init__(
        self, socketio: Untyped, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Stand in front of the handlers of a `SocketIO` that has its app."""
        self._server = socketio.server
        self._now = now
        self._unaccepted: dict[str, float] = {}
        self.dropped: Counter[str] = Counter()
        self._emit = self._server.emit
        self._server.emit = self._emit_to_somebody
        self._server.eio.on("message", self._take)

    def sweep(self) -> None:
        """Cut the sockets that no namespace has accepted for too long."""
        now, before = self._now(), self._unaccepted
        self._unaccepted = {
            sid: before.get(sid, now)
            for sid in list(self._server.eio.sockets)
            if not self._is_accepted(sid)
        }
        for sid, since in self._unaccepted.items():
            if now - since >= PATIENCE:
                self._cut(sid)

    def watch(self, sleep: Callable[[float], object]) -> None:
        """Sweep for ever; run it as a supervised task."""
        while True:
            self.sweep()
            sleep(SWEEP_EVERY)

    def _cut(self, eio_sid: str) -> None:
        client = self._server.eio.sockets.get(eio_sid)
        if client is not None and not client.closed:
            self.dropped["never_joined"] += 1
            client.close(wait=False)

    def _is_accepted(self, eio_sid: str) -> bool:
        manager = self._server.manager
        return any(
            manager.is_connected(manager.sid_from_eio_sid(eio_sid, each), each)
            for each in list(manager.get_namespaces())
        )

    def _take(self, eio_sid: str, data: object) -> None:
        packet = self._decode(data)
        if packet is None:
            self.dropped["undecodable"] += 1
            return
        namespace = packet.namespace or "/"
        if packet.packet_type == CONNECT:
            self._connect(eio_sid, namespace, packet)
        elif packet.packet_type == DISCONNECT:
            reason = self._server.reason.CLIENT_DISCONNECT
            self._server._handle_disconnect(eio_sid, namespace, reason)  # noqa: SLF001 - a contract test holds the name
        elif packet.packet_type == EVENT:
            self._event(eio_sid, namespace, packet)
        else:
            # We ask clients for no acknowledgements, and speak no binary.
            self.dropped["unexpected_packet"] += 1

    def _decode(self, data: object) -> Untyped:
        if not isinstance(data, str):
            return None
        try:
            return self._server.packet_class(encoded_packet=data)
        except (ValueError, TypeError, IndexError):
            return None

    def _connect(self, eio_sid: str, namespace: str, packet: Untyped) -> None:
        if eio_sid not in self._server.environ:
            return  # It hung up while it waited for its turn.
        if namespace in self._server.handlers:
            self._server._handle_connect(eio_sid, namespace, packet.data)  # noqa: SLF001 - as above
            return
        # Socket.IO would accept the default namespace although nobody is there.
        self.dropped["unknown_namespace"] += 1
        refusal = self._server.packet_class(
            CONNECT_ERROR, data="Unable to connect", namespace=namespace
        )
        self._server._send_packet(eio_sid, refusal)  # noqa: SLF001 - as above

    def _event(self, eio_sid: str, namespace: str, packet: Untyped) -> None:
        match packet.data:
            case [str(name), *arguments] if self._is_registered(namespace, name):
                # One argument, whatever was sent: handlers need not count them.
                told = arguments[0] if len(arguments) == 1 else None
                self._handle(eio_sid, namespace, packet.id, name, told)
            case _:
                self.dropped["unregistered_event"] += 1

    def _handle(
        self, eio_sid: str, namespace: str, number: int | None, name: str, told: object
    ) -> None:
        """Do what Socket.IO would, without its detours: each command comes by here."""
        sid = self._server.manager.sid_from_eio_sid(eio_sid, namespace)
        if not self._server.manager.is_connected(sid, namespace):
            return
        answer = self._server.handlers[namespace][name](sid, told)
        if number is None or answer is self._server.not_handled:
            return
        said = strict_json.dumps([] if answer is None else [answer])
        where = "" if namespace == "/" else f"{namespace},"
        packet = Packet(MESSAGE, f"{ACK}{where}{number}{said}")
        self._server._send_eio_packet(eio_sid, packet)  # noqa: SLF001 - as above

    def _is_registered(self, namespace: str, name: str) -> bool:
        registered = self._server.handlers.get(namespace, {})
        return name in registered and name not in RESERVED

    def _emit_to_somebody(
        self,
        event: str,
        data: object = None,
        to: object = None,
        room: object = None,
        **options: object,
    ) -> None:
        if not (to or room):
            raise NobodyAddressedError(event)
        self._emit(event, data, to=to, room=room, **options)
