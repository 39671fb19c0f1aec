"""Every page can be used by everybody: axe, keyboard, narrow, light, turned round."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.design.test_pages import OUTSIDE, RULES
from tests.e2e.house import House, Opened
from tests.e2e.people import PHONE, WIDE, Person, Room
from tests.e2e.program import Program

pytestmark = pytest.mark.browser

Visit: TypeAlias = Callable[[Page], object]

COLD_PAGE = 150 << 10
COLD_JOIN = 60 << 10
# What is cut off without a sign that it goes on, in a box that cannot be scrolled.
CLIPPED = """() => [...document.querySelectorAll('body *')].filter(node => {
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  const text = [...node.childNodes].some(one => one.nodeType === 3 && one.data.trim());
  return text && box.width > 1 && box.height > 1 && style.visibility === 'visible'
    && !node.closest('.visually-hidden, .skip, svg, option, template')
    && ['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis'
    && (node.scrollWidth > node.clientWidth + 1);
}).map(node => node.outerHTML.slice(0, 120))"""

# An arrow that points against the language, and a time that is told backward.
SIGNS = ".arrow, .room-clock"
BACKWARD = """signs => [...document.querySelectorAll(signs)].filter(node => {
  const style = getComputedStyle(node);
  return node.checkVisibility() && (node.matches('.arrow')
    ? !style.transform.startsWith('matrix(-1') : style.direction !== 'ltr');
}).map(node => node.outerHTML.slice(0, 120))"""


@dataclass(frozen=True)
class Stage:
    """Three exercises: waiting, in play, over; and every page that shows them."""

    house: House
    waiting: Opened
    playing: Opened
    over: Opened
    everybody: Person

    def visits(self) -> Iterator[tuple[str, str, Visit]]:
        """Yield every page's name, its address and what to do there first."""
        mine, console = self.desk, f"/console/{self.playing.exercise}"
        yield "landing", "/", as_it_is
        yield "join", f"/j/{self.waiting.codes['ORL']}?new=1", as_it_is
        yield "lobby", self.lobby, as_it_is
        yield "host", "/host", as_it_is
        yield "problem", "/no/such/page", as_it_is
        yield "room", f"/room/{self.playing.room}", as_it_is
        yield "codes", f"{console}/join", as_it_is
        yield "console", console, as_it_is
        yield "ad hoc", console, asks("adhoc")
        yield "people", console, asks("people")
        yield "who knows what", f"{console}/knowledge", as_it_is
        yield "view as", f"{console}/view/VES", as_it_is
        yield "observer", self.observer, as_it_is
        yield "review", f"/review/{self.playing.exercise}", as_it_is
        yield "report", f"/review/{self.playing.exercise}/report.html", as_it_is
        yield "paper", mine, opens_mail
        yield "composer", mine, composes
        yield "proposal", f"{mine}#papers", proposes
        yield "versions", f"{mine}#papers", opens_versions
        yield "agenda", f"{mine}#sessions", turns_to_the_agenda
        yield "compliance", f"{mine}/compliance", as_it_is
        for view in ("timeline", "hotline", "sessions", "papers", "rules", "brief"):
            yield view, f"{mine}#{view}", as_it_is
        review = f"/review/{self.over.exercise}"
        yield "hot wash", f"{self.everybody.paths['over']}#hotwash", as_it_is
        yield "room after all", f"/room/{self.over.room}", as_it_is
        yield "review after all", review, as_it_is
        yield "export", review, asks("export")
        yield "trends", "/host/trends", as_it_is

    @property
    def desk(self) -> str:
        return self.everybody.paths["desk"]

    @property
    def lobby(self) -> str:
        return self.everybody.paths["lobby"]

    @property
    def observer(self) -> str:
        return self.everybody.paths["observer"]


def as_it_is(page: Page) -> None:
    expect(page.locator("body")).to_be_visible()


def asks(dialog: str) -> Visit:
    return lambda page: page.locator(f"button[data-dialog={dialog}]").first.click()


def opens_mail(page: Page) -> None:
    page.locator(".inbox .mail a").first.click()


def composes(page: Page) -> None:
    page.locator(".inbox-foot [data-write]").click()
    page.locator("#write [data-compose=public_attribution]").click()


def proposes(page: Page) -> None:
    page.locator("#papers-texts [data-compose=propose]").click()


def opens_versions(page: Page) -> None:
    page.locator(".joint-text [data-text-act=versions]").first.click()
    expect(page.locator("#versions [data-version]").first).to_be_visible()


def turns_to_the_agenda(page: Page) -> None:
    turn = page.locator("[data-turn-side]")
    expect(page.locator("#forum-foot")).to_be_visible()
    if turn.is_visible():
        turn.click()
        expect(turn.locator(".turn-back")).to_be_visible()


def ended(house: House, one: Person) -> Opened:
    """Return an exercise that is over, with a hot wash and one's desk in it."""
    over = house.open("Over")
    house.order(over, "start", rate=60)
    one.joins(over.codes["VES"], "Amina", "Legal adviser")
    one.keeps("over")
    who = [house.join(over.codes[who], who)["token"] for who in ("KAS", "ORL", "MSC")]
    house.order(over, "end", confirm="END")
    for token in who:
        body = {"id": str(uuid4()), "type": "survey", "answers": {"scale_aims": "4"}}
        path = f"/exercises/{over.exercise}/commands"
        assert house.ask("POST", path, body, token)[0] == 200
    one.follows(house.link(over, "trainer"))
    return over


@pytest.fixture(scope="module")
def stage(browser: Browser, house: House) -> Iterator[Stage]:
    room = Room(browser, house)
    waiting, playing = house.open("Waiting"), house.open("Playing")
    house.order(playing, "hold")
    house.order(playing, "start")
    one = room.person()
    one.follows(house.host_link)
    one.joins(waiting.codes["VES"], "Amina", "Legal adviser")
    one.keeps("lobby")
    over = ended(house, one)
    one.joins(playing.codes["VES"], "Amina", "Legal adviser")
    one.keeps("desk")
    for role in ("observer", "trainer", "evaluator", "facilitator"):
        one.follows(house.link(playing, role))
        one.keeps(role)
    tokens = [house.join(playing.codes[who], who)["token"] for who in ("VES", "KAS")]
    with Program(house, tokens[0]) as ves, Program(house, tokens[1]) as kas:
        for inject in ("dispatch-wiper", "beacon", "press-question", "blackouts"):
            house.order(playing, "release", inject=inject)
        house.order(playing, "open_probe", probe=probes(house, playing)[0])
        says = {"safety": "no-deaths", "impact": "ports-and-grid"}
        ves.did(
            "propose", title="Together", body="Words.", parties=["KAS"], claims=says
        )
        ves.did(
            "act",
            instrument="press_line",
            fields={"text": "No deaths.", "claims": says},
        )
        call = kas.did("call", to="VES")["id"]
        ves.did("answer_call", call=call)
        kas.did("say", call=call, text="It was not us.")
        kas.did("hang_up", call=call)
        ves.did(
            "act", instrument="convene_forum", to=["KAS"],
            fields={"subject": "The outage", "text": "1. Facts\n2. Words"},
        )  # fmt: skip
        forum = kas.hears("forum_opened")["id"]
        kas.did("ask_floor", forum=forum)
        ves.did("give_floor", forum=forum)
        kas.did("speak", forum=forum, text="We are looking.")
        ves.did("record_minutes", forum=forum, text="KAS looks.")
        house.order(playing, "note", text="Well asked.")
        house.order(playing, "pause", reason="Coffee")
    yield Stage(house, waiting, playing, over, one)
    room.closes()


def probes(house: House, opened: Opened) -> list[str]:
    scenario = house.entries(opened)[0]["body"]["scenario"]
    return [one["id"] for one in scenario["probes"]]


def looks(
    stage: Stage, size: dict[str, int], query: str = ""
) -> Iterator[tuple[str, Page]]:
    """Go to every page in turn."""
    page = stage.everybody.context.new_page()
    page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
    for name, path, visit in stage.visits():
        bare, mark, view = path.partition("#")
        joined = bare + ("&" if "?" in bare else "?") + query if query else bare
        page.goto("about:blank")
        page.goto(stage.house.url + joined + mark + view)
        visit(page)
        yield name, page
    page.close()


@pytest.mark.parametrize(("theme", "size"), [("light", WIDE), ("dark", PHONE)])
def test_axe_finds_nothing(stage: Stage, theme: str, size: dict[str, int]) -> None:
    stage.everybody.context.add_cookies(
        [{"name": "theme", "value": theme, "url": stage.house.url}]
    )
    found = []
    for name, page in looks(stage, size):
        broken = Axe().run(page, options=RULES).response["violations"]
        found += [(name, rule["id"], rule["nodes"][0]["html"]) for rule in broken]
    assert not found, "\n".join(map(str, found))


def test_at_320_pixels_nothing_hangs_out(stage: Stage) -> None:
    narrow = {"width": 320, "height": 640}
    found = [
        (name, outside)
        for name, page in looks(stage, narrow)
        for outside in page.evaluate(OUTSIDE)
    ]
    assert not found, "\n".join(map(str, found))


def test_longer_words_from_right_to_left_are_not_clipped(stage: Stage) -> None:
    found: list[tuple[str, Any]] = []
    for name, page in looks(stage, PHONE, "lang=qps"):
        if name == "report":  # It speaks the language it was made in.
            continue
        if page.evaluate("document.documentElement.dir") != "rtl":
            found.append((name, "is not turned round"))
        found += [(name, cut) for cut in page.evaluate(CLIPPED)]
        found += [(name, out) for out in page.evaluate(OUTSIDE)]
        found += [(name, sign) for sign in page.evaluate(BACKWARD, SIGNS)]
    stage.everybody.goes("/?lang=en")
    assert not found, "\n".join(map(str, found))


def tabs_to(page: Page, target: Locator, most: int = 80) -> None:
    """Press Tab until the focus is on something."""
    for _ in range(most):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(target)


def test_a_delegate_gets_by_with_the_keyboard_alone(
    room: Room, house: House, opened: Opened
) -> None:
    one = room.person()
    page, keys = one.page, one.page.keyboard
    one.goes("/")
    tabs_to(page, page.get_by_label("Your code"))
    keys.type(opened.codes["VES"])
    keys.press("Enter")
    tabs_to(page, page.get_by_label("Your name"))
    keys.type("Amina")
    tabs_to(page, page.locator("input[name=seat]").first)
    keys.press("Space")
    tabs_to(page, page.get_by_role("button", name="Join"))
    keys.press("Enter")
    page.wait_for_url("**/desk/*")
    tabs_to(page, page.get_by_text("Read the secret brief").locator("xpath=.."))
    keys.press("Enter")
    expect(page.get_by_text("Red lines")).to_be_visible()
    house.order(opened, "start")
    card = page.locator(".mail a", has_text="Directory ping")
    expect(card).to_be_visible()
    tabs_to(page, card)
    keys.press("Enter")
    paper = page.locator(".paper-sheet:visible")
    tabs_to(page, paper.get_by_role("button", name="Acknowledge"))
    keys.press("Enter")
    expect(paper.locator(".said")).to_contain_text("acknowledged")
    tabs_to(page, paper.get_by_role("button", name="Statement…"))
    keys.press("Enter")
    text = page.locator('#composer [data-field="text"]')
    tabs_to(page, text)
    keys.type("Our contact point answers at night.")
    keys.press("Control+Enter")
    expect(paper.locator(".said")).to_contain_text("Public statement")
    keys.press("?")
    expect(page.locator("#help")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    tabs_to(page, page.locator('.views [data-go="hotline"]'))
    keys.press("Enter")
    tabs_to(page, page.locator('.ring-list [data-ring="KAS"]'))
    keys.press("Enter")
    hang_up = page.get_by_role("button", name="Hang up")
    expect(hang_up).to_be_visible()
    tabs_to(page, hang_up)
    keys.press("Enter")
    expect(page.locator("#calls-past .call-past")).to_have_count(1)


def weight(person: Person, path: str) -> int:
    """Return the bytes that a browser which was never here loads for a page."""
    loaded: list[int] = []
    line = person.context.new_cdp_session(person.page)
    line.send("Network.enable")
    line.on(
        "Network.loadingFinished",
        lambda told: loaded.append(int(told["encodedDataLength"])),
    )
    person.page.goto(person.url + path, wait_until="load")
    line.detach()
    return sum(loaded)


def test_a_phones_first_pages_are_light(room: Room, stage: Stage) -> None:
    stranger = room.person(viewport=PHONE)
    join = weight(stranger, f"/j/{stage.playing.codes['MED']}")
    guest = room.person(viewport=PHONE)
    guest.context.add_cookies(stage.everybody.context.cookies())  # type: ignore[arg-type]  # Playwright's own
    desk = weight(guest, stage.desk)
    print(f"join page {join / 1024:.0f} KB, desk {desk / 1024:.0f} KB, cold")  # noqa: T201 - its figures
    assert join <= COLD_JOIN
    assert desk <= COLD_PAGE
