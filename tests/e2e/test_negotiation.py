"""Five delegations agree on a text: brackets, broken silence, a pause, adoption."""

from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.house import House, Opened
from tests.e2e.people import Person, Room
from tests.e2e.test_room import goes, sends, writes

pytestmark = pytest.mark.browser

PARTIES = ("VES", "ORL", "KAS", "MSC", "UNX")
TITLE = "Joint statement on the outage"
BODY = "We regret the outage.\n\nWe will share what we find."
SILENCE_MS = 5 * 60_000
RATE = 60


def text_of(person: Person) -> Locator:
    """Go to the joint texts, and return the one on the table."""
    goes(person, "papers")
    text = person.page.locator("#texts > article").first
    expect(text).to_contain_text(TITLE)
    return text


def proposes(person: Person) -> None:
    """Table the text for adoption by silence in five minutes."""
    goes(person, "inbox")
    others = " ".join(PARTIES[1:])
    writes(person, "Joint statement", others, title=TITLE, body=BODY)
    form = person.page.locator("#composer")
    form.locator('[data-field="silence"]').select_option("5")
    sends(person)


def test_five_delegations_adopt_a_text_that_was_in_dispute(
    room: Room, house: House, opened: Opened
) -> None:
    house.order(opened, "hold")
    house.order(opened, "start")
    desks = {one: room.person() for one in PARTIES}
    for one, desk in desks.items():
        desk.joins(opened.codes[one], f"Person of {one}")
        desk.is_live()
    ves, kas = desks["VES"], desks["KAS"]

    proposes(ves)
    text = text_of(kas)
    expect(text).to_contain_text("Silence procedure")
    text.get_by_role("button", name="Break silence…").click()
    kas.page.locator('#composer [data-field="reason"]').fill("Not before we know.")
    sends(kas)
    for desk in desks.values():
        expect(text_of(desk)).not_to_contain_text("Silence procedure")

    text.get_by_role("button", name="Other words for a clause…").click()
    form = kas.page.locator("#composer")
    form.locator('[data-field="clause"]').fill("2")
    form.locator('[data-field="body"]').fill("We will share it within a day.")
    sends(kas)
    held = text_of(ves)
    expect(held.locator(".bracket")).to_contain_text("[We will share it within a day.]")
    expect(held.get_by_role("button", name="Publish as signed")).to_have_count(0)
    held.get_by_role("button", name="Take in").click()
    for desk in desks.values():
        expect(text_of(desk)).to_contain_text("version 2")

    house.order(opened, "set_rate", rate=RATE)
    proposes(ves)
    expect(text_of(kas)).to_contain_text("Silence procedure")
    house.order(opened, "pause")
    for desk in desks.values():
        expect(text_of(desk)).to_contain_text("Silence procedure")
    house.order(opened, "resume")
    for desk in desks.values():
        expect(text_of(desk)).to_contain_text("published")

    entries = house.entries(opened, "facilitators")
    kinds = [one["kind"] for one in entries]
    assert kinds.count("silence_broken") == 1
    assert kinds.count("text_published") == 1
    tabled = [one for one in entries if one["kind"] == "text_proposed"][-1]
    published = next(one for one in entries if one["kind"] == "text_published")
    assert published["at_ms"] == tabled["at_ms"] + SILENCE_MS
    assert published["body"]["state"]["signed"] == sorted(PARTIES)


def test_a_text_that_is_put_to_a_vote_waits_for_it_until_it_is_cast(
    room: Room, house: House, opened: Opened
) -> None:
    house.order(opened, "hold")
    house.order(opened, "start")
    ves = room.person()
    ves.joins(opened.codes["VES"], "Amina")
    ves.is_live()
    chair = house.join(opened.codes["MSC"], "Chair")["token"]
    parties = ["VES", "KAS", "ORL"]
    text = {"title": TITLE, "body": BODY, "parties": parties, "claims": {}}
    command = {"id": str(uuid4()), "type": "propose", **text, "vote_ms": 600_000}
    path = f"/exercises/{opened.exercise}/commands"
    status, answer = house.ask("POST", path, command, chair)
    assert status == 200, answer
    card = ves.page.locator(".inbox .mail", has_text=TITLE)
    expect(card).to_contain_text("asks for your vote")
    expect(card).to_have_attribute("data-needs", "yes")
    text_of(ves).get_by_role("button", name="Vote against").click()
    expect(text_of(ves)).to_contain_text("votes against")
    goes(ves, "inbox")
    expect(card).to_have_attribute("data-needs", "no")
