"""Takes the pictures in docs/images from a living demonstration.

`python -m tests.e2e.screens [folder]`; it takes about two minutes.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import ROOT
from tests.e2e.house import COMMAND, free_port, running
from tests.e2e.people import PHONE, WIDE, Person, chromium_at

THEMES = ("light", "dark")
# At this speed the robots have an hour and a quarter behind them in a minute.
SPEED = 60
PLAYED = 75 * 60_000
PROPOSED = {
    "title": "Statement on the impact on a grid region and two ports",
    "body": "Those who sign regret the outage in the east of Vesmark and the two ports."
    "\n\nRecovery is under way in both; help that was asked for is on its way."
    "\n\nThey will tell each other what they find."
    "\n\nThis text says nothing about responsibility.",
    "parties": ["VES", "ORL", "KAS", "MSC"],
    "claims": {"impact": "ports-and-grid"},
    "citations": ["UN-NORM:13f"],
}
# A page without a channel has nothing to wait for.
CONNECTED = "() => document.querySelector('.conn')?.dataset.state !== 'reconnecting'"
PROBE = "P1"
SEATED = ["KAS", "ORL", "VES"]
CONVENED = {
    "subject": "Emergency meeting on the outage in the east of Vesmark",
    "session": "plenary",
    "text": "1. What is known of the outage\n2. What members say together\n"
    "3. Next meeting",
}
STATEMENTS = (
    (
        "ORL",
        "Our port lost its cranes at 02:10.\n\nWas it the loader you have found?",
    ),
    ("KAS", "We have no part in this. Our logs are open to the Council's experts."),
)
MINUTES = "Orlania reported on its port. Kastrova offered its logs to the experts."
CONTESTED = "They will pass technical findings on within a day, to contact points only."


@contextmanager
def demonstration(speed: int = SPEED) -> Iterator[dict[str, str]]:
    """Run the demonstration and give its links."""
    port = free_port()
    command = [*COMMAND, "demo", "--port", str(port), "--speed", str(speed)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        links: dict[str, str] = {"url": f"http://127.0.0.1:{port}"}
        for line in process.stdout:
            name, _, address = line.strip().partition(" ")
            if name == "ready":
                break
            links[name] = address.strip().removeprefix(links["url"])
        try:
            yield links
        finally:
            process.terminate()


def somebody(browser: Browser, url: str) -> Person:
    context = browser.new_context(viewport=WIDE, locale="en-GB")  # type: ignore[arg-type]  # width and height
    person = Person(context, url, context.new_page())
    person.watch()
    return person


def as_it_is(_page: Page) -> None:
    """Do nothing before the picture."""


def writes(page: Page) -> None:
    """Begin an answer beside the paper that is open."""
    paper = page.locator(".paper-sheet:visible")
    paper.get_by_role("button", name="Contact-point message…").click()
    form = page.locator("#composer")
    form.locator("input[name=to][value=KAS]").check()
    form.locator('[data-field="subject"]').fill("Three rented servers in Port Sarn")
    form.locator('[data-field="known"]').fill(
        "A loader in our eastern grid calls three addresses in your territory."
    )
    form.locator('[data-field="unknown"]').fill("Who rents them, and since when.")
    page.locator("#papers-body").evaluate("body => body.scrollTo({top: 0})")
    page.locator("#composer-title").focus()


def begins(page: Page) -> None:
    """Begin a message from the list, as on a phone."""
    page.get_by_role("button", name="Write…").first.click()
    page.get_by_role("button", name="Contact-point message").first.click()
    expect(page.locator("#composer")).to_be_visible()


def take(
    person: Person,
    folder: Path,
    name: str,
    path: str,
    *sizes: str,
    first: Callable[[Page], None] = as_it_is,
) -> None:
    """Take a page in both themes, wide and as on a phone."""
    for size in sizes:
        person.page.set_viewport_size(PHONE if size == "phone" else WIDE)  # type: ignore[arg-type]  # width and height
        for theme in THEMES:
            cookie = {"name": "theme", "value": theme, "url": person.url}
            person.context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie
            person.goes("/healthz")
            person.goes(path)
            person.page.wait_for_load_state("load")
            person.page.wait_for_function(CONNECTED)
            first(person.page)
            file = "-".join([name, *(["phone"] if size == "phone" else []), theme])
            person.page.screenshot(path=folder / f"{file}.png")
            print(file, flush=True)  # noqa: T201 - this is a program


def before(browser: Browser, folder: Path) -> None:
    """Take what a delegate sees before the start."""
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as house:
        opened = house.open("Spring course, group B")
        guest = somebody(browser, house.url)
        take(guest, folder, "join", f"/j/{opened.codes['VES']}", "phone")
        for seat, name in (("lead", "Amina Haddad"), ("cert", "Jonas Berg")):
            house.join(opened.codes["VES"], name, seat)
        guest.joins(opened.codes["VES"], "Lucía Ortega", "Legal adviser")
        take(guest, folder, "lobby", guest.page.url.removeprefix(house.url), "phone")
        host = somebody(browser, house.url)
        host.follows(house.host_link)
        take(host, folder, "host", "/host", "wide")


def among(browser: Browser, folder: Path) -> None:
    """Take a text with brackets, the directory, who knows what, and a probe."""
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as house:
        opened = house.open("Spring course, group B")
        house.order(opened, "start")
        tokens = {
            one: house.join(opened.codes[one], f"Delegate of {one}")["token"]
            for one in ("KAS", "MSC")
        }

        def does(who: str, kind: str, **rest: object) -> str:
            command = {"id": str(uuid4()), "type": kind, **rest}
            path = f"/exercises/{opened.exercise}/commands"
            status, answer = house.ask("POST", path, command, tokens[who])
            assert status == HTTPStatus.OK, answer
            return str(answer["id"])

        text = does("MSC", "propose", **PROPOSED)
        does("KAS", "amend", text=text, clause=3, body=CONTESTED, remark="Too vague")
        ves = somebody(browser, house.url)
        ves.joins(opened.codes["VES"], "Amina Haddad", "Legal adviser")
        desk = ves.page.url.removeprefix(house.url)
        take(ves, folder, "negotiation", f"{desk}#text-{text}", "wide", "phone")
        take(ves, folder, "hotline", f"{desk}#hotline", "wide", "phone")
        take(ves, folder, "composer", f"{desk}#inbox", "phone", first=begins)
        fac = somebody(browser, house.url)
        fac.follows(house.link(opened, "facilitator"))
        knowledge = f"/console/{opened.exercise}/knowledge"
        take(fac, folder, "who-knows-what", knowledge, "wide", "phone")
        probe = house.order(opened, "open_probe", probe=PROBE)["id"]
        take(ves, folder, "probe", f"{desk}#paper-{probe}", "wide", "phone")


def meeting(browser: Browser, folder: Path) -> None:
    """Take a session: its chair's view, and a member's who has the floor."""
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as house:
        opened = house.open("Spring course, group B")
        house.order(opened, "hold")
        house.order(opened, "start", rate=60)
        tokens = {
            one: house.join(opened.codes[one], f"Delegate of {one}", "lead")["token"]
            for one in ("MSC", "ORL", "KAS")
        }

        def does(who: str, kind: str, **rest: object) -> str:
            command = {"id": str(uuid4()), "type": kind, **rest}
            path = f"/exercises/{opened.exercise}/commands"
            status, answer = house.ask("POST", path, command, tokens[who])
            assert status == HTTPStatus.OK, answer
            return str(answer["id"])

        ves = somebody(browser, house.url)
        ves.joins(opened.codes["VES"], "Amina Haddad", "Legal adviser")
        desk = ves.page.url.removeprefix(house.url)
        does("MSC", "act", instrument="convene_forum", to=SEATED, fields=CONVENED)
        entries = house.entries(opened, "facilitators")
        forum = next(x["id"] for x in entries if x["kind"] == "forum_opened")
        for who, words in STATEMENTS:
            does(who, "ask_floor", forum=forum)
            does("MSC", "give_floor", forum=forum)
            does(who, "speak", forum=forum, text=words)
            does(who, "yield_floor", forum=forum)
        does("MSC", "record_minutes", forum=forum, text=MINUTES)
        does("MSC", "take_up", forum=forum, item=2)
        parties = [*SEATED, "MSC"]
        text = {**PROPOSED, "parties": parties, "vote_ms": 600_000, "forum": forum}
        does("MSC", "propose", **text)
        does("ORL", "ask_floor", forum=forum)
        does("KAS", "ask_floor", forum=forum)
        does("MSC", "give_floor", forum=forum, to="VES")
        here = f"{desk}#forum-{forum}"
        take(ves, folder, "forum", here, "wide", "phone")


def during(browser: Browser, folder: Path) -> None:
    """Take every desk while robots play."""
    with demonstration() as links:
        fac = somebody(browser, links["url"])
        fac.follows(links["facilitator"])
        fac.page.wait_for_function(
            f"Number(document.body.dataset.atMs) < {PLAYED} ? location.reload() : true",
            polling=5000,
            timeout=180_000,
        )
        console = fac.page.url.removeprefix(links["url"])
        ves = somebody(browser, links["url"])
        ves.goes(links["VES"])
        ves.page.get_by_label("Your name").fill("Amina Haddad")
        ves.page.get_by_role("radio", name="Legal adviser").check()
        ves.page.get_by_role("button", name="Join").click()
        ves.page.wait_for_url("**/desk/*")
        ves.is_live()
        desk = ves.page.url.removeprefix(links["url"])
        ves.page.locator(".mail a", has_text="Loader contacts three").click()
        expect(ves.page.locator(".paper-sheet:visible")).to_be_visible()
        paper = ves.page.url.removeprefix(links["url"])
        take(fac, folder, "console", console, "wide", "phone")
        take(ves, folder, "desk", paper, "wide", first=writes)
        take(ves, folder, "desk", paper, "phone")
        take(ves, folder, "inbox", desk, "phone")
        take(ves, folder, "timeline", f"{desk}#timeline", "wide")
        screen = somebody(browser, links["url"])
        take(screen, folder, "room", links["room"], "wide")
        trainer = somebody(browser, links["url"])
        trainer.follows(links["trainer"])
        review = trainer.page.url.removeprefix(links["url"])
        fac.goes(console)
        fac.is_live()
        fac.page.get_by_role("button", name="End…").click()
        fac.page.get_by_label("Type END to go on").fill("END")
        fac.page.get_by_role("button", name="End for everyone").click()
        expect(fac.page.locator('#timeline [data-kind="ended"]')).to_have_count(1)
        take(trainer, folder, "review", review, "wide", "phone")
        take(trainer, folder, "report", f"{review}/report.html", "wide")
        for one in (fac, ves, screen, trainer):
            print(one.errors, one.strangers)  # noqa: T201 - this is a program


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as play, chromium_at(play, path) as browser:
        before(browser, folder)
        among(browser, folder)
        meeting(browser, folder)
        during(browser, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/images")
