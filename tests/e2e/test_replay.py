"""The review's replay: the log as it stood at any moment, from anybody's eyes."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.house import House, Opened
from tests.e2e.people import Room

pytestmark = pytest.mark.browser

TIMES = 4
SHOWN = "rows => rows.filter(row => !row.hidden).map(row => row.dataset.entry)"


def played(house: House, opened: Opened) -> None:
    """Let some things happen to some, each at its own moment of exercise time."""
    house.order(opened, "start", rate=60)
    for n in range(TIMES):
        for to in (["VES"], ["KAS"], "all"):
            text = f"Message {n} for {to}"
            house.order(
                opened,
                "ad_hoc_inject",
                title=text,
                body=text,
                channel="wire",
                audience=to,
            )
        house.order(opened, "note", text=f"Note {n}")
    house.order(opened, "end", confirm="END")


def reviewed(house: House, opened: Opened, room: Room) -> Page:
    """Return the review as a trainer has it, once its script has met the log."""
    trainer = room.person()
    trainer.follows(house.link(opened, "trainer"))
    expect(trainer.page.locator("#log .entry-tools").first).to_be_attached()
    return trainer.page


def rows(page: Page) -> Locator:
    return page.locator("#log > li")


def moved_to(page: Page, at_ms: int) -> int:
    """Drag the slider to a moment and return where it came to stand."""
    move = """(slider, at) => {
      slider.value = at;
      slider.dispatchEvent(new Event("input"));
      return Number(slider.value);
    }"""
    return int(page.locator("#scrub").evaluate(move, at_ms))


def test_the_log_shows_what_had_reached_whom_by_any_moment(
    house: House, opened: Opened, room: Room
) -> None:
    played(house, opened)
    page = reviewed(house, opened, room)
    streams = {
        one: house.entries(opened, one)
        for one in ("facilitators", "VES", "KAS", "observers")
    }
    times = sorted({one["at_ms"] for one in streams["facilitators"]})
    eyes = page.get_by_label("Seen by")
    for audience, stream in streams.items():
        eyes.select_option("" if audience == "facilitators" else audience)
        for at_ms in times[:: max(1, len(times) // 6)]:
            moment = moved_to(page, at_ms)
            expected = [one["id"] for one in stream if one["at_ms"] <= moment]
            printed = set(
                rows(page).evaluate_all("rows => rows.map(r => r.dataset.entry)")
            )
            expected = [one for one in expected if one in printed]
            assert rows(page).evaluate_all(SHOWN) == expected, (audience, moment)


def test_it_runs_at_the_speed_chosen_and_a_link_goes_to_where_it_belongs(
    house: House, opened: Opened, room: Room
) -> None:
    played(house, opened)
    page = reviewed(house, opened, room)
    whole = rows(page).evaluate_all(SHOWN)
    play = page.get_by_role("button", name="Play")
    page.get_by_label("Speed").select_option("1")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("() => document.querySelector('#scrub').valueAsNumber >= 1")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")
    assert len(rows(page).evaluate_all(SHOWN)) < len(whole)
    page.get_by_label("Speed").select_option("16")
    play.click()
    expect(page.locator("#log > li[hidden]")).to_have_count(0, timeout=30_000)
    assert rows(page).evaluate_all(SHOWN) == whole
    page.get_by_label("Seen by").select_option("VES")
    note = page.locator("#log > li.entry-note").last
    assert note.is_hidden()
    page.evaluate("id => { location.hash = id }", note.get_attribute("id"))
    expect(note).to_be_visible()
    expect(page.get_by_label("Seen by")).to_have_value("")
    moved_to(page, 10**9)
    assert rows(page).evaluate_all(SHOWN) == whole


def test_a_pin_stands_at_its_entrys_own_time(
    house: House, opened: Opened, room: Room
) -> None:
    played(house, opened)
    pinned = house.entries(opened, "VES")[-3]
    house.order(opened, "pin", entry=pinned["id"], on=True)
    page = reviewed(house, opened, room)
    span = int(page.locator("#scrub").get_attribute("max") or 0)
    x = f"M{pinned['at_ms'] / span * 560:.1f} "
    dots = page.locator("[data-scrub-pins]")
    assert (dots.get_attribute("d") or "").startswith(x)
    page.locator("[data-log-kind]").select_option("pins")
    moved_to(page, pinned["at_ms"] + 1000)
    assert rows(page).evaluate_all(SHOWN) == [pinned["id"]]
