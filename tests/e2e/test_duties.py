"""Flags, joint measures, joint investigations, bases, cables and the map, by hand."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.house import House, Opened
from tests.e2e.people import Person, Room
from tests.e2e.test_room import Table, goes, mail, sends, table, writes

__all__ = ["table"]
pytestmark = pytest.mark.browser

TARGET = '#composer [data-field="target"]'


def paper(person: Person) -> Locator:
    return person.page.locator(".paper-sheet:visible")


@pytest.fixture
def watch(room: Room, opened: Opened, table: Table) -> Person:
    """Return somebody of the foundation that watches."""
    assert table.opened == opened
    one = room.person()
    one.joins(opened.codes["BLT"], "Noor")
    one.is_live()
    return one


def test_a_flag_on_a_measure_is_owed_an_answer_and_gets_it(
    table: Table, watch: Person
) -> None:
    ves, fac = table.ves, table.fac
    said = {"text": "We close the strait.", "proportionality": "For a week."}
    writes(ves, "Trade restriction", "KAS", **said)
    ves.page.locator('#composer [data-field="basis"]').select_option("LAW:RET")
    sends(ves)
    mail(watch, "We close the strait.")
    paper(watch).get_by_role("button", name="Raise a rights flag").click()
    expect(watch.page.locator("#composer input[name=to][value=VES]")).to_be_checked()
    watch.page.locator('#composer [data-field="text"]').fill("Medicine is on board.")
    sends(watch)
    waiting = fac.page.locator("#waiting")
    mail(ves, "Rights flag")
    card = ves.page.locator(".inbox .mail", has_text="Rights flag")
    expect(card).to_have_attribute("data-needs", "yes")
    fac.page.reload()
    expect(waiting).to_contain_text("VES")
    paper(ves).get_by_role("button", name="Acknowledge").click()
    expect(card).to_have_attribute("data-needs", "yes")
    paper(ves).get_by_role("button", name="Answer…").click()
    ves.page.locator('#composer [data-field="text"]').fill("Medicine passes.")
    expect(ves.page.locator('#composer [data-row="stance"]')).to_be_visible()
    ves.page.locator('#composer [data-field="stance"]').select_option("accepts")
    sends(ves)
    expect(card).to_have_attribute("data-needs", "no")
    watch.goes(f"/desk/{watch.member}/compliance")
    row = watch.page.locator("[data-allegation]", has_text="Rights flag")
    expect(row).to_contain_text("accepted")


def test_a_joint_measure_is_joined_and_taken_as_one(
    table: Table, room: Room, opened: Opened
) -> None:
    ves, kas, orl = table.ves, table.kas, room.person()
    orl.joins(opened.codes["ORL"], "Teo")
    said = {"text": "We list two firms.", "proportionality": "Two firms."}
    writes(ves, "Joint measure", "ORL", **said)
    form = ves.page.locator("#composer")
    form.locator('[data-field="measure"]').select_option("trade_restriction")
    ves.page.locator(TARGET).select_option("HGA")
    form.locator('[data-field="basis"]').select_option("LAW:RET")
    form.locator('[data-field="reply_in"]').select_option("10")
    sends(ves)
    mail(orl, "We list two firms.")
    paper(orl).get_by_role("button", name="Join…").click()
    basis = orl.page.locator('#composer [data-field="basis"]')
    basis.select_option("domestic")
    sends(orl)
    mail(kas, "Trade restriction")
    expect(paper(kas)).to_contain_text("Joint measure")
    expect(paper(kas)).to_contain_text("Domestic law")
    expect(paper(orl).get_by_role("button", name="Join…")).to_have_count(0)


def test_a_joint_investigation_says_what_binds_whom_and_is_joined(
    table: Table,
) -> None:
    ves, kas = table.ves, table.kas
    writes(ves, "Joint investigation", "KAS", scope="Who rented three servers.")
    form = ves.page.locator("#composer")
    treaty = form.locator('[data-field="legal_basis"]')
    treaty.select_option(index=1)
    expect(treaty.locator("option:checked")).to_contain_text(":")
    form.locator('[data-field="lead"]').select_option("VES")
    form.locator('[data-field="reply_in"]').select_option("10")
    sends(ves)
    mail(kas, "Joint investigation")
    expect(paper(kas)).to_contain_text("not a party")
    paper(kas).get_by_role("button", name="Join…").click()
    sends(kas)
    goes(ves, "papers")
    expect(ves.page.locator("#promises")).to_contain_text("joint investigation")


def test_a_line_of_the_map_opens_the_channel_by_pointer_and_by_key(
    table: Table,
) -> None:
    ves = table.ves
    goes(ves, "hotline")
    form = ves.page.locator("#composer")
    line = ves.page.locator('a[data-tie="hga-vesnet"]')
    line.focus()
    ves.page.keyboard.press("Enter")
    expect(form.locator("input[name=to][value=HGA]")).to_be_checked()
    ves.page.keyboard.press("Escape")
    row = ves.page.locator("#tie-orl-ports")
    row.get_by_role("button", name="Message").click()
    expect(form.locator("input[name=to][value=ORL]")).to_be_checked()


def test_a_note_becomes_a_cable_and_words_are_explained(table: Table) -> None:
    ves = table.ves
    table.house.order(table.opened, "release", inject="dispatch-wiper")
    mail(ves, "Wiper in the eastern dispatch centre")
    card = ves.page.locator(".inbox .mail", has_text="Wiper in the eastern")
    expect(card).to_have_attribute("data-needs", "yes")
    words = paper(ves).locator(".explained").first
    words.get_by_text("Explain this").click()
    expect(words).to_contain_text("A program made to destroy")
    paper(ves).get_by_role("button", name="Write the cable").click()
    form = ves.page.locator("#composer")
    form.locator('[data-field="subject"]').fill("A program waits in our grid")
    form.locator('[data-field="text"]').fill("It was put there to destroy.")
    sends(ves)
    expect(card).to_have_attribute("data-needs", "no")
    assert "It was put there to destroy." not in table.kas.received


def test_data_about_people_ask_for_a_basis_and_nobody_is_stopped(
    room: Room, house: House
) -> None:
    opened = house.open(scenario="red-triage")
    house.order(opened, "start")
    pfd = room.person()
    pfd.joins(opened.codes["PFD"], "Noor")
    pfd.is_live()
    house.order(opened, "release", inject="leak-site")
    mail(pfd, "leak")
    paper(pfd).locator("[data-share-item]").first.click()
    form = pfd.page.locator("#composer")
    expect(form.locator('[data-row="basis"]')).to_be_visible()
    told = pfd.page.locator("#composer-label")
    expect(told).to_contain_text("health data")
    form.locator('[data-field="basis"]').fill("To warn those it is about.")
    form.locator("input[name=to][value=ARD]").check()
    expect(told).not_to_contain_text("health data")
    form.locator('[data-field="basis"]').fill("")
    expect(told).to_contain_text("health data")
    sends(pfd)
    expect(pfd.page.locator('#timeline [data-kind="item_shared"]')).to_have_count(1)
    assert "item_shared" in {one["kind"] for one in house.entries(opened, "ARD")}
