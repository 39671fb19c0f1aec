"""Markup in every text a person can write, in real browsers: it stays text."""

import uuid
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import expect

from tests.attack.payloads import CALL, MARKUP
from tests.e2e.house import House, Opened
from tests.e2e.people import Person, Room

pytestmark = [pytest.mark.browser, pytest.mark.attack]

Json: TypeAlias = Any

ALL = "\n".join(MARKUP)
SHORT = tuple(one for one in MARKUP if len(one) <= 80)
MEDIUM = " ".join(MARKUP[:6])[:200]
LONG = ALL[:4000]
# What a browser tells of anything that would have run or loaded against the rules.
WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.broken.push(event.violatedDirective + " " + event.blockedURI));
"""
FOREIGN = """() => [...document.querySelectorAll("*")].filter((one) =>
  ["IFRAME", "OBJECT", "EMBED", "BASE", "MARQUEE", "VIDEO", "AUDIO", "MATH", "X", "XSS"]
    .includes(one.tagName)
  || (one.tagName === "SCRIPT" && !(one.src || "").startsWith(location.origin))
  || [...one.attributes].some((it) => it.name.startsWith("on")
    || it.name === "srcdoc" || it.name === "hx-get"
    || (["href", "src", "action", "formaction"].includes(it.name)
        && /^\\s*(java|data:text)/i.test(it.value))),
).map((one) => one.outerHTML.slice(0, 200))"""


class Attacker:
    """A program of one delegation that sends what it likes."""

    def __init__(self, house: House, opened: Opened, party: str, name: str) -> None:
        told = house.join(opened.codes[party], name)
        self._house, self._token = house, told["token"]
        self._path = f"/exercises/{opened.exercise}/commands"

    def does(self, type_: str, **rest: Json) -> str:
        told = {"id": str(uuid.uuid4()), "type": type_, **rest}
        status, ack = self._house.ask("POST", self._path, told, self._token)
        assert status == 200, (told, ack)
        id_: str = ack["id"]
        return id_

    def acts(self, instrument: str, *to: str, **fields: Json) -> str:
        return self.does("act", instrument=instrument, to=to, fields=fields)


def writes_everywhere(house: House, opened: Opened) -> None:
    """Write payloads into names, acts, calls, texts, notes, injects and findings."""
    ves = Attacker(house, opened, "VES", SHORT[0])
    kas = Attacker(house, opened, "KAS", SHORT[1])
    ves.acts("public_statement", subject=MEDIUM, text=LONG)
    ves.acts("press_line", text=LONG)
    ves.acts("clarification_request", "KAS", subject=MEDIUM, asked=LONG, known=LONG)
    call = kas.does("call", to="VES")
    ves.does("answer_call", call=call)
    for one in (LONG, ALL[-4000:]):
        house.order(opened, "note", text=one)
    kas.does("say", call=call, text=ALL[:2000])
    text = ves.does(
        "propose", title=MEDIUM, body=ALL[:8000], parties=["VES", "KAS"], claims={}
    )
    kas.does("amend", text=text, body=ALL[-8000:], remark=LONG[:1000])
    kas.does("reserve", text=text, reservation=LONG[:1000])
    house.order(
        opened,
        "reply_as",
        speaker=MEDIUM,
        title=MEDIUM,
        body=ALL[:8000],
        audience="public",
    )
    for channel in ("wire", "cable", "social", "legal"):
        house.order(
            opened,
            "ad_hoc_inject",
            title=MEDIUM,
            body=ALL[:8000],
            channel=channel,
            audience="all",
        )
    house.order(opened, "pause", reason=LONG[:1000])


def holds(person: Person) -> None:
    """Hold a page to having shown it all and run none of it."""
    expect(person.page.locator("body")).to_contain_text(CALL)
    assert person.page.evaluate(FOREIGN) == []
    assert person.page.evaluate("window.broken") == []
    assert person.page.locator("#main").count() == 1


@pytest.fixture
def dialogs() -> list[str]:
    return []


@pytest.fixture
def people(
    room: Room, house: House, opened: Opened, dialogs: list[str]
) -> dict[str, Person]:
    """Give the people whose pages are open while it arrives."""
    house.order(opened, "hold")
    house.order(opened, "start")
    made = {one: room.person() for one in ("fac", "obs", "tra", "ves", "room")}
    for one in made.values():
        one.context.add_init_script(WATCH)
        one.page.on(
            "dialog", lambda told: (dialogs.append(told.message), told.accept())
        )
    made["fac"].follows(house.link(opened, "facilitator"))
    made["obs"].follows(house.link(opened, "observer"))
    made["tra"].follows(house.link(opened, "trainer"))
    made["ves"].joins(opened.codes["VES"], SHORT[2])
    made["room"].goes(f"/room/{opened.room}")
    return made


def test_nothing_that_people_write_runs_in_anybodys_browser(
    people: dict[str, Person], house: House, opened: Opened, dialogs: list[str]
) -> None:
    writes_everywhere(house, opened)
    for person in people.values():
        holds(person)  # as it arrived, live
        person.page.reload()
        holds(person)  # as the server prints it
    fac = people["fac"]
    for part in ("/board", "/view/VES", "/view/KAS"):
        fac.goes(f"/console/{opened.exercise}{part}")
        assert fac.page.evaluate(FOREIGN) == []
        assert fac.page.evaluate("window.broken") == []
    assert dialogs == []
