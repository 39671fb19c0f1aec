"""Files and languages in real browsers: a map, a note of two pages, an Arabic wire."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.people import PHONE, Person
from tests.e2e.test_room import Table, goes, mail, table

__all__ = ["table"]
pytestmark = pytest.mark.browser

NEWS = "Blackouts in eastern Vesmark, cause unknown"
ARABIC = "انقطاع الكهرباء في شرق فيسمارك والسبب مجهول"
WIPER = "Wiper in the eastern dispatch centre"
LOADED = "one => one.complete && one.naturalWidth"


def picture(person: Person) -> Locator:
    return person.page.locator(".paper-sheet:visible .attached-picture")


def opens(person: Person, link: Locator) -> str:
    """Follow a link into a tab of its own, and return what the tab shows."""
    with person.context.expect_page() as opened:
        link.click()
    tab = opened.value
    tab.wait_for_load_state()
    kind: str = tab.evaluate("document.contentType")
    tab.close()
    return kind


def status(person: Person, path: str) -> int:
    return person.context.request.get(path).status


def test_a_map_is_seen_by_the_facilitator_first_and_then_by_all(table: Table) -> None:
    fac, ves, kas = table.fac, table.ves, table.kas
    row = fac.page.locator('.inject[data-number="1.02"]')
    row.get_by_role("button", name="More about 1.02").click()
    seen = row.locator(".attached-picture")
    seen.scroll_into_view_if_needed()
    expect(seen).to_have_js_property("naturalWidth", 1200)
    path = seen.get_attribute("src") or ""
    assert status(ves, table.house.url + path) == 404
    table.house.order(table.opened, "release", inject="blackouts")
    for one in (ves, kas):
        mail(one, NEWS)
        picture(one).scroll_into_view_if_needed()
        expect(picture(one)).to_have_js_property("naturalWidth", 1200)
        expect(one.page.get_by_role("img", name="eastern Vesmark")).to_be_visible()
    assert opens(ves, picture(ves).locator("xpath=..")) == "image/png"


def test_a_paper_goes_with_its_item_and_to_nobody_else(table: Table) -> None:
    ves, kas = table.ves, table.kas
    table.house.order(table.opened, "release", inject="dispatch-wiper")
    mail(ves, WIPER)
    link = ves.page.locator(".paper-sheet:visible .attached-link")
    expect(link).to_contain_text("loader-note.pdf")
    assert opens(ves, link) == "application/pdf"
    path = table.house.url + (link.get_attribute("href") or "")
    assert status(ves, path) == 200
    assert status(kas, path) == 404
    goes(ves, "papers")
    filed = ves.page.locator("#files > li")
    expect(filed).to_contain_text(["Technical note of two pages"])
    ves.page.reload()
    goes(ves, "papers")
    expect(filed).to_have_count(1)
    filed.get_by_role("link", name="Hashes and behaviour").click()
    expect(ves.page.locator(".paper-sheet:visible")).to_contain_text(WIPER)


def test_an_unplanned_inject_takes_a_map_of_the_scenario_along(table: Table) -> None:
    fac, ves, kas = table.fac.page, table.ves, table.kas
    fac.get_by_role("button", name="Ad-hoc inject").click()
    dialog = fac.locator("#dialog-adhoc")
    dialog.get_by_label("Title").fill("What the grid operator sent")
    dialog.get_by_label("Text").fill("Look at the east.")
    dialog.get_by_role("radio", name="only these").check()
    dialog.locator("input[name=audience][value=VES]").check()
    choice = dialog.locator(".attach-list > li", has_text="png")
    choice.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Send").click()
    fac.locator(".undobar").get_by_role("button", name="Send now").click(delay=1100)
    mail(ves, "What the grid operator sent")
    picture(ves).scroll_into_view_if_needed()
    expect(picture(ves)).to_have_js_property("naturalWidth", 1200)
    path = table.house.url + (picture(ves).get_attribute("src") or "")
    assert status(ves, path) == 200
    assert status(kas, path) == 404


def first(person: Person) -> Locator:
    """Return the words of the open paper that stand before any other language."""
    return person.page.locator(
        ".paper-sheet:visible .tongues > div .document-body"
    ).first


def test_another_language_is_one_press_away_and_stays_first_if_asked(
    table: Table,
) -> None:
    ves = table.ves
    table.house.order(table.opened, "release", inject="blackouts")
    mail(ves, NEWS)
    expect(first(ves)).to_have_attribute("lang", "en")
    paper = ves.page.locator(".paper-sheet:visible")
    arabic = paper.get_by_text("أوستربي إلى القرى الحدودية")
    expect(arabic).to_be_hidden()
    paper.locator("summary", has_text="العربية").click()
    expect(arabic).to_be_visible()
    paper.get_by_role("button", name="Put this language first").click()
    expect(first(ves)).to_have_attribute("lang", "ar")
    expect(first(ves)).to_have_attribute("dir", "rtl")
    expect(first(ves).locator("p").first).to_have_css("direction", "rtl")
    expect(paper.locator("summary")).to_contain_text("English")
    ves.page.reload()
    expect(first(ves)).to_have_attribute("lang", "ar")
    paper.locator("summary").click()
    paper.get_by_role("button", name="Put this language first").click()
    expect(first(ves)).to_have_attribute("lang", "en")


def test_a_browser_that_asks_for_arabic_reads_arabic_on_a_phone(table: Table) -> None:
    table.house.order(table.opened, "release", inject="blackouts")
    reader = table.room.person(locale="ar", viewport=PHONE)
    reader.joins(table.opened.codes["ORL"], "سلمى")
    mail(reader, NEWS)
    expect(first(reader)).to_have_attribute("lang", "ar")
    heading = reader.page.locator(".paper-sheet:visible .document-title").first
    expect(heading).to_have_text(ARABIC)
    expect(heading).to_have_attribute("dir", "rtl")
    width = reader.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
