"""A page rendered early and kept up by entries says what one rendered late says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.house import House, Opened, running
from tests.e2e.people import Person, Room
from tests.e2e.program import Program

pytestmark = pytest.mark.browser

# What a region says, element by element: its id, its state, its words. What a viewer
# may do (buttons) is built when a paper is opened; times left count once a second.
SAYS = """regions => regions.map(selector => {
  const region = document.querySelector(selector);
  if (!region) return [selector, null];
  const state = node => Object.entries(node.dataset)
    .filter(([name]) => !['position', 'waits', 'needs', 'fromMs'].includes(name))
    .map(([name, value]) => `${name}=${value}`).sort().join(' ');
  const words = node => {
    const copy = node.cloneNode(true);
    const apart = 'button, .answers, .deadline, .entry-tools';
    for (const one of copy.querySelectorAll(apart)) one.remove();
    return copy.textContent.replace(/\\s+/g, ' ').trim();
  };
  return [selector, [...region.querySelectorAll('[id]')]
    .map(node => `${node.id} | ${state(node)} | ${words(node)}`).sort()];
})"""
SAID = """() => [...document.querySelectorAll('.transcript .call-line')]
  .map(line => line.textContent.replace(/\\s+/g, ' ').trim())"""
DESK = [
    *("#timeline", "#papers", "#items", "#texts", "#promises", "#ours-list"),
    *("#forums", "#forum-lines", "#forum-texts", "#forum-minutes"),
]
CONSOLE = ["#timeline"]


def play(house: House, opened: Opened, ves: Program, kas: Program) -> None:
    """Let one of nearly everything happen."""
    order = house.order
    order(opened, "release", inject="dispatch-wiper")
    wiper = ves.hears("inject_released", inject="dispatch-wiper")
    order(opened, "release", inject="blackouts")
    ves.did("acknowledge", about=wiper["id"])
    order(
        opened, "ad_hoc_inject", title="Mistake", body="Not for you.", channel="wire",
        audience="all",
    )  # fmt: skip
    wrong = ves.hears("inject_released", title="Mistake")
    order(opened, "recall", inject=wrong["body"]["inject"], reason="Sent in error")
    ves.did(
        "act", instrument="public_statement",
        fields={"subject": "Dark", "text": "The east is dark. <b>No</b> names."},
    )  # fmt: skip
    asked = ves.did(
        "act", instrument="private_demarche", to=["KAS"],
        fields={"subject": "Logs", "text": "They lapse.", "asked": "Keep them."},
    )["id"]  # fmt: skip
    kas.hears("act_issued", instrument="private_demarche")
    kas.did("act", instrument="reply", to=["VES"], about=asked, fields={"text": "Yes."})
    items = wiper["body"]["items"]
    if items:
        ves.did("share_item", item=items[0]["id"], to=["HGA"])
    call = kas.did("call", to="VES")["id"]
    ves.did("answer_call", call=call)
    kas.did("say", call=call, text="We are looking.")
    kas.did("hang_up", call=call)
    text = ves.did(
        "propose", title="Together", body="First words.", parties=["KAS", "ORL"],
        claims={},
    )["id"]  # fmt: skip
    ves.did("amend", text=text, body="Second words.")
    kas.did("sign", text=text, version=2)
    meet(ves, kas)
    order(opened, "note", text="Well asked.")
    order(opened, "skip", inject="forged-screenshot", reason="Too early")
    order(opened, "pause", reason="Coffee")


def meet(ves: Program, kas: Program) -> None:
    """Let two delegations meet in a session, with a text on its table."""
    agenda = {"subject": "The outage", "text": "1. Facts\n2. Words"}
    ves.did("act", instrument="convene_forum", to=["KAS"], fields=agenda)
    forum = kas.hears("forum_opened")["id"]
    kas.did("ask_floor", forum=forum)
    ves.did("give_floor", forum=forum)
    kas.did("speak", forum=forum, text="We are looking.")
    kas.did("yield_floor", forum=forum)
    ves.did("record_minutes", forum=forum, text="KAS looks.")
    ves.did("take_up", forum=forum, item=2)
    text = {"title": "Of the session", "body": "We look.", "parties": ["KAS"]}
    kept = ves.did("propose", **text, claims={}, forum=forum)["id"]
    kas.did("sign", text=kept)
    ves.did("propose", **text, claims={}, forum=forum)
    ves.did("admit", forum=forum, delegations=["ORL"])
    ves.did("close_forum", forum=forum, conclusion="We meet again.")


def same(early: Person, late: Page, regions: list[str]) -> None:
    """Hold both pages to saying the same."""
    for page in (early.page, late):
        expect(page.locator('#timeline [data-kind="paused"]')).to_have_count(1)
    one, other = (page.evaluate(SAYS, regions) for page in (early.page, late))
    apart = [
        (region, line)
        for (region, first), (_, second) in zip(one, other, strict=True)
        for line in sorted(set(first or ()) ^ set(second or ()))
    ]
    assert not apart, "\n".join(map(str, apart))
    assert any(lines for _, lines in one)
    assert early.page.evaluate(SAID) == late.evaluate(SAID)


def again(person: Person) -> Page:
    """Open a person's page a second time, beside the first."""
    late = person.context.new_page()
    late.goto(person.page.url.partition("#")[0])
    expect(late.locator(".conn").first).to_have_attribute("data-state", "paused")
    return late


def test_early_pages_become_late_ones(room: Room, house: House, opened: Opened) -> None:
    house.order(opened, "hold")
    house.order(opened, "start")
    fac, desk = room.facilitator(opened), room.person()
    desk.joins(opened.codes["VES"], "Amina", "Legal adviser")
    for one in (fac, desk):
        one.is_live()
    tokens = [house.join(opened.codes[one], one)["token"] for one in ("VES", "KAS")]
    with Program(house, tokens[0]) as ves, Program(house, tokens[1]) as kas:
        play(house, opened, ves, kas)
    same(desk, again(desk), DESK)
    same(fac, again(fac), CONSOLE)


@pytest.mark.faults
def test_a_page_begins_anew_when_the_database_was_restored(
    browser: Browser, tmp_path: Path
) -> None:
    with running(tmp_path) as house:
        opened = house.open()
        house.order(opened, "hold")
        house.order(opened, "start")
        room = Room(browser, house)
        desk = room.person()
        desk.joins(opened.codes["VES"], "Amina")
        desk.is_live()
        kept = str(tmp_path / "kept.zip")
        house.command("backup", "-o", kept)
        send(house, opened)("Lost in the restore")
        timeline = desk.page.locator("#timeline")
        expect(timeline).to_contain_text("Lost in the restore")
        desk.cut = True
        house.stop()
        house.command("restore", kept)
        house.start()
        expect(timeline).not_to_contain_text("Lost in the restore", timeout=30_000)
        house.order(opened, "resume")
        desk.is_live()
        send(house, opened)("After the restore")
        expect(timeline).to_contain_text("After the restore")
        room.closes()


def send(house: House, opened: Opened) -> Callable[[str], object]:
    return lambda title: house.order(
        opened, "ad_hoc_inject", title=title, body="B", channel="cable", audience="all"
    )
