"""A trainer's afternoon after the exercise, from the log to the report, by keyboard."""

import json
import uuid
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.house import House, Opened
from tests.e2e.people import Room

pytestmark = pytest.mark.browser

ENOUGH = 400
HERE = "selector => document.activeElement?.matches(selector) ?? false"


def reaches(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on something that `selector` names."""
    for _ in range(ENOUGH):
        if page.evaluate(HERE, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(selector)


def opens(page: Page, selector: str) -> None:
    reaches(page, selector)
    page.keyboard.press("Enter")


def sends(page: Page) -> None:
    """Send the form one is in, and wait until its dialog has shut."""
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)


def told(house: House, opened: Opened, role: str, *commands: dict[str, object]) -> None:
    """Let a program in a role give commands, which must be accepted."""
    made = house.command("link", opened.exercise, "--role", role, "--json")
    token = json.loads(made)["token"]
    for command in commands:
        body = {"id": str(uuid.uuid4()), **command}
        path = f"/exercises/{opened.exercise}/commands"
        status, ack = house.ask("POST", path, body, token)
        assert status == 200, (command, ack)


def played(house: House, opened: Opened) -> None:
    house.order(opened, "start", rate=60)
    for n in range(3):
        words = {"title": f"Message {n}", "body": f"Text {n}", "channel": "wire"}
        house.order(opened, "ad_hoc_inject", **words, audience="all")
    house.order(opened, "end", confirm="END")
    task, other = "ask-private", "warn-needed"
    for one, two in (("P", "S"), ("U", "S")):
        told(
            house,
            opened,
            "evaluator",
            {"type": "rate", "subject": task, "rating": one, "note": "Seen late"},
            {"type": "rate", "subject": other, "rating": two},
        )
    house.order(opened, "close_ratings", reason="All evaluators are done")


def enters(house: House, opened: Opened, room: Room) -> Page:
    """Come in as a trainer, once the page's script has met the log."""
    trainer = room.person()
    trainer.goes(house.link(opened, "trainer"))
    opens(trainer.page, "main button[type=submit]")
    trainer.page.wait_for_url("**/review/**")
    return met(trainer.page)


def met(page: Page) -> Page:
    expect(page.locator("#log .entry-tools").first).to_be_attached()
    return page


def again(page: Page) -> None:
    page.reload()
    met(page)


def writes(page: Page, **texts: str) -> None:
    for name, text in texts.items():
        reaches(page, f'dialog[open] [name="{name}"]')
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
    sends(page)


def settles(page: Page) -> None:
    """Two evaluators differ: it is said, and settled beside what they gave."""
    expect(page.locator(".guide-apart")).to_contain_text("3 steps apart")
    expect(page.locator(".guide-missing")).to_contain_text("tasks have no rating")
    opens(page, ".guide-apart button")
    reaches(page, "dialog[open] input[name=rating]")
    page.keyboard.press("ArrowRight")
    sends(page)
    again(page)
    expect(page.locator(".guide-apart")).to_contain_text("settled: S")


def pins(page: Page) -> None:
    """A line of the log goes into the report, in the reader's words."""
    page.keyboard.press("j")
    page.keyboard.press("p")
    writes(page, label="Where it all began")


def finds(page: Page) -> None:
    """A finding with its evidence, then what will be done about it."""
    opens(page, "#log [data-choose]")
    opens(page, 'button[data-dialog="finding"]')
    writes(
        page,
        title="The tables did not ask each other",
        observation="Nobody rang before writing.",
        recommendation="Ring first.",
    )
    again(page)
    finding = page.locator(".finding", has_text="did not ask each other")
    expect(finding.locator(".evidence-links a")).to_have_count(1)
    opens(page, '.finding button[data-dialog="plan"]')
    writes(page, action="Drill the hotline", owner="Training unit")
    again(page)
    expect(page.locator(".finding")).to_contain_text("Training unit")
    expect(page.locator("main")).to_contain_text("Where it all began")


def exports(page: Page, file: Path) -> None:
    """What an edition leaves out is told, then the file comes with its digest."""
    opens(page, 'button[data-dialog="export"]')
    reaches(page, "dialog[open] select")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    opens(page, 'dialog[open] [data-make="preview"]')
    expect(page.locator(".making-left")).to_contain_text("Names of delegations: 8 of")
    reaches(page, 'dialog[open] [data-make="docx"]')
    with page.expect_download() as caught:
        page.keyboard.press("Enter")
    assert caught.value.suggested_filename == "report.docx"
    caught.value.save_as(file)


def test_from_the_log_to_the_report_by_keyboard_alone(
    house: House, opened: Opened, room: Room, tmp_path: Path
) -> None:
    played(house, opened)
    page = enters(house, opened, room)
    settles(page)
    pins(page)
    finds(page)
    file = tmp_path / "report.docx"
    exports(page, file)
    digest = sha256(file.read_bytes()).hexdigest()
    expect(page.locator("[data-making-said]")).to_contain_text(digest)
    assert file.read_bytes().startswith(b"PK")
