"""A bounded load on a running server: people who join, listen and answer."""

import json
import socket
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from statistics import quantiles
from urllib.parse import urlsplit
from uuid import uuid4

from websocket import WebSocket, WebSocketException, create_connection

WAIT_S = 10.0
# Each client says something this often; a hall answers in waves, not all the time.
SAY_EVERY_S = 5.0
# People come in one after the other, this many a second.
ARRIVALS = 50
STACK = 256 * 1024


class NotLoaded(Exception):
    """The load could not be put on the server; says why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many clients, where, and for how long."""

    url: str
    code: str
    clients: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the clients saw; times in milliseconds."""

    joined: int
    failed: int
    connected: int
    dropped: int
    acks: int
    refused: int
    entries: int
    ack_median_ms: float | None
    ack_95_ms: float | None
    why: dict[str, int]

    def told(self) -> str:
        """Return the figures in words."""
        lines = [
            f"{self.joined} joined, {self.failed} failed, {self.dropped} dropped",
            f"{self.acks} acks, {self.refused} refusals, {self.entries} entries read",
        ]
        if self.ack_median_ms is not None and self.ack_95_ms is not None:
            median, most = self.ack_median_ms, self.ack_95_ms
            lines.append(f"ack: median {median:.1f} ms, 95 % within {most:.1f} ms")
        lines += [f"{count} times: {reason}" for reason, count in self.why.items()]
        return "\n".join(lines)


@dataclass(slots=True)
class Tally:
    """What all clients write down, under one lock."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    counts: Counter[str] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)
    waits_ms: list[float] = field(default_factory=list)

    def add(self, what: str, by: int = 1) -> None:
        """Count something."""
        with self.lock:
            self.counts[what] += by

    def failed(self, what: str, error: object) -> None:
        """Count a failure and remember its reason."""
        with self.lock:
            self.counts[what] += 1
            self.why[str(error)[:200] or type(error).__name__] += 1

    def waited(self, ms: float) -> None:
        """Note how long an ack took."""
        with self.lock:
            self.waits_ms.append(ms)
            self.counts["acks"] += 1


def load(plan: Plan) -> Figures:
    """Put the load on the server and return what the clients saw.

    Raises:
        NotLoaded: nobody could join.
    """
    tally, over = Tally(), threading.Event()
    threading.stack_size(STACK)
    people = [
        threading.Thread(target=_person, args=(plan, number, tally, over), daemon=True)
        for number in range(plan.clients)
    ]
    for number, one in enumerate(people):
        one.start()
        if number % ARRIVALS == ARRIVALS - 1:
            over.wait(1)
    over.wait(plan.seconds)
    over.set()
    for one in people:
        one.join(WAIT_S)
    if not tally.counts["joined"]:
        reasons = "; ".join(tally.why) or "the server did not answer"
        message = f"nobody could join at {plan.url}: {reasons}."
        raise NotLoaded(message)
    return _figures(tally)


def _figures(tally: Tally) -> Figures:
    counts, waits = tally.counts, sorted(tally.waits_ms)
    cuts = quantiles(waits, n=20) if len(waits) > 1 else None
    return Figures(
        joined=counts["joined"],
        failed=counts["failed"],
        connected=counts["connected"],
        dropped=counts["dropped"],
        acks=counts["acks"],
        refused=counts["refused"],
        entries=counts["entries"],
        ack_median_ms=round(cuts[9], 2) if cuts else None,
        ack_95_ms=round(cuts[18], 2) if cuts else None,
        why=dict(tally.why.most_common(5)),
    )


def _person(plan: Plan, number: int, tally: Tally, over: threading.Event) -> None:
    try:
        token = _join(plan, number)
    except (OSError, HTTPException, ValueError, KeyError) as error:
        tally.failed("failed", error)
        return
    tally.add("joined")
    try:
        with closing(_connect(plan, token)) as line:
            tally.add("connected")
            Conversation(line, tally).hold(number, over)
    except (OSError, WebSocketException, ValueError) as error:
        if not over.is_set():
            tally.failed("dropped", error)


def _join(plan: Plan, number: int) -> str:
    """Join with the code over HTTP and return the token."""
    address = urlsplit(plan.url)
    secure = address.scheme == "https"
    kind = HTTPSConnection if secure else HTTPConnection
    with closing(kind(address.netloc, timeout=WAIT_S)) as connection:
        body = json.dumps({"code": plan.code, "name": f"Load {number + 1}"})
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/api/v1/join", body, headers)
        answer = connection.getresponse()
        told = json.loads(answer.read() or b"{}")
        if answer.status >= HTTPStatus.BAD_REQUEST:
            message = told.get("message", f"HTTP {answer.status}")
            raise ValueError(message)
    return str(told["token"])


def _connect(plan: Plan, token: str) -> WebSocket:
    """Open the live channel: Engine.IO 4, then the namespace with our token."""
    address = plan.url.replace("http", "ws", 1).rstrip("/")
    line = create_connection(
        f"{address}/socket.io/?EIO=4&transport=websocket",
        timeout=WAIT_S,
        suppress_origin=True,
        sockopt=((socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),),
    )
    line.recv()
    line.send("40/live," + json.dumps({"token": token, "html": False}))
    return line


class Conversation:
    """One client's talk with the server."""

    def __init__(self, line: WebSocket, tally: Tally) -> None:
        self._line = line
        self._tally = tally
        self._asked: dict[int, tuple[str, float]] = {}
        self._inject = ""
        self._done: set[str] = set()

    def hold(self, number: int, over: threading.Event) -> None:
        """Listen until `over`, and acknowledge each inject in one's own time."""
        self._line.settimeout(0.5)
        self._ask("sync", {"cursors": {}})
        next_s = time.monotonic() + SAY_EVERY_S * ((number % 10) + 1) / 10
        while not over.is_set():
            with suppress(TimeoutError, WebSocketException):
                self._take(str(self._line.recv()))
            if not self._line.connected:
                message = "the server closed the connection"
                raise OSError(message)
            if time.monotonic() >= next_s:
                next_s += SAY_EVERY_S
                self._say()

    def _say(self) -> None:
        if not self._inject:
            return
        command = {"id": str(uuid4()), "type": "acknowledge", "about": self._inject}
        self._ask("command", command)

    def _ask(self, event: str, body: object) -> None:
        number = len(self._done) + len(self._asked) + 1
        self._asked[number] = (event, time.monotonic())
        self._line.send(f"42/live,{number}" + json.dumps([event, body]))

    def _take(self, packet: str) -> None:
        if packet == "2":
            self._line.send("3")
        elif packet.startswith("43/live,"):
            self._acked(packet.removeprefix("43/live,"))
        elif packet.startswith("42/live,"):
            event, body = json.loads(packet.removeprefix("42/live,"))[:2]
            if event == "entries":
                self._read(body["entries"])
        elif packet.startswith("44/live,"):
            raise OSError(packet.removeprefix("44/live,"))

    def _acked(self, rest: str) -> None:
        digits, body = rest.split("[", 1)
        event, asked_s = self._asked.pop(int(digits))
        self._done.add(digits)
        answer = json.loads("[" + body)[0]
        if event == "sync":
            for page in answer.get("audiences", {}).values():
                self._read(page["entries"])
        elif answer.get("ok"):
            self._tally.waited((time.monotonic() - asked_s) * 1000)
        else:
            self._tally.failed("refused", answer.get("message", "refused"))

    def _read(self, entries: list[dict[str, object]]) -> None:
        self._tally.add("entries", len(entries))
        for one in entries:
            if one["kind"] == "inject_released":
                self._inject = str(one["id"])
