"""The whole web floor on memory: browsers, programs and sockets without a server."""

import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from exercise.adapters.codec import EventCodec, scenario_sha256
from exercise.adapters.memory import MemoryTimeline, MemoryWatch
from exercise.adapters.memory_directory import MemoryDirectory
from exercise.adapters.memory_papers import MemoryPapers
from exercise.adapters.ports_real import RandomIds, RandomSalts, SystemClock
from exercise.adapters.signer import Ed25519Signer, new_private
from exercise.domain.chain import in_fours
from exercise.domain.commands import WireCommand
from exercise.domain.scenario import Scenario
from exercise.engine.threads_engine import ThreadsEngine
from exercise.service.conduct import Conduct, Surroundings
from exercise.service.enrol import Enrol, Opened
from exercise.service.papers import Paper
from exercise.service.ports import Ports, Timeline, WallClock
from exercise.service.requests import Ack, Request
from exercise.web.nudges import Nudges
from exercise.web.services import (
    Documents,
    Ground,
    Listed,
    NotMade,
    Services,
    Shelf,
    Told,
)
from exercise.web.site import create_site
from tests.adapters.files import a_pdf
from tests.adapters.stand import Store
from tests.domain.small import a_scenario

Json: TypeAlias = Any

SECRET = secrets.token_urlsafe(32)
SOON_S = 5.0


class ShortLived(ThreadsEngine):
    """Threads that end with the test."""

    def __init__(self) -> None:
        super().__init__()
        self._over = threading.Event()

    def spawn(self, task: Callable[..., object], *args: object) -> None:
        def until_the_end() -> None:
            with suppress(SystemExit):
                task(*args)

        super().spawn(until_the_end)

    def sleep(self, seconds: float) -> None:
        if self._over.wait(seconds):
            raise SystemExit

    def end(self) -> None:
        self._over.set()


@dataclass
class Stage:
    """One site with one exercise open on it."""

    app: Flask
    live: Any
    ground: Ground
    engine: ShortLived
    opened: Opened
    timeline: Timeline
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def exercise(self) -> str:
        return self.opened.exercise

    @property
    def services(self) -> Services:
        found: Services = self.app.extensions["detente"]
        return found

    def code(self, party: str) -> str:
        return in_fours(self.opened.codes[party])

    def head(self) -> int:
        return self.timeline.head(self.exercise).seq

    def browser(self) -> "Browser":
        return Browser(self, self.app.test_client())

    def delegate(self, party: str, name: str = "Amina", seat: str = "") -> "Browser":
        """Return a browser that joined with a delegation's code."""
        browser = self.browser()
        browser.get(f"/j/{self.code(party)}")
        form = {"name": name, "seat": seat}
        answer = browser.post(f"/j/{self.code(party)}", **form)
        assert answer.status_code == 303, answer.text
        browser.member = answer.location.rpartition("/")[2]
        return browser

    def by_link(self, role: str, exercise: str | None = None) -> "Browser":
        """Return a browser that spent a one-time link."""
        where = self.exercise if exercise is None else exercise
        browser = self.browser()
        path = f"/link/{self.ground.enrol.link(where, role)}"
        browser.get(path)
        answer = browser.post(path)
        assert answer.status_code == 303, answer.text
        if role != "host":
            held = self.ground.directory.memberships(browser.token)
            browser.member = held[-1].member if held else ""
        return browser

    def program(self, role: str = "facilitator") -> str:
        token = self.ground.enrol.program(self.exercise, role)  # type: ignore[arg-type] # one of the roles
        assert isinstance(token, str)
        return token

    def do(self, member: str, command: WireCommand) -> Ack:
        """Let a member do something, past the wire."""
        request = Request(member, str(uuid4()), command)
        outcome = self.ground.conduct.submit(self.exercise, request)
        assert isinstance(outcome, Ack), outcome
        return outcome

    def socket(self, auth: object, browser: "Browser | None" = None) -> "Socket":
        client = self.live.test_client(
            self.app,
            namespace="/live",
            auth=auth,
            headers={"Cookie": browser.cookie} if browser else None,
        )
        return Socket(client)


@dataclass
class Browser:
    """A browser with its cookie and the CSRF word of the last page."""

    stage: Stage
    client: FlaskClient
    csrf: str = ""
    member: str = ""

    @property
    def cookie(self) -> str:
        found = self.client.get_cookie("detente")
        return f"detente={found.value}" if found else ""

    @property
    def token(self) -> str:
        return self.cookie.removeprefix("detente=").partition(".")[0]

    def get(self, path: str, **options: str) -> TestResponse:
        answer = self.client.get(path, **options)
        self.csrf = csrf_in(answer.text) or self.csrf
        return answer

    def post(self, path: str, **form: str) -> TestResponse:
        answer = self.client.post(path, data={"csrf_token": self.csrf, **form})
        self.csrf = csrf_in(answer.text) or self.csrf
        return answer

    def api(self, path: str, body: object, **headers: str) -> TestResponse:
        told = {"X-CSRFToken": self.csrf, **headers}
        return self.client.post(f"/api/v1{path}", json=body, headers=told)


@dataclass
class Socket:
    """A socket of the live channel."""

    client: Any

    @property
    def open(self) -> bool:
        found: bool = self.client.is_connected("/live")
        return found

    def ask(self, event: str, value: object = None) -> Json:
        return self.client.emit(event, value, namespace="/live", callback=True)

    def command(self, kind: str, **told: object) -> Json:
        return self.ask("command", {"id": str(uuid4()), "type": kind, **told})

    def heard(self, event: str) -> list[Any]:
        """Return the arguments of every event of this name so far."""
        return [
            each["args"][0] for each in list(self.client.queue) if each["name"] == event
        ]

    def entries(self) -> list[dict[str, Any]]:
        return [one for frame in self.heard("entries") for one in frame["entries"]]

    def waits_for(self, told: Callable[["Socket"], bool]) -> None:
        eventually(lambda: told(self))


def csrf_in(page: str) -> str:
    """Return the word that the forms of a page carry."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    return found[1] if found else ""


def eventually(told: Callable[[], bool]) -> None:
    """Wait until it is so; a test that waits in vain fails."""
    until = time.monotonic() + SOON_S
    while not told():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.01)


def stand_ins(scenario: Scenario) -> tuple[Paper, ...]:
    """Return some bytes for each file that a scenario names."""
    return tuple(
        Paper(digest, one.name, one.type or "pdf", a_pdf(one.name))
        for digest, one in scenario.files.items()
    )


@contextmanager
def a_stage(
    scenario: Scenario | None = None,
    *,
    flood: bool = True,
    clock: WallClock | None = None,
    store: Store | None = None,
    papers: Sequence[Paper] | None = None,
) -> Iterator[Stage]:
    """Give a site with an exercise open, until the test ends; on memory if not told."""
    written = scenario or a_scenario()
    engine, nudges, memory = ShortLived(), Nudges(), MemoryTimeline()
    timeline = store.timeline if store else memory
    directory = store.directory if store else MemoryDirectory(memory, SECRET)
    clock, ids, codec = clock or SystemClock(), RandomIds(), EventCodec()
    kept, files = MemoryPapers(), stand_ins(written) if papers is None else papers
    signer = Ed25519Signer(new_private())
    conduct = Conduct(
        Ports(timeline, codec, clock, ids, RandomSalts(), signer),
        Surroundings(
            watch=MemoryWatch(),
            spawn=engine.spawn,
            sleep=lambda _seconds: None,
            nudge=nudges,
            holder="test",
            sole=True,
        ),
    )

    def fresh_token() -> str:
        return secrets.token_urlsafe(16)

    def followed(
        exercise: str, form: str, edition: str, language: str, told: Told
    ) -> bytes:
        told(40, "Writing the report")
        if edition == "full":
            raise NotMade("torn paper")
        return f"{exercise} {form} {edition} {language}".encode()

    ground = Ground(
        engine=engine,
        conduct=conduct,
        timeline=timeline,
        directory=directory,
        clock=clock,
        codec=codec,
        enrol=Enrol(conduct.submit, timeline, directory, clock, ids, fresh_token, kept),
        papers=kept,
        shelf=Shelf(
            titles=lambda: [(written.id, written.title)],
            read=lambda id_: (
                Listed(written, scenario_sha256(written), files)
                if id_ == written.id
                else None
            ),
            warm_ups=lambda: [written.id] if written.warm_up else [],
        ),
        documents=Documents(
            record=lambda exercise: iter([exercise.encode() + b"\n"]),
            report=lambda exercise, form, edition, language: (
                f"{exercise} {form} {edition} {language}".encode()
            ),
            types={"html": "text/html"},
            follow=followed,
            steps=((40, "Writing the report"),),
        ),
        secret=SECRET,
        fresh_token=fresh_token,
        on_nudge=nudges.listen,
        flood=flood,
    )
    app, live = create_site(ground)
    opened = ground.enrol.open(
        "Spring course", written, scenario_sha256(written), papers=files
    )
    stage = Stage(app, live, ground, engine, opened, timeline)
    try:
        yield stage
    finally:
        stage.services.tailers.stop()
        conduct.stop()
        engine.end()
