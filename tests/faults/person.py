"""A person's browser as a program: it keeps what is unanswered and repairs its view."""

import json
import socket
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import websocket

Json: TypeAlias = Any

# A beat comes every 5 s; who hears nothing for longer is not connected.
SILENCE_S = 8.0
# What is not answered is sent again under the same id, as the pages do.
AGAIN_S = 2.0
BACK_S = 0.2
# With these a server says that one is out, and not that it stumbled.
OUT = {"forbidden", "unauthenticated"}
# gevent's time-outs aside, these are all the ways in which a line ends.
ENDED = (OSError, websocket.WebSocketException, json.JSONDecodeError)


@dataclass
class Waiting:
    """A command without an answer: since when, and when it was sent last."""

    command: Json
    since: float
    last: float = 0.0


@dataclass(eq=False)
class Person:
    """One member at one desk, connected as well as the road allows."""

    name: str
    member: str
    token: str
    stream: str
    port: Callable[[], int]
    view: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    # What is odd only of somebody who is still in.
    shut: list[str] = field(default_factory=list)
    outbox: dict[str, Waiting] = field(default_factory=dict)
    sent: dict[str, Json] = field(default_factory=dict)
    answers: list[tuple[str, Json, float]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    longest_s: float = 0.0
    cut_off: str = ""
    over: bool = False
    # Whether to read on elsewhere when seated elsewhere, as a page that reloads.
    follows: bool = False

    def __post_init__(self) -> None:
        self.epoch = ""
        self.news = threading.Condition()
        self._line: websocket.WebSocket | None = None
        self._sending = threading.Lock()
        self._asked: dict[int, str] = {}
        self._numbers = 0
        self._syncing = 0.0
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> "Person":
        self._thread.start()
        return self

    def stop(self) -> None:
        self.over = True
        self.hang_up()
        self._thread.join(10)

    def hang_up(self) -> None:
        """Break this line; it comes back by itself."""
        line = self._line
        if line is not None and line.sock is not None:
            # To close it would not wake the one who reads.
            with suppress(OSError):
                line.sock.shutdown(socket.SHUT_RDWR)

    # --- What a person does -----------------------------------------------------

    def says(self, type_: str, **rest: Json) -> str:
        """Send a command once it can be sent, until it is answered; return its id."""
        id_ = str(uuid.uuid4())
        command = {"id": id_, "type": type_, **rest}
        with self.news:
            self.sent[id_] = command
            self.outbox[id_] = Waiting(command, time.monotonic())
        self._send_command(id_)
        return id_

    def waits(self, seconds: float, until: Callable[[], bool]) -> bool:
        """Wait until something is true of this person."""
        with self.news:
            return self.news.wait_for(until, seconds)

    def answered(self, id_: str) -> Json | None:
        return next((ack for one, ack, _ in self.answers if one == id_), None)

    # --- The line ---------------------------------------------------------------

    def _run(self) -> None:
        while not self.over:
            line = None
            try:
                line = self._open()
                self._greet(line)
                while not self.over:
                    self._hear(self._next())
            except ENDED:
                pass
            self._line = None
            if line is not None:
                line.shutdown()
            self.over = self.over or bool(self.cut_off)
            if not self.over:
                time.sleep(BACK_S)

    def _open(self) -> websocket.WebSocket:
        url = f"ws://127.0.0.1:{self.port()}/socket.io/?EIO=4&transport=websocket"
        return websocket.create_connection(url, timeout=SILENCE_S, suppress_origin=True)

    def _greet(self, line: websocket.WebSocket) -> None:
        """Say who this is; once let in, ask for what was missed and send what waits."""
        line.recv()
        auth = {"token": self.token, "html": False, "lang": "en"}
        line.send("40/live," + json.dumps(auth))
        self._asked, self._syncing = {}, 0.0
        while not (said := line.recv()).startswith(("40/live", "44/live")):
            if not said:
                raise OSError
            if said == "2":
                line.send("3")
        if said.startswith("44/live"):
            code = json.loads(said[said.index(",") + 1 :]).get("data", {}).get("code")
            self.cut_off = str(code) if code in OUT else ""
            raise OSError
        self._line = line
        self._sync()
        for id_ in list(self.outbox):
            self._send_command(id_)

    def _next(self) -> str:
        line = self._line
        if line is None:
            raise OSError
        said = line.recv()
        if not said:
            raise OSError
        self.raw.append(said)
        return str(said)

    def _hear(self, said: str) -> None:
        if said == "2":
            self._put("3")
            self.sends_again()
        elif said.startswith("42/live,"):
            self._event(*json.loads(said[said.index("[") :])[:2])
        elif said.startswith("43/live,"):
            number, _, rest = said[len("43/live,") :].partition("[")
            about = self._asked.pop(int(number), "")
            told = json.loads("[" + rest)
            if told and about:
                self._answer(about, told[0])
        elif said.startswith("41/live"):
            raise OSError

    def _event(self, name: str, told: Json) -> None:
        if name == "entries":
            self._take(told["audience"], told["epoch"], told["entries"])
        elif name == "beat":
            self.sends_again()
            behind = told["heads"].get(self.stream, 0) > len(self.view)
            if behind or told["epoch"] != self.epoch:
                self._sync()
        elif name == "revoked":
            self.cut_off = str(told.get("reason", "revoked"))
            with self.news:
                self.news.notify_all()
            raise OSError

    def _take(self, audience: str, epoch: str, entries: list[Json]) -> None:
        if audience != self.stream and self.follows:
            with self.news:
                self.stream = audience
                self.view.clear()
        if epoch != self.epoch or audience != self.stream or not self.view:
            self._sync()
            return
        with self.news:
            for entry in entries:
                if not self._apply(entry):
                    break
            self.news.notify_all()

    def _apply(self, entry: Json) -> bool:
        """Take an entry in if it is the next; ask for what is between if not."""
        at, id_ = entry["position"], entry["id"]
        if at == len(self.view) + 1:
            self.view.append(id_)
        elif at <= len(self.view):
            if self.view[at - 1] != id_:
                self.odd.append(f"{at} is {id_}, and was {self.view[at - 1]}")
        else:
            self._sync()
            return False
        return True

    def _sync(self) -> None:
        # A store that was away has left it unanswered: then we ask again.
        if time.monotonic() - self._syncing > AGAIN_S:
            self._syncing = time.monotonic()
            self._ask("sync", {"cursors": {self.stream: len(self.view)}}, "sync")

    def _answer(self, about: str, told: Json) -> None:
        if about == "sync":
            self._synced(told)
            return
        with self.news:
            waiting = self.outbox.pop(about, None)
            if told.get("ok"):
                self.answers.append((about, told, time.time()))
            else:
                self.refused[about] = told.get("code", "")
            if waiting is not None:
                lasted = time.monotonic() - waiting.since
                self.longest_s = max(self.longest_s, lasted)
            self.news.notify_all()

    def _synced(self, told: Json) -> None:
        self._syncing = 0.0
        if not told.get("ok"):
            if not self.follows:
                self.shut.append(f"sync was refused: {told}")
            return
        with self.news:
            if told["epoch"] != self.epoch:
                fresh = not self.epoch
                self.epoch = told["epoch"]
                if not fresh:
                    self.view.clear()
            page = told["audiences"][self.stream]
            if page["head"] < len(self.view):
                self.view.clear()
            whole = all(self._apply(one) for one in page["entries"])
            behind = page["head"] > len(self.view)
            self.news.notify_all()
        if behind or not whole:
            self._sync()

    def _send_command(self, id_: str) -> None:
        waiting = self.outbox.get(id_)
        if waiting is not None and self._line is not None:
            waiting.last = time.monotonic()
            self._ask("command", waiting.command, id_)

    def sends_again(self) -> None:
        """Send what has waited for its answer too long."""
        now = time.monotonic()
        for id_, waiting in list(self.outbox.items()):
            if now - waiting.last > AGAIN_S:
                self._send_command(id_)

    def _ask(self, event: str, argument: Json, about: str) -> None:
        with self._sending:
            self._numbers += 1
            self._asked[self._numbers] = about
            number = self._numbers
        self._put(f"42/live,{number}" + json.dumps([event, argument]))

    def _put(self, text: str) -> None:
        line = self._line
        if line is None:
            return
        try:
            line.send(text)
        except ENDED:
            # The reader notices by itself, and sends again.
            line.shutdown()
        except (OSError, AttributeError):
            return
