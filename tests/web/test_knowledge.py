"""What a facilitator looks up in play: who holds what, why a rule holds, the meters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from exercise.domain import commands as c
from tests.domain.small import a_scenario
from tests.domain.test_data_classes import with_class
from tests.web.stage import Browser, Stage, a_stage


@dataclass
class Play:
    """An exercise in which an item went to one who needs it and one who must not."""

    stage: Stage
    leads: Browser
    ves: Browser
    kas: Browser

    def page(self, part: str) -> str:
        answer = self.leads.get(f"/console/{self.stage.exercise}/{part}")
        assert answer.status_code == 200, answer.text
        return answer.text


@pytest.fixture(scope="module")
def play() -> Iterator[Play]:
    with a_stage(flood=False) as stage:
        leads = stage.by_link("facilitator")
        ves, kas = (stage.delegate(who, "Amina") for who in ("VES", "KAS"))
        stage.do(leads.member, c.Start())
        stage.do(leads.member, c.Release(inject="blackout"))
        stage.do(leads.member, c.Release(inject="beacon"))
        stage.do(ves.member, c.ShareItem(item="loader", to=("HGA", "KAS")))
        yield Play(stage, leads, ves, kas)


def cell(html: str, to: str) -> str:
    """Return the words of the loader's cell for a delegation."""
    (row,) = re.findall(r'<tr data-item="loader">(.*?)</tr>', html, re.DOTALL)
    (found,) = re.findall(rf'<td[^>]* data-to="{to}">(.*?)</td>', row, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_the_matrix_says_since_when_and_from_whom(play: Play) -> None:
    html = play.page("knowledge")
    assert "by the script" in cell(html, "VES")
    assert "from VES" in cell(html, "HGA")
    assert cell(html, "ORL").endswith("does not have it")


def test_a_broken_label_is_marked_for_facilitators_alone(play: Play) -> None:
    html = play.page("knowledge")
    assert "label broken" in cell(html, "KAS")
    assert "label broken" not in cell(html, "HGA")
    for who in (play.ves, play.kas):
        assert "label broken" not in who.get(f"/desk/{who.member}").text


def test_data_passed_on_without_a_basis_are_marked_for_facilitators_alone() -> None:
    """The desk asks for a basis, and the matrix says where none was stated."""
    with a_stage(with_class("health"), flood=False) as stage:
        leads, ves = stage.by_link("facilitator"), stage.delegate("VES", "Amina")
        hga = stage.delegate("HGA", "Ravi")
        play = Play(stage, leads, ves, hga)
        stage.do(leads.member, c.Start())
        stage.do(leads.member, c.Release(inject="beacon"))
        desk = ves.get(f"/desk/{ves.member}").text
        assert 'data-class="health"' in desk
        assert 'data-field="basis"' in desk
        stage.do(ves.member, c.ShareItem(item="loader", to=("HGA",)))
        stage.do(ves.member, c.ShareItem(item="loader", to=("ORL",), basis="Care"))
        html = play.page("knowledge")
        assert "health data" in html
        assert cell(html, "HGA").endswith("no basis stated")
        assert "no basis stated" not in cell(html, "ORL")
        for who in (ves, hga):
            assert "no basis stated" not in who.get(f"/desk/{who.member}").text


def test_a_rule_tells_why_it_is_false_now_and_later_true(play: Play) -> None:
    now = play.page("rule/spiral")
    assert 'data-holds="no"' in now
    assert "rung &gt;= 4" in now
    strike = c.Act(
        instrument="sanctions_listing",
        to=("KAS",),
        fields={"text": "We list.", "basis": "LAW:RET", "proportionality": "Small."},
    )
    play.stage.do(play.ves.member, strike)
    assert 'data-holds="yes"' in play.page("rule/spiral")


def test_a_rule_on_numbers_shows_where_they_stand() -> None:
    scenario = a_scenario()
    asks = 'meter("homes") > 300 and signatures("notice") >= 2 and meter("homes") < 999'
    injects = tuple(
        replace(one, when=asks) if one.id == "spiral" else one
        for one in scenario.injects
    )
    with a_stage(replace(scenario, injects=injects), flood=False) as stage:
        leads = stage.by_link("facilitator")
        stage.do(leads.member, c.Start())
        path = f"/console/{stage.exercise}/rule/spiral"
        assert words_of(leads.get(path).text).endswith(
            "Homes without power: 0 Signatures so far, Notice: 0"
        )
        stage.do(leads.member, c.Release(inject="blackout"))
        assert "Homes without power: 400" in words_of(leads.get(path).text)


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace(" :", ":")


@pytest.mark.parametrize("inject", ["blackout", "nothing"])
def test_what_has_no_rule_is_not_found(play: Play, inject: str) -> None:
    answer = play.leads.get(f"/console/{play.stage.exercise}/rule/{inject}")
    assert answer.status_code == 404


def test_the_meters_stand_on_desk_console_and_room(play: Play) -> None:
    room = f"/room/{play.stage.opened.room}"
    for browser, path in (
        (play.ves, f"/desk/{play.ves.member}"),
        (play.leads, f"/console/{play.stage.exercise}"),
        (play.leads, room),
    ):
        strip = re.search(r'<li data-meter="homes">.*?</li>', browser.get(path).text)
        assert strip is not None
        words = " ".join(re.sub(r"<[^>]+>", " ", strip[0]).split())
        assert words == "Homes without power 400 thousand energy"
