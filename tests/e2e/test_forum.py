"""Three delegations and a facilitator meet in a session; one has no mouse."""

from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.design.test_pages import RULES
from tests.e2e.house import House, Opened
from tests.e2e.people import PHONE, Person, Room
from tests.e2e.test_access import tabs_to
from tests.e2e.test_room import goes, sends, writes

pytestmark = pytest.mark.browser

PARTIES = ("MSC", "VES", "KAS", "ORL")
TITLE = "Outage in the east"
AGENDA = "1. What is known\n2. What we say"
WORDS = "The east is dark; nobody was hurt."
CANARY = "Words for this room alone"


def button(person: Person, name: str) -> Locator:
    return person.page.locator("#forum-foot").get_by_role("button", name=name)


def state(person: Person) -> Locator:
    return person.page.locator("#forum-state")


def lines(person: Person) -> Locator:
    return person.page.locator("#forum-lines")


def presses(page: Page, target: Locator) -> None:
    """Go to a control with Tab and press it with Enter."""
    expect(target).to_be_visible()
    tabs_to(page, target)
    page.keyboard.press("Enter")


@dataclass
class Session:
    """The chair, two members, and one who comes later, each at a desk."""

    msc: Person
    ves: Person
    kas: Person
    orl: Person

    @property
    def inside(self) -> tuple[Person, ...]:
        return self.msc, self.ves, self.kas


@pytest.fixture
def session(room: Room, house: House, opened: Opened) -> Session:
    house.order(opened, "hold")
    house.order(opened, "start")
    desks = [room.person() for _ in PARTIES]
    for one, desk in zip(PARTIES, desks, strict=True):
        desk.joins(opened.codes[one], f"Person of {one}")
        desk.is_live()
    return Session(*desks)


def convenes(session: Session) -> None:
    """Let the chair invite, VES come by keyboard, and both ask for the floor."""
    msc, ves, kas = session.inside
    goes(msc, "inbox")
    writes(msc, "Convene a session", "VES KAS", subject=TITLE, text=AGENDA)
    sends(msc)
    presses(ves.page, ves.page.locator("#forum-notice a"))
    expect(ves.page.locator(".forum:visible")).to_contain_text(TITLE)
    presses(ves.page, button(ves, "Ask for the floor"))
    expect(state(ves)).to_contain_text("number 1 on the speakers’ list")
    expect(button(ves, "Leave the speakers’ list")).to_be_focused()
    goes(kas, "sessions")
    button(kas, "Ask for the floor").click()
    expect(state(kas)).to_contain_text("number 2 on the speakers’ list")


def speak(session: Session) -> None:
    """Let the chair give the floor to each in turn, and take minutes."""
    msc, ves, kas = session.inside
    goes(msc, "sessions")
    expect(msc.page.locator(".forum-speakers > li")).to_have_count(2)
    button(msc, "Give the floor to the next").click()
    expect(state(kas)).to_contain_text("Vesmark has the floor")
    expect(button(kas, "Say it")).to_be_hidden()
    words = ves.page.locator("#forum-words")
    expect(words).to_be_visible()
    tabs_to(ves.page, words)
    ves.page.keyboard.type(WORDS)
    ves.page.keyboard.press("Control+Enter")
    for desk in session.inside:
        expect(lines(desk)).to_contain_text(WORDS)
    presses(ves.page, button(ves, "Yield the floor"))
    expect(state(kas)).to_contain_text("Nobody has the floor.")
    msc.page.locator('[data-speaker="KAS"] [data-give-floor]').click()
    kas.page.locator("#forum-words").fill(CANARY)
    button(kas, "Say it").click()
    button(kas, "Yield the floor").click()
    expect(lines(ves)).to_contain_text(CANARY)


def minutes(session: Session) -> None:
    msc, ves, kas = session.inside
    button(msc, "Minutes…").click()
    msc.page.locator('#composer [data-field="text"]').fill("Both reported.")
    sends(msc)
    button(msc, "Next item").click()
    for desk in (ves, kas):
        expect(desk.page.locator("#forum-minutes")).to_contain_text("Both reported.")
        now = desk.page.locator(".forum-agenda [aria-current]")
        expect(now).to_contain_text("What we say")


def adopt(session: Session) -> None:
    """Put a text to the vote in the room, and carry it with its quorum."""
    msc, ves, kas = session.inside
    button(msc, "Table a text…").click()
    form = msc.page.locator("#composer")
    form.locator('[data-field="title"]').fill("Statement of the session")
    form.locator('[data-field="body"]').fill("We will share what we find.")
    form.locator('[data-field="vote"]').select_option("10")
    form.locator('[data-field="quorum"]').fill("3")
    sends(msc)
    text = ves.page.locator("#forum-texts > article:visible")
    expect(text).to_contain_text("quorum 3 of 3, 1 voted")
    presses(ves.page, text.get_by_role("button", name="Vote for"))
    kas.page.locator("#forum-texts").get_by_role("button", name="Abstain").click()
    expect(text).to_contain_text("published")
    expect(lines(kas)).to_contain_text("Adopted and published")


def is_accessible(person: Person) -> None:
    broken = Axe().run(person.page, options=RULES).response["violations"]
    assert not broken, [(rule["id"], rule["nodes"][0]["html"]) for rule in broken]


def test_a_session_from_the_invitation_to_the_minutes(
    room: Room, house: House, opened: Opened, session: Session
) -> None:
    convenes(session)
    speak(session)
    minutes(session)
    adopt(session)
    is_accessible(session.ves)
    session.kas.page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # width and height
    is_accessible(session.kas)

    invites(room.facilitator(opened), "ORL")
    goes(session.orl, "sessions")
    expect(session.orl.page.locator(".forum:visible")).to_contain_text(TITLE)
    assert CANARY not in session.orl.received
    button(session.msc, "Close the session…").click()
    form = session.msc.page.locator("#composer")
    form.locator('[data-field="conclusion"]').fill("We meet again.")
    sends(session.msc)
    for desk in (session.ves, session.orl):
        expect(state(desk)).to_contain_text("This session is closed.")
        expect(desk.page.locator("#forum-minutes")).to_contain_text("We meet again.")
    kinds = [one["kind"] for one in house.entries(opened, "facilitators")]
    assert kinds.count("forum_spoken") == 2
    assert kinds.count("forum_closed") == 1
    seen = [one["kind"] for one in house.entries(opened, "observers")]
    assert not [one for one in seen if one.startswith(("forum", "floor", "minutes"))]


def invites(fac: Person, party: str) -> None:
    """Invite one more delegation from the board, as the white cell may."""
    fac.page.reload()
    fac.is_live()
    board = fac.page.locator("#board .sitting", has_text=TITLE)
    board.get_by_role("button", name="Invite…").click()
    dialog = fac.page.locator("#dialog-forum_admit")
    dialog.locator(f'input[name="delegations"][value="{party}"]').check()
    dialog.get_by_role("button", name="Invite").click()
    expect(dialog).to_be_hidden()
