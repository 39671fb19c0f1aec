"""From an invitation card to the first act sent: few steps, by pointer and by keys."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.house import House, Opened
from tests.e2e.people import Room
from tests.e2e.test_access import tabs_to

pytestmark = pytest.mark.browser

# A person who was never here gives up sooner than this.
MOST_STEPS = 12


@dataclass
class Pointer:
    """Clicks and fills in; each counts as one step."""

    page: Page
    steps: int = 0

    def presses(self, target: Locator) -> None:
        self.steps += 1
        target.click()

    def fills(self, target: Locator, text: str) -> None:
        self.steps += 1
        target.fill(text)


@dataclass
class Keys:
    """Goes to a thing with Tab, presses or types; moving there is no step."""

    page: Page
    steps: int = 0

    def presses(self, target: Locator) -> None:
        self.steps += 1
        tabs_to(self.page, target)
        kind = target.get_attribute("type")
        self.page.keyboard.press("Space" if kind == "radio" else "Enter")

    def fills(self, target: Locator, text: str) -> None:
        self.steps += 1
        tabs_to(self.page, target)
        self.page.keyboard.type(text)


@pytest.mark.parametrize("hand", [Pointer, Keys])
def test_a_newcomer_sends_a_first_act_in_few_steps(
    room: Room,
    house: House,
    opened: Opened,
    hand: Callable[[Page], Pointer | Keys],
) -> None:
    house.order(opened, "start")
    person = room.person()
    page = person.page
    does = hand(page)
    person.goes("/")
    does.fills(page.get_by_label("Your code"), opened.codes["VES"])
    does.presses(page.get_by_role("button", name="Go on"))
    does.fills(page.get_by_label("Your name"), "Amina")
    does.presses(page.locator("input[name=seat]").first)
    does.presses(page.get_by_role("button", name="Join"))
    page.wait_for_url("**/desk/*")
    does.presses(page.locator(".mail a", has_text="Directory ping"))
    paper = page.locator(".paper-sheet:visible")
    does.presses(paper.get_by_role("button", name="Statement…"))
    does.fills(page.locator('#composer [data-field="text"]'), "We are reachable.")
    does.presses(page.locator("#composer button[type=submit]"))
    expect(paper.locator(".said")).to_contain_text("Public statement")
    assert does.steps <= MOST_STEPS
