"""Names, seats, contact points and the capital, as people at desks meet them."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import PHONE, Person
from tests.e2e.test_room import Table, goes, sends, table, writes
from tests.e2e.tunnel import Tunnel

__all__ = ["table"]
pytestmark = pytest.mark.browser


@pytest.fixture
def colleague(table: Table) -> Person:
    person = table.room.person()
    person.joins(table.opened.codes["VES"], "Bo Lind", "Spokesperson")
    person.is_live()
    return person


def test_one_takes_another_name_and_colleagues_see_it_at_once(
    table: Table, colleague: Person
) -> None:
    page = table.ves.page
    page.locator("header [data-rename]").click()
    dialog = page.locator("#rename")
    dialog.get_by_label("What others read").fill("B\u043e Lind")
    dialog.get_by_role("button", name="Change it").click()
    expect(dialog.get_by_role("alert")).to_contain_text("called that already")
    dialog.get_by_label("What others read").fill("Amina Haddad")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("header [data-my-name]")).to_have_text("Amina Haddad")
    goes(colleague, "papers")
    row = colleague.page.locator('[data-seat-row="legal"]')
    expect(row).to_contain_text("Amina Haddad, here")
    people = table.fac.page.locator("#people-place")
    expect(people).to_contain_text("Amina Haddad")


def test_the_list_of_seats_follows_who_comes_goes_and_hands_over(
    table: Table, colleague: Person
) -> None:
    page = table.ves.page
    goes(table.ves, "papers")
    spokes = page.locator('[data-seat-row="spokesperson"]')
    expect(spokes).to_contain_text("Bo Lind, here")
    page.get_by_role("button", name="Hand over…").click()
    dialog = page.locator("#hand-over")
    expect(dialog.get_by_role("radio", name="Bo Lind")).to_be_checked()
    dialog.get_by_role("button", name="Hand it over").click()
    expect(colleague.page.locator(".bar-sub")).to_contain_text("Legal adviser")
    expect(page.locator('[data-seat-row="legal"]')).to_contain_text("Bo Lind")
    expect(page.locator('[data-seat-row=""]')).to_contain_text("Amina")
    colleague.context.close()
    table.room.people.remove(colleague)
    expect(page.locator('[data-seat-row="legal"]')).to_contain_text("Bo Lind, away")


def test_one_who_is_moved_sees_a_plain_notice_and_nothing_of_the_old_desk(
    table: Table, colleague: Person
) -> None:
    table.sends(["VES"], "Only for Vesmark")
    expect(table.ves.page.locator("#inbox-list")).to_contain_text("Only for Vesmark")
    fac = table.fac.page
    fac.locator('[data-dialog="people"]').first.click()
    row = fac.locator("#people-place tr", has_text="Amina")
    row.get_by_role("button", name="Move…").click()
    form = fac.locator("#dialog-move")
    form.get_by_label("Delegation").select_option("ORL")
    form.get_by_role("button", name="Move").click()
    page = table.ves.page
    notice = page.locator(".moved")
    expect(notice).to_contain_text("You sit elsewhere now")
    assert "Only for Vesmark" not in page.locator("main").inner_html()
    before = len(table.ves.frames)
    table.sends(["VES"], "Canary after the move")
    expect(colleague.page.locator("#inbox-list")).to_contain_text("Canary after")
    assert "Canary after the move" not in "".join(table.ves.frames[before:])
    notice.get_by_role("link", name="Open your new desk").click()
    expect(page.locator(".bar-who")).to_contain_text("Orlania")
    assert "Canary after the move" not in table.ves.received


def test_one_who_was_moved_while_away_sends_nothing_in_the_new_delegations_name(
    table: Table,
) -> None:
    tunnel = Tunnel(table.house.port)
    try:
        rider = table.room.person(tunnel.url)
        rider.joins(table.opened.codes["ORL"], "Chidi")
        rider.is_live()
        member = rider.member
        writes(rider, "Public statement", "", subject="Ports")
        rider.cut = True
        tunnel.cut()
        rider.context.set_offline(True)
        expect(rider.page.locator("#offline")).to_be_visible()
        rider.page.locator('#composer [data-field="text"]').fill("Orlania is calm.")
        sends(rider)
        goes(rider, "papers")
        waits = rider.page.locator("#outgoing .sent")
        expect(waits).to_have_attribute("data-state", "waiting")
        table.house.order(table.opened, "move", member=member, delegation="KAS")
        tunnel.mend()
        rider.context.set_offline(False)
        expect(rider.page.locator(".moved")).to_be_visible()
        rider.page.get_by_role("link", name="Open your new desk").click()
        expect(rider.page.locator(".bar-who")).to_contain_text("Kastrova")
        rider.is_live()
        table.sends("all", "The marker after it")
        expect(rider.page.locator("#inbox-list")).to_contain_text("The marker")
        assert "act_issued" not in table.kinds()
        assert "Orlania is calm" not in rider.page.content()
    finally:
        tunnel.close()


def test_a_facilitator_corrects_a_name(table: Table) -> None:
    fac = table.fac.page
    fac.locator('[data-dialog="people"]').first.click()
    row = fac.locator("#people-place tr", has_text="Amina")
    row.get_by_role("button", name="Rename…").click()
    form = fac.locator("#dialog-rename")
    form.get_by_label("What others read").fill("Amina Haddad")
    form.get_by_role("button", name="Rename").click()
    name = table.ves.page.locator("header [data-my-name]")
    expect(name).to_have_text("Amina Haddad")


def test_on_a_phone_whatever_can_be_done_about_a_person_is_in_reach(
    table: Table,
) -> None:
    page = table.fac.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # width and height
    page.locator('[data-dialog="people"]').first.click()
    row = page.locator("#people-place tr", has_text="Amina")
    for name in ("Move… Amina", "Rename… Amina", "Revoke… Amina"):
        box = row.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert box["height"] >= 44
    names = page.locator("#people-place tbody th bdi").all_inner_texts()
    assert names[:2] == ["Amina", "Bo"]


def test_a_changed_contact_point_is_read_by_others_at_once(table: Table) -> None:
    goes(table.ves, "hotline")
    goes(table.kas, "hotline")
    own = table.ves.page.locator("#contacts-VES")
    own.get_by_role("button", name="Change…").last.click()
    dialog = table.ves.page.locator("#contact")
    dialog.get_by_label("Who answers there").fill("CERT-VES, night desk")
    dialog.get_by_role("button", name="Change the directory").click()
    expect(dialog).to_be_hidden()
    line = table.kas.page.locator("#contacts-VES")
    expect(line).to_contain_text("CERT-VES, night desk")
    expect(own).to_contain_text("CERT-VES, night desk")
    expect(own.get_by_role("button", name="Change…")).to_have_count(2)


def test_an_adverse_act_without_a_question_first_is_warned_of_and_goes_out(
    table: Table,
) -> None:
    ves = table.ves
    writes(ves, "Expulsion of diplomats", "KAS", text="Two must leave.")
    line = ves.page.locator("#composer-private")
    expect(line).to_contain_text("You have not asked Kastrova in private first.")
    ves.page.locator("#composer [data-close-composer]").click()
    writes(ves, "Consultation", "KAS", text="Shall we talk?")
    expect(line).to_be_hidden()
    sends(ves)
    goes(ves, "papers")
    expect(ves.page.locator("#ours-list > .mail")).to_have_count(1)
    goes(ves, "inbox")
    writes(ves, "Expulsion of diplomats", "KAS")
    expect(line).to_be_hidden()
    ves.page.locator("#composer [data-change-parties]").click()
    ves.page.locator("#composer input[name=to][value=ORL]").check()
    expect(line).to_contain_text(re.compile("not asked Orlania"))


def test_what_the_capital_is_asked_waits_in_sight_and_can_be_withdrawn(
    table: Table,
) -> None:
    ves = table.ves
    kas = table.kas
    writes(ves, "Indictment", "KAS", text="Two officers.", proportionality="Small.")
    form = ves.page.locator("#composer")
    form.locator('[data-field="basis"]').select_option("domestic")
    expect(form.locator("#composer-two")).to_contain_text("goes out 3 min after")
    expect(form.locator("[type=submit]")).to_have_text("Ask the capital")
    sends(ves)
    goes(ves, "papers")
    waits = ves.page.locator("#referred > li")
    expect(waits).to_contain_text("instructions expected at T+")
    row = table.fac.page.locator('#timeline [data-kind="act_referred"]')
    expect(row).to_have_count(1)
    waits.get_by_role("button", name="Withdraw").click()
    expect(waits).to_have_count(0)
    expect(ves.page.locator("#papers-referred")).to_be_hidden()
    table.sends("all", "The marker after it")
    expect(kas.page.locator("#inbox-list")).to_contain_text("The marker after it")
    assert "Two officers" not in kas.received
