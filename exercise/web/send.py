"""What the server says to its own sockets, in the live channel's namespace."""

from collections.abc import Iterable
from typing import Protocol

import orjson

from exercise.web.sockets import Listener, Sockets

NAMESPACE = "/live"


class Frames(Protocol):
    """The door through which everything leaves."""

    def send(
        self, namespace: str, sids: Iterable[str], event: str, data: bytes
    ) -> None:
        """Send an event to sockets."""

    def hang_up(self, namespace: str, sid: str) -> None:
        """End a socket after what was sent to it before."""


class Sender:
    """Sends events to sockets, and to nobody when there is nobody."""

    def __init__(self, frames: Frames, sockets: Sockets) -> None:
        self._frames = frames
        self._sockets = sockets

    def send(self, sids: Iterable[str], event: str, data: bytes) -> None:
        """Send an event whose one argument is the JSON text `data`."""
        targets = list(sids)
        if targets:
            self._frames.send(NAMESPACE, targets, event, data)

    def say(self, sids: Iterable[str], event: str, value: object) -> None:
        """Send an event with a plain value."""
        self.send(sids, event, orjson.dumps(value))

    def cut(self, listener: Listener, reason: str) -> None:
        """Tell a socket why it ends, and end it."""
        self._sockets.drop(listener.sid)
        self.say([listener.sid], "revoked", {"reason": reason})
        self._frames.hang_up(NAMESPACE, listener.sid)
