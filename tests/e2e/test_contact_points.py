"""The directory of contact points, and how far a message to one has come."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.people import Person
from tests.e2e.test_room import Table, goes, mail, sends, table

__all__ = ["table"]
pytestmark = pytest.mark.browser

SUBJECT = "Three rented servers in Port Sarn"


def pings(person: Person) -> None:
    """Open a ping to Kastrova from the directory, and send it."""
    goes(person, "hotline")
    line = person.page.locator(".directory > li", has_text="Kastrova")
    expect(line).to_contain_text("Technical contact")
    line.get_by_role("button", name="Ping").click()
    form = person.page.locator("#composer")
    expect(form.locator("input[name=to][value=KAS]")).to_be_checked()
    expect(form.locator('[data-field="type"]')).to_have_value("ping")
    form.locator('[data-field="subject"]').fill(SUBJECT)
    sends(person)


def answers(paper: Locator, person: Person) -> None:
    """Reply to the paper that is open."""
    paper.get_by_role("button", name="Answer…").click()
    person.page.locator('#composer [data-field="text"]').fill("We look into it.")
    sends(person)


def test_a_message_is_sent_acknowledged_answered_and_closed(table: Table) -> None:
    ves, kas = table.ves, table.kas
    pings(ves)
    card = ves.page.locator("#ours-list > .mail", has_text=SUBJECT)
    goes(ves, "papers")
    expect(card).to_contain_text("Sent")
    mail(kas, SUBJECT)
    expect(card).to_contain_text("Read")
    paper = kas.page.locator(".paper-sheet:visible")
    paper.get_by_role("button", name="Acknowledge").click()
    expect(card).to_contain_text("acknowledged by KAS")
    answers(paper, kas)
    expect(card).to_contain_text("answered by KAS")
    goes(ves, "inbox")
    mail(ves, SUBJECT)
    reply = ves.page.locator(".paper-sheet:visible")
    reply.get_by_role("button", name="Acknowledge").click()
    goes(ves, "papers")
    expect(card).to_contain_text("closed")
    ves.page.reload()
    goes(ves, "papers")
    expect(card).to_contain_text("closed")
