"""The demonstration's first minute: a link, a release, and delegations that answer."""

import urllib.request

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.people import WIDE, Person
from tests.e2e.screens import demonstration

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# At this speed a robot's answer takes seconds.
SPEED = 20
# One entry for each way its readers are told it; any of them may be answered.
ANSWERED = """number => {
  const rows = [...document.querySelectorAll('#timeline > li')];
  const sent = rows.filter(row => row.dataset.kind === 'inject_released'
    && row.querySelector('b')?.textContent === number).map(row => row.dataset.entry);
  const by = rows.filter(row => sent.includes(row.dataset.about))
    .map(row => row.dataset.by).filter(Boolean);
  return new Set(by).size >= 2;
}"""

# Robots read at once; what is on its way this second may still count as unread.
READ = """() => [...document.querySelectorAll('[data-cell=unread]')]
  .every(cell => Number(cell.textContent) < 10)"""


def test_a_released_inject_is_answered_by_two_delegations(browser: Browser) -> None:
    with demonstration(SPEED) as links:
        context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]  # width and height
        fac = Person(context, links["url"], context.new_page())
        fac.watch()
        fac.follows(links["facilitator"])
        fac.is_live()
        row = fac.page.locator('.inject[data-number="1.07"]')
        row.get_by_role("button", name="More about 1.07").click()
        row.get_by_role("button", name="Release").click()
        expect(fac.page.locator(".undobar")).to_contain_text("1.07 goes to everybody")
        fac.page.wait_for_function(ANSWERED, arg="1.07", timeout=60_000)
        fac.page.wait_for_function(READ, timeout=30_000)
        for name in ("VES", "room"):
            with urllib.request.urlopen(links["url"] + links[name]) as answer:  # noqa: S310 - our own address
                assert answer.status == 200
        assert not fac.errors + fac.strangers, fac.errors + fac.strangers
        context.close()
