"""People at their browsers, each in a context of their own, and what reached them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    WebSocket,
    expect,
)

from tests.design.specimen import CHROMIUM
from tests.e2e.house import House, Opened

Json: TypeAlias = Any

PATIENCE_MS = 15_000
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# What Chromium says of a line that a test has cut on purpose.
CUT = ("net::ERR_", "WebSocket connection to")
HERE = ("data:", "blob:", "about:")

expect.set_options(timeout=PATIENCE_MS)


@contextmanager
def chromium_at(play: Playwright, path: str) -> Iterator[Browser]:
    browser = play.chromium.launch(executable_path=path, args=list(CHROMIUM))
    yield browser
    browser.close()


@dataclass
class Person:
    """One person's browser: its page, all it was sent, and all that went wrong."""

    context: BrowserContext
    url: str
    page: Page
    frames: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    cut: bool = False

    def watch(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("console", self._said)
        self.page.on("pageerror", self._threw)
        self.page.on("request", self._asked)
        self.page.on("websocket", self._opened)

    def _said(self, message: ConsoleMessage) -> None:
        expected = self.cut and any(one in message.text for one in CUT)
        if message.type in {"error", "warning"} and not expected:
            self.errors.append(f"{self.page.url}: {message.text}")

    def _threw(self, error: Error) -> None:
        self.errors.append(error.stack or error.message)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.url, *HERE)):
            self.strangers.append(request.url)

    def _opened(self, line: WebSocket) -> None:
        if not line.url.startswith(self.url.replace("http", "ws", 1)):
            self.strangers.append(line.url)
        line.on("framereceived", lambda data: self.frames.append(str(data)))

    def goes(self, path: str) -> None:
        self.page.goto(self.url + path)

    def joins(self, code: str, name: str, seat: str = "") -> None:
        """Join with a code as typed, through the first page and the form."""
        self.goes("/")
        self.page.get_by_label("Your code").fill(code)
        self.page.get_by_role("button", name="Go on").click()
        self.page.get_by_label("Your name").fill(name)
        if seat:
            self.page.get_by_role("radio", name=seat).check()
        self.page.get_by_role("button", name="Join").click()
        self.page.wait_for_url("**/desk/*")

    def follows(self, link: str) -> None:
        """Use a one-time link."""
        self.goes(link)
        self.page.get_by_role("button", name="Use it in this browser").click()
        self.page.wait_for_url(lambda url: "/link/" not in url)

    def keeps(self, name: str) -> None:
        """Remember the address of the page one is on."""
        self.paths[name] = self.page.url.removeprefix(self.url)

    def is_live(self) -> None:
        expect(self.page.locator(".conn").first).to_have_attribute("data-state", "live")

    @property
    def member(self) -> str:
        return self.page.locator("body").get_attribute("data-member") or ""

    @property
    def received(self) -> str:
        """Return every byte this person was sent, as one text."""
        return "\n".join([*self.frames, self.page.content()])


@dataclass
class Room:
    """A browser, and everybody who has opened a context in it."""

    browser: Browser
    house: House
    people: list[Person] = field(default_factory=list)

    def person(self, url: str = "", **options: Json) -> Person:
        context = self.browser.new_context(
            **{"viewport": WIDE, "locale": "en-GB", **options}
        )
        page = context.new_page()
        person = Person(context, url or self.house.url, page)
        person.watch()
        self.people.append(person)
        return person

    def facilitator(self, opened: Opened, **options: Json) -> Person:
        person = self.person(**options)
        person.follows(self.house.link(opened, "facilitator"))
        person.page.wait_for_url("**/console/*")
        return person

    def closes(self) -> None:
        for one in self.people:
            one.context.close()

    def is_clean(self) -> None:
        """Hold every browser to no error, and to no word with anybody else."""
        wrong = [text for one in self.people for text in one.errors + one.strangers]
        assert not wrong, wrong
