"""A real server in a process of its own, and the exercises opened on it."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from tests.conftest import ROOT

Json: TypeAlias = Any

COMMAND = (sys.executable, "-m", "exercise")
# A cold start on a busy machine migrates a database first.
START_S = 60
STOP_S = 20
SCENARIO = "quiet-harbour"


def free_port() -> int:
    """Return a port that nothing listens on just now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
    return port


@dataclass(frozen=True, slots=True)
class Opened:
    """An open exercise: its id, its codes, and a facilitator's token."""

    exercise: str
    codes: Mapping[str, str]
    room: str
    token: str


@dataclass
class House:
    """One server on one data folder; it may be stopped, killed and started again."""

    data: Path
    engine: str = "eventlet"
    port: int = field(default_factory=free_port)
    extra: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    said: list[str] = field(default_factory=list)
    _host: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def errors(self) -> str:
        """Return the tracebacks the server has logged."""
        text = self.log.read_text("utf-8") if self.log.exists() else ""
        return text if "Traceback" in text else ""

    def environment(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("DETENTE_")}
        ours = {"DETENTE_DATA": str(self.data), "PYTHONUNBUFFERED": "1"}
        return {**clean, **ours, **self.extra}

    def start(self) -> None:
        """Start the server and return once it has said `ready`."""
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(self.port), "--engine", self.engine],
                cwd=ROOT,
                env=self.environment(),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        ready = threading.Event()
        listening = threading.Thread(target=self._listen, args=(ready,), daemon=True)
        listening.start()
        if not ready.wait(START_S):
            self.kill()
        assert self.ready, (self.said, self.log.read_text("utf-8")[-3000:])

    def _listen(self, ready: threading.Event) -> None:
        process = self.process
        assert process is not None
        assert process.stdout is not None
        self.said = []
        for line in process.stdout:
            self.said.append(line.rstrip())
            if line.startswith("ready"):
                ready.set()
        ready.set()

    @property
    def ready(self) -> bool:
        return any(line.startswith("ready") for line in self.said)

    def stop(self) -> None:
        """Ask the server to end, as Ctrl+C does, and wait for it."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=STOP_S)
            finally:
                self.kill()

    def kill(self) -> None:
        """End the server as a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=STOP_S)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None

    # --- Its command line and its HTTP interface --------------------------------

    def command(self, *words: str) -> str:
        """Run `detente …` on this data folder and return what it prints."""
        done = subprocess.run(
            [*COMMAND, *words],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def ask(
        self, method: str, path: str, body: Json = None, token: str = ""
    ) -> tuple[int, Json]:
        """Call the HTTP interface and return status and answer."""
        request = urllib.request.Request(  # noqa: S310 - our own address
            f"{self.url}/api/v1{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - our own address
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as no:
            with no:
                return no.code, json.load(no)

    def page(self, path: str) -> tuple[int, str]:
        """Return a page as a stranger without a cookie sees it."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=20) as answer:  # noqa: S310 - our own address
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as no:
            with no:
                return no.code, no.read().decode()

    @property
    def host(self) -> str:
        """Return a token that may open exercises."""
        if not self._host:
            self._host = json.loads(self.command("link", "--host", "--json"))["token"]
        return self._host

    @property
    def host_link(self) -> str:
        """Return the path of a link for a person who may open exercises."""
        url: str = json.loads(self.command("link", "--host", "--json"))["url"]
        return "/" + url.split("/", 3)[3]

    def open(self, title: str = "End to end", scenario: str = SCENARIO) -> Opened:
        """Open an exercise as a program does."""
        wish = {"scenario": scenario, "title": title}
        status, told = self.ask("POST", "/exercises", wish, self.host)
        assert status == 201, told
        return Opened(
            told["exercise"], told["codes"], told["room"], told["facilitator_token"]
        )

    def join(self, code: str, name: str, seat: str | None = None) -> Json:
        """Join a delegation as a program does."""
        status, told = self.ask(
            "POST", "/join", {"code": code, "name": name, "seat": seat}
        )
        assert status == 200, told
        return told

    def order(self, opened: Opened, type_: str, **rest: Json) -> Json:
        """Give a facilitator's command, which must be accepted, and return its ack."""
        command = {"id": str(uuid.uuid4()), "type": type_, **rest}
        path = f"/exercises/{opened.exercise}/commands"
        status, ack = self.ask("POST", path, command, opened.token)
        assert status == 200, (command, ack)
        return ack

    def link(self, opened: Opened, role: str) -> str:
        """Return the path of a one-time link for a person just invited."""
        path: str = self.order(opened, "invite", role=role)["link"]
        return path

    def entries(
        self, opened: Opened, audience: str = "facilitators", *, html: bool = False
    ) -> list[Json]:
        """Return a whole stream as a facilitator's program reads it."""
        found: list[Json] = []
        path = f"/exercises/{opened.exercise}/entries?audience={audience}"
        while True:
            asked = f"{path}&after={len(found)}&html={str(html).lower()}"
            status, page = self.ask("GET", asked, token=opened.token)
            assert status == 200, page
            found += page["entries"]
            if len(found) >= page["head"]:
                return found


@contextmanager
def running(data: Path, engine: str = "eventlet", **extra: str) -> Iterator[House]:
    """Run a server for as long as the block lasts, and hold it to no traceback."""
    house = House(data, engine, extra=extra)
    try:
        house.start()
        yield house
        house.stop()
    finally:
        house.kill()
    assert not house.errors, house.errors[-4000:]
