"""What a facilitator looks up in play: who holds what, why a rule holds, the meters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from exercise.domain import commands as c
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
        assert words == "Homes without power 400 thousand"
