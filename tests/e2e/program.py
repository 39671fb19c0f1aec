"""A program on the live channel, written from the contract alone."""

import threading
import uuid
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeAlias

import socketio

from tests.e2e.house import House

Json: TypeAlias = Any

PATIENCE_S = 15
HEARD = ("entries", "beat", "presence", "read", "revoked")


class Program:
    """One socket of one member; it keeps everything it hears, in order."""

    def __init__(self, house: House, token: str, *, html: bool = False) -> None:
        self.heard: list[tuple[str, Json]] = []
        self.ended = False
        self._news = threading.Condition()
        self._socket = socketio.Client(reconnection=False, handle_sigint=False)
        for event in HEARD:
            self._socket.on(event, self._hears(event), namespace="/live")
        self._socket.on("disconnect", self._end, namespace="/live")
        self._house = house
        self._auth = {"token": token, "html": html, "lang": "en"}

    def __enter__(self) -> Self:
        self._socket.connect(
            self._house.url,
            auth=self._auth,
            namespaces=["/live"],
            transports=["websocket"],
            wait_timeout=PATIENCE_S,
        )
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._socket.shutdown()

    def _hears(self, event: str) -> Callable[[Json], None]:
        def note(told: Json) -> None:
            with self._news:
                self.heard.append((event, told))
                self._news.notify_all()

        return note

    def _end(self, *_reason: object) -> None:
        with self._news:
            self.ended = True
            self._news.notify_all()

    def waits(self, for_what: Callable[[], Json], within: float = PATIENCE_S) -> Json:
        """Wait until something is true of what was heard, and return it."""
        with self._news:
            self._news.wait_for(for_what, within)
            found = for_what()
        assert found, self.heard[-5:]
        return found

    def call(self, event: str, argument: Json) -> Json:
        """Emit and return the ack."""
        return self._socket.call(event, argument, namespace="/live", timeout=PATIENCE_S)

    def sync(self, cursors: dict[str, int] | None = None) -> Json:
        told = self.call("sync", {"cursors": cursors or {}})
        assert told["ok"], told
        return told

    def does(self, type_: str, **rest: Json) -> Json:
        """Send a command under a fresh id."""
        return self.call("command", {"id": str(uuid.uuid4()), "type": type_, **rest})

    def did(self, type_: str, **rest: Json) -> Json:
        """Send a command that must be accepted, and return its ack."""
        ack = self.does(type_, **rest)
        assert ack["ok"], (type_, rest, ack)
        return ack

    @property
    def entries(self) -> list[Json]:
        """Return the entries heard live, in order."""
        frames = [told for event, told in self.heard if event == "entries"]
        return [entry for frame in frames for entry in frame["entries"]]

    def events(self, name: str) -> list[Json]:
        return [told for event, told in self.heard if event == name]

    def hears(self, kind: str, **body: Json) -> Json:
        """Wait for an entry of a kind, with these values in its body."""

        def found() -> Json:
            for entry in self.entries:
                has = entry["body"]
                if entry["kind"] == kind and body.items() <= has.items():
                    return entry
            return None

        return self.waits(found)

    def everything(self, audience: str) -> list[Json]:
        """Return a whole stream by syncing from nothing."""
        entries: list[Json] = []
        while True:
            told = self.sync({audience: len(entries)})["audiences"][audience]
            entries += told["entries"]
            if len(entries) >= told["head"]:
                return entries
