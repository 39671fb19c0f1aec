"""Two people of one delegation write the same paper in two browsers."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.people import Person
from tests.e2e.test_room import Table, goes, table

__all__ = ["table"]
pytestmark = pytest.mark.browser

FIRST = "We regret the outage in the east."
SECOND = "We regret the outage in the east and ask for calm."
OWN = "We regret nothing yet."


@pytest.fixture
def colleague(table: Table) -> Person:
    """A second person of VES at the desk."""
    person = table.room.person()
    person.joins(table.opened.codes["VES"], "Bo Lind", "Spokesperson")
    person.is_live()
    return person


def opens(person: Person) -> Locator:
    """Open the form of a press line and return its text."""
    person.page.locator(".inbox-foot [data-write]").click()
    menu = person.page.locator("#write")
    menu.locator('[data-compose="press_line"]').click()
    return person.page.locator('#composer [data-field="text"]')


def is_saved(person: Person) -> None:
    expect(person.page.locator("#composer-state")).to_contain_text("Draft saved")


def test_who_writes_is_seen_taken_over_and_nobodys_words_are_lost(
    table: Table, colleague: Person
) -> None:
    amina, bo = table.ves, colleague
    hers = opens(amina)
    hers.fill(FIRST)
    is_saved(amina)
    goes(bo, "papers")
    begun = bo.page.locator("#drafts > li")
    expect(begun).to_contain_text("Answer to the press by Amina")
    goes(bo, "inbox")
    his = opens(bo)
    line = bo.page.locator("#composer-lock")
    expect(line).to_contain_text("Amina is writing this.")
    expect(his).to_have_value(FIRST)
    line.get_by_role("button", name="Take over").click()
    expect(line).to_be_hidden()
    his.fill(SECOND)
    is_saved(bo)
    # She goes on in words of her own that the delegation does not get any more.
    hers.fill(OWN)
    hers.blur()
    theirs = amina.page.locator("#composer-lock")
    expect(theirs).to_contain_text("Bo Lind is writing this.")
    expect(hers).to_have_value(OWN)
    theirs.get_by_role("button", name="Take over").click()
    expect(hers).to_have_value(SECOND)
    amina.page.locator("#composer [data-close-composer]").click()
    goes(amina, "papers")
    drafts = amina.page.locator("#drafts > li")
    expect(drafts).to_have_count(2)
    own = amina.page.locator("#drafts > li[data-draft$=':own']")
    own.get_by_role("button", name="Go on writing").click()
    expect(hers).to_have_value(OWN)


def test_versions_are_listed_read_beside_the_present_one_and_brought_back(
    table: Table, colleague: Person
) -> None:
    amina, bo = table.ves, colleague
    opens(amina).fill(FIRST)
    is_saved(amina)
    his = opens(bo)
    expect(his).to_have_value(FIRST)
    bo.page.locator("#composer-lock [data-take-over]").click()
    expect(bo.page.locator("#composer-lock")).to_be_hidden()
    his.fill(SECOND)
    bo.page.get_by_role("button", name="Versions").click()
    dialog = bo.page.locator("#versions")
    choices = dialog.locator("[data-version]")
    expect(choices).to_have_count(2)
    expect(choices.nth(0)).to_contain_text("Bo Lind")
    expect(choices.nth(1)).to_contain_text("Amina")
    choices.nth(1).click()
    shown = dialog.locator("[data-shown]:visible")
    expect(shown).to_contain_text(FIRST)
    expect(shown.locator("article").nth(1)).to_contain_text(SECOND)
    expect(shown.locator("ins")).to_contain_text("and ask for calm.")
    dialog.get_by_role("button", name="Bring this version back").click()
    expect(dialog).to_be_hidden()
    expect(his).to_have_value(FIRST)
    bo.page.get_by_role("button", name="Versions").click()
    expect(choices).to_have_count(3)
    bo.page.keyboard.press("Escape")
    # She had begun nothing else, so she sees what he brought back.
    expect(amina.page.locator('#composer [data-field="text"]')).to_have_value(FIRST)


def test_what_was_sent_is_nobodys_draft_any_more(
    table: Table, colleague: Person
) -> None:
    hers = opens(table.ves)
    hers.fill(FIRST)
    is_saved(table.ves)
    table.ves.page.locator("#composer button[type=submit]").click()
    goes(table.ves, "papers")
    expect(table.ves.page.locator("#ours-list > .mail")).to_have_count(1)
    expect(opens(colleague)).to_have_value("")


def test_every_version_of_a_joint_text_can_be_read_in_full(table: Table) -> None:
    ves, kas = table.ves, table.kas
    page = ves.page
    goes(ves, "papers")
    page.get_by_role("button", name="Propose a text…").click()
    form = page.locator("#composer")
    form.locator("input[name=to][value=KAS]").check()
    form.locator('[data-field="title"]').fill("Words")
    form.locator('[data-field="body"]').fill("We regret the loss.")
    page.locator("#composer button[type=submit]").click()
    goes(kas, "papers")
    text = kas.page.locator("#texts > article", has_text="Words")
    text.get_by_role("button", name="Amend").click()
    kas.page.locator('#composer [data-field="body"]').fill("We deplore the loss.")
    kas.page.locator("#composer button[type=submit]").click()
    ours = page.locator("#texts > article", has_text="We deplore")
    ours.get_by_role("button", name="Versions").click()
    dialog = page.locator("#versions")
    expect(dialog.locator("[data-version]")).to_have_count(2)
    dialog.locator("[data-version]").nth(1).click()
    shown = dialog.locator("[data-shown]:visible")
    expect(shown).to_contain_text("We regret the loss.")
    expect(shown).to_contain_text("We deplore the loss.")
