"""What a delegate is told before sending: treaties, conditions, labels, trust asked."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest

from exercise.adapters.scenario_files import load
from exercise.domain import commands as c
from exercise.resources import INJECTS
from tests.web.stage import Browser, Stage, a_stage


@dataclass
class Table:
    """A running exercise with one delegate of a state at their desk."""

    stage: Stage
    leads: Browser
    ves: Browser

    def desk(self) -> str:
        answer = self.ves.get(f"/desk/{self.ves.member}")
        assert answer.status_code == 200
        return answer.text

    def attributes(self, confidence: str) -> None:
        belief = {"kas-organ": 100}
        fields = {"text": "They did.", "belief": belief, "confidence": confidence}
        act = c.Act(instrument="public_attribution", fields=fields)
        self.stage.do(self.ves.member, act)


@pytest.fixture
def table() -> Iterator[Table]:
    with a_stage(load(INJECTS / "quiet-harbour"), flood=False) as stage:
        leads, ves = stage.by_link("facilitator"), stage.delegate("VES", "Amina")
        stage.do(leads.member, c.Start())
        yield Table(stage, leads, ves)


def test_the_desk_knows_who_stands_where_on_each_treaty(table: Table) -> None:
    found = dict(
        re.findall(
            r'<li data-treaty="([^"]+)" data-standing=\'([^\']+)\'>', table.desk()
        )
    )
    scenario = load(INJECTS / "quiet-harbour")
    assert {id_: json.loads(unescape(text)) for id_, text in found.items()} == {
        one.id: one.standing for one in scenario.treaties
    }


@pytest.mark.parametrize(
    ("confidence", "enough"), [("low", "no"), ("moderate", "yes"), ("high", "yes")]
)
def test_sanctions_rest_on_an_attribution_that_is_sure_enough(
    table: Table, confidence: str, enough: str
) -> None:
    assert 'data-attributed="no"' in table.desk()
    table.attributes(confidence)
    assert f'data-attributed="{enough}"' in table.desk()


def test_a_countermeasure_shows_its_three_conditions_and_the_rung_above(
    table: Table,
) -> None:
    html = table.desk()
    (form,) = re.findall(
        r'<template id="form-countermeasure".*?</template>', html, re.DOTALL
    )
    assert form.count('data-shape="flag"') == 3
    assert 'data-next-meaning="force"' in form
    assert "all three together" in form


def test_a_correction_is_offered_where_it_belongs_and_not_in_the_menu(
    table: Table,
) -> None:
    html = table.desk()
    assert '<template id="form-correction"' in html
    assert 'data-act="correct" data-compose="correction"' in html
    assert 'class="write-choice" data-compose="correction"' not in html
    assert 'class="write-choice" data-compose="fact_sheet"' in html


def test_a_probe_asks_for_trust_in_each_delegation(table: Table) -> None:
    table.stage.do(table.leads.member, c.OpenProbe(probe="P1"))
    html = table.desk()
    asked = re.findall(r'name="trust:(\w+)"', html)
    assert asked == list(load(INJECTS / "quiet-harbour").delegation_ids)
