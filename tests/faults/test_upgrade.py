"""A page that was loaded before an upgrade goes on against the server after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, WebSocket, expect

from exercise.adapters.database import open_database
from exercise.adapters.promises import verify_stored
from tests.e2e.house import House, Opened
from tests.e2e.people import Person, Room
from tests.e2e.test_room import goes, mail, sends, writes
from tests.faults.conftest import SQLITE
from tests.faults.figures import Figures, Table, row_of
from tests.faults.tomorrow import KIND, MARK, later_version

pytestmark = [pytest.mark.faults, pytest.mark.browser]

ENGINE = "eventlet"
SAID = "Vesmark asks for calm."
ASSETS = "() => [...document.scripts].map(one => one.src).sort()"


@dataclass
class Upgrade:
    """A server, a delegate at its desk, and the version that comes."""

    house: House
    opened: Opened
    ves: Person
    later: dict[str, str]
    lines: list[WebSocket]

    def sends(self, title: str) -> str:
        """Send an unplanned inject to everybody; return its id."""
        self.house.order(
            self.opened, "ad_hoc_inject", title=title, body="Read this.",
            channel="cable", audience="all",
        )  # fmt: skip
        mail(self.ves, title)
        told = self.house.entries(self.opened)
        found = [one for one in told if one["body"].get("title") == title]
        return str(found[-1]["body"]["inject"])

    def comes(self) -> None:
        """Start the later version where this one was."""
        self.house.extra = self.later
        self.house.start()
        assert MARK in self.house.page("/static/js/live.js")[1]
        self.house.order(self.opened, "resume")


@pytest.fixture
def upgrade(browser: Browser, tmp_path: Path) -> Iterator[Upgrade]:
    house = House(tmp_path, ENGINE)
    room = Room(browser, house)
    try:
        house.start()
        opened = house.open()
        house.order(opened, "hold")
        house.order(opened, "start")
        ves = room.person()
        lines: list[WebSocket] = []
        ves.page.on("websocket", lambda line: lines.append(line))  # noqa: PLW0108 - playwright takes no builtin
        ves.joins(opened.codes["VES"], "Amina", "Legal adviser")
        ves.is_live()
        later = later_version(tmp_path / "later")
        yield Upgrade(house, opened, ves, dict(later), lines)
        room.is_clean()
        house.stop()
    finally:
        room.closes()
        house.kill()
    assert not house.errors, house.errors[-3000:]


def test_f14_a_page_of_before_the_upgrade_goes_on(
    upgrade: Upgrade, table: Table
) -> None:
    row = Figures("F14 page older than its server", SQLITE, ENGINE, runs=1)
    with row_of(table, row):
        _plays_through(upgrade)
        database = open_database(f"sqlite:///{upgrade.house.data / 'detente.db'}")
        for found in verify_stored(database).values():
            for one in found:
                row.breaks(one.invariant, str(one))
        database.close()
        row.acknowledged = 1


def _plays_through(upgrade: Upgrade) -> None:
    ves, page = upgrade.ves, upgrade.ves.page
    upgrade.sends("Before the upgrade")
    writes(ves, "Public statement", "", subject="Ports", text=SAID)
    ves.cut = True
    upgrade.house.stop()
    expect(page.locator("#offline")).to_be_visible()
    sends(ves)
    goes(ves, "papers")
    waits = page.locator("#outgoing .sent")
    expect(waits).to_have_attribute("data-state", "waiting")
    upgrade.comes()
    ves.is_live()
    # What was written to the old server is kept by the new one, once.
    expect(waits).to_have_count(0)
    said = [one for one in upgrade.house.entries(upgrade.opened) if _says(one)]
    assert len(said) == 1
    _hears_of_tomorrow(upgrade)
    _is_refused_in_words(upgrade)
    before = page.evaluate(ASSETS)
    page.reload()
    ves.is_live()
    assert page.evaluate(ASSETS) != before


def _says(entry: dict[str, object]) -> bool:
    body = entry["body"]
    return isinstance(body, dict) and body.get("fields", {}).get("text") == SAID


def _hears_of_tomorrow(upgrade: Upgrade) -> None:
    """Show what the page does not know as far as the server's html says it."""
    goes(upgrade.ves, "inbox")
    inject = upgrade.sends("After the upgrade")
    upgrade.house.order(upgrade.opened, "recall", inject=inject, reason="Too early")
    expect(upgrade.ves.page.locator("#timeline")).to_contain_text("Too early")
    assert f'"kind":"{KIND}"' in upgrade.ves.received.replace(" ", "")
    with upgrade.lines[-1].expect_event("framereceived", _says_more):
        pass  # A beat that says more than the page knows changes nothing.
    upgrade.ves.is_live()


def _says_more(frame: str | bytes) -> bool:
    return '"tomorrow"' in str(frame)


def _is_refused_in_words(upgrade: Upgrade) -> None:
    """What the new server does not take is said to be so; the desk goes on."""
    upgrade.sends("To be acknowledged")
    paper = upgrade.ves.page.locator(".paper-sheet:visible")
    paper.get_by_role("button", name="Acknowledge").click()
    told = upgrade.ves.page.locator("#told")
    expect(told).to_be_visible()
    expect(told).to_contain_text("take_note")
    upgrade.sends("And on it goes")
