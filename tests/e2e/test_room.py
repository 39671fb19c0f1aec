"""A facilitator and two delegations play in three browsers on the real server."""

import json
import re
import uuid
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.e2e.house import House, Opened
from tests.e2e.people import Person, Room
from tests.e2e.tunnel import Tunnel

pytestmark = pytest.mark.browser

WIPER = "dispatch-wiper"
WIPER_TITLE = "Wiper in the eastern dispatch centre"


@dataclass
class Table:
    """A running exercise: who conducts it, and two delegations at their desks."""

    house: House
    opened: Opened
    room: Room
    fac: Person
    ves: Person
    kas: Person

    def kinds(self, audience: str = "facilitators") -> list[str]:
        return [one["kind"] for one in self.house.entries(self.opened, audience)]

    def sends(self, to: list[str] | str, title: str, body: str = "Read this.") -> None:
        self.house.order(
            self.opened,
            "ad_hoc_inject",
            title=title,
            body=body,
            channel="cable",
            audience=to,
        )


@pytest.fixture
def table(room: Room, house: House, opened: Opened) -> Table:
    fac = room.facilitator(opened)
    made = Table(house, opened, room, fac, room.person(), room.person())
    house.order(opened, "hold")
    house.order(opened, "start")
    made.ves.joins(opened.codes["VES"], "Amina", "Legal adviser")
    made.kas.joins(opened.codes["KAS"], "Bo")
    for one in (fac, made.ves, made.kas):
        one.is_live()
    return made


def inject(person: Person, number: str) -> None:
    """Press Release on a line of the run list."""
    row = person.page.locator(f'.inject[data-number="{number}"]')
    more = row.get_by_role("button", name=f"More about {number}")
    if more.get_attribute("aria-expanded") == "false":
        more.click()
    row.get_by_role("button", name="Release").click()


def mail(person: Person, title: str) -> None:
    """Wait for a card in the inbox, and open it."""
    card = person.page.locator(".inbox .mail", has_text=title)
    expect(card).to_be_attached()
    if card.is_hidden():  # What arrives while somebody reads waits behind a pill.
        person.page.locator(".inbox-new [data-new-pill]").click()
    card.get_by_role("link").click()
    expect(person.page.locator(".paper-sheet:visible")).to_contain_text(title)


def writes(person: Person, choice: str, to: str, **fields: str) -> None:
    """Choose an instrument from the menu, and fill in its form; it is not sent yet."""
    person.page.locator(".inbox-foot [data-write]").click()
    menu = person.page.locator("#write")
    menu.get_by_role("button", name=re.compile(f"^{choice}")).first.click()
    form = person.page.locator("#composer")
    for one in to.split():
        form.locator(f"input[name=to][value={one}]").check()
    for label, text in fields.items():
        form.locator(f'[data-field="{label}"]').fill(text)


def sends(person: Person) -> None:
    person.page.locator("#composer button[type=submit]").click()


def goes(person: Person, view: str) -> None:
    person.page.locator(f'.views [data-go="{view}"]').click()


def test_people_join_by_code_wait_in_the_lobby_and_begin_together(
    room: Room, opened: Opened
) -> None:
    fac, ves = room.facilitator(opened), room.person()
    ves.joins(opened.codes["VES"].lower().replace("-", " "), "Amina", "Legal adviser")
    expect(ves.page.get_by_text("Waiting for the facilitator to start")).to_be_visible()
    expect(ves.page.locator(".page-lobby")).to_contain_text("Legal adviser")
    ves.is_live()
    fac.is_live()
    expect(fac.page.locator('[data-row="VES"] [data-cell="in"]')).to_have_text("1 of 1")
    fac.page.get_by_role("button", name="Start…").click()
    fac.page.get_by_role("button", name="Start for everyone").click()
    expect(ves.page.locator(".page-desk")).to_be_visible()
    ves.is_live()
    mail(ves, "Directory ping")
    expect(fac.page.locator("#timeline")).to_contain_text("STARTEX")


def test_a_release_taken_back_reached_nobody_and_the_log_shows_both(
    table: Table,
) -> None:
    inject(table.fac, "1.03")
    bar = table.fac.page.locator(".undobar")
    expect(bar).to_contain_text("1.03 goes to VES")
    bar.get_by_role("button", name="Undo").click()
    expect(bar).to_have_count(0)
    table.sends("all", "The marker after it")
    for one in (table.ves, table.kas):
        mail(one, "The marker after it")
        assert WIPER_TITLE not in one.received
    expect(table.fac.page.locator('[data-kind="release_announced"]')).to_have_count(1)
    expect(table.fac.page.locator('[data-kind="release_undone"]')).to_have_count(1)
    assert "inject_released" not in [
        one["kind"]
        for one in table.house.entries(table.opened)
        if one["body"].get("inject") == WIPER
    ]
    inject(table.fac, "1.03")
    bar.get_by_role("button", name="Send now").click(delay=1100)
    mail(table.ves, WIPER_TITLE)


def test_a_private_inject_is_in_no_byte_that_others_got(table: Table) -> None:
    canary = f"canary-{uuid.uuid4().hex}"
    screen = table.room.person()
    screen.goes(f"/room/{table.opened.room}")
    page = table.fac.page
    page.get_by_role("button", name="Ad-hoc inject").click()
    form = page.locator("#dialog-adhoc")
    form.get_by_label("Title").fill("For Vesmark alone")
    form.get_by_label("Text").fill(canary)
    form.get_by_text("only these").click()
    form.locator('input[name=audience][value="VES"]').check()
    form.get_by_role("button", name="Send").click()
    mail(table.ves, "For Vesmark alone")
    expect(table.ves.page.locator(".paper-sheet:visible")).to_contain_text(canary)
    table.sends("public", "The marker after it")
    mail(table.kas, "The marker after it")
    expect(screen.page.locator("#room-entries")).to_contain_text("The marker after it")
    table.kas.page.reload()
    table.kas.is_live()
    screen.page.reload()
    assert canary in table.ves.received
    for one in (table.kas, screen):
        assert canary not in one.received
        assert "For Vesmark alone" not in one.received


def test_a_hotline_call_is_answered_and_both_keep_what_was_said(table: Table) -> None:
    goes(table.ves, "hotline")
    table.ves.page.locator('.ring-list [data-ring="KAS"]').click()
    ringing = table.kas.page.locator("#ringing")
    expect(ringing).to_contain_text("is calling")
    ringing.get_by_role("button", name="Answer").click()
    for one, text in ((table.ves, "Is it yours?"), (table.kas, "It is not.")):
        said = one.page.locator("[data-say]").get_by_label("What you say")
        said.fill(text)
        said.press("Control+Enter")
        for reader in (table.ves, table.kas):
            expect(reader.page.locator(".transcript:visible")).to_contain_text(text)
    table.ves.page.get_by_role("button", name="Hang up").click()
    expect(table.ves.page.locator("#calls-past .call-past")).to_have_count(1)
    expect(table.fac.page.locator('#timeline [data-kind="call_line"]')).to_have_count(2)
    assert "call_closed" in table.kinds("KAS")


def test_a_joint_statement_is_signed_by_both_and_published(table: Table) -> None:
    screen = table.room.person()
    screen.goes(f"/room/{table.opened.room}")
    writes(
        table.ves,
        "Joint statement",
        "KAS ORL",
        title="Harbour statement",
        body="We will preserve the logs.",
    )
    sends(table.ves)
    goes(table.kas, "papers")
    text = table.kas.page.locator("#texts .joint-text")
    expect(text).to_contain_text("Harbour statement")
    text.get_by_role("button", name="Sign").click()
    goes(table.ves, "papers")
    ours = table.ves.page.locator("#texts .joint-text")
    expect(ours).to_have_attribute("data-signed", "KAS VES")
    ours.get_by_role("button", name="Publish as signed").click()
    expect(ours).to_have_attribute("data-status", "published")
    expect(text).to_have_attribute("data-status", "published")
    expect(screen.page.locator("#room-entries")).to_contain_text("Harbour statement")


def test_what_is_written_in_a_tunnel_is_sent_once(table: Table) -> None:
    tunnel = Tunnel(table.house.port)
    try:
        rider = table.room.person(tunnel.url)
        rider.joins(table.opened.codes["ORL"], "Chidi")
        rider.is_live()
        subject = f"Ports {uuid.uuid4().hex}"
        writes(rider, "Public statement", "", subject=subject)
        rider.cut = True
        tunnel.cut()
        rider.context.set_offline(True)
        words = f"Two ports stand still, says {subject}."
        expect(rider.page.locator("#offline")).to_be_visible()
        rider.page.locator('#composer [data-field="text"]').type(words)
        sends(rider)
        goes(rider, "papers")
        waits = rider.page.locator("#outgoing .sent")
        expect(waits).to_have_attribute("data-state", "waiting")
        assert words not in json.dumps(table.house.entries(table.opened))
        tunnel.mend()
        rider.context.set_offline(False)
        rider.is_live()
        expect(rider.page.locator("#ours-list")).to_contain_text(subject)
        expect(rider.page.locator("#outgoing > li")).to_have_count(0)
        rider.page.reload()
        rider.is_live()
    finally:
        tunnel.close()
    said = [
        one
        for one in table.house.entries(table.opened)
        if one["kind"] == "act_issued" and one["body"]["fields"].get("text") == words
    ]
    assert len(said) == 1


def test_a_draft_survives_a_reload(table: Table) -> None:
    writes(table.ves, "Public statement", "", text="Half a sentence")
    expect(table.ves.page.locator("#composer-state")).to_contain_text("Draft")
    table.ves.page.reload()
    table.ves.is_live()
    writes(table.ves, "Public statement", "")
    expect(table.ves.page.locator('#composer [data-field="text"]')).to_have_value(
        "Half a sentence"
    )


def test_pause_resume_end_and_what_the_room_sees_afterwards(table: Table) -> None:
    fac, ves = table.fac.page, table.ves.page
    screen = table.room.person()
    screen.goes(f"/room/{table.opened.room}")
    expect(screen.page.locator(".room-phase")).to_contain_text("Detection")
    fac.locator("body").press("Space")
    paused = ves.locator(".notice-paused")
    expect(paused).to_contain_text("Paused by the facilitator")
    expect(paused).to_be_visible()
    expect(ves.locator(".conn").first).to_have_attribute("data-state", "paused")
    stood = ves.locator(".clock").first.inner_text()
    fac.locator("body").press("Space")
    expect(paused).to_be_hidden()
    expect(ves.locator(".clock").first).not_to_have_text(stood)
    fac.get_by_role("button", name="End…").click()
    fac.get_by_label("Type END to go on").fill("end")
    fac.get_by_role("button", name="End for everyone").click()
    expect(ves.locator(".notice-ended")).to_be_visible()
    expect(ves.locator(".inbox-foot")).to_be_hidden()
    expect(fac.get_by_role("button", name="Ad-hoc inject")).to_be_hidden()
    phase = screen.page.locator(".room-phase")
    expect(phase).to_have_text("ENDEX", use_inner_text=True)
    expect(screen.page.locator("[data-room-countdown]")).to_be_hidden()
    ves.get_by_role("link", name="Tell us how it went").click()
    ves.reload()
    expect(ves.locator("#hotwash")).to_be_visible()
    expect(fac.locator('#timeline [data-kind="ended"]')).to_have_count(1)
    fac.get_by_role("link", name="Review").click()
    fac.wait_for_url("**/review/*")
    expect(fac.locator("main")).to_contain_text("Timeliness")
    table.fac.goes(f"/review/{table.opened.exercise}/report.html")
    expect(fac.locator("h1").first).to_be_visible()
    expect(fac.locator("body")).to_contain_text("Exercise overview")
