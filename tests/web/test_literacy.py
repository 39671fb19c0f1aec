"""Technical literacy on the desk: words explained, and a note to turn into a cable."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from exercise.adapters.scenario_files import load
from exercise.domain import commands as c
from exercise.resources import INJECTS
from tests.web.stage import Browser, Stage, a_stage


@dataclass
class Desk:
    """Vesmark's desk with the technical note of the wiper on it."""

    stage: Stage
    leads: Browser
    ves: Browser
    kas: Browser

    def of(self, who: Browser) -> str:
        return who.get(f"/desk/{who.member}").text


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with a_stage(load(INJECTS / "quiet-harbour"), flood=False) as stage:
        leads = stage.by_link("facilitator")
        ves, kas = stage.delegate("VES", "Amina"), stage.delegate("KAS", "Ilja")
        stage.do(leads.member, c.Start())
        stage.do(leads.member, c.Release(inject="dispatch-wiper"))
        yield Desk(stage, leads, ves, kas)


def test_the_note_asks_for_a_cable_and_offers_its_form(desk: Desk) -> None:
    page = desk.of(desk.ves)
    assert "To be turned into a cable" in page
    assert "for a prime minister who has two minutes" in page
    assert re.search(r'data-compose="cable" data-about="\w+"', page)
    assert 'id="form-cable"' in page
    assert "To be turned into a cable" not in desk.of(desk.kas)


def test_technical_words_of_paper_and_item_are_explained(desk: Desk) -> None:
    page = desk.of(desk.ves)
    explained = re.findall(
        r'<details class="explained">(.*?)</details>', page, re.DOTALL
    )
    assert len(explained) >= 2
    assert any("Boot record" in one and "Wiper" in one for one in explained)
    assert any("fingerprint of a file" in one for one in explained)


def test_the_rules_list_every_word_that_the_scenario_explains(desk: Desk) -> None:
    (terms,) = re.findall(r'<dl class="terms">(.*?)</dl>', desk.of(desk.kas), re.DOTALL)
    titles = re.findall(r"<dt[^>]*>([^<]+)</dt>", terms)
    assert titles == [one.title for one in load(INJECTS / "quiet-harbour").terms]
