"""The dependency map: a drawing, the same as a table, a channel behind each line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from exercise.adapters.scenario_files import load
from exercise.domain import commands as c
from exercise.domain.scenario import Dependency, Scenario
from exercise.resources import INJECTS
from exercise.web.dependencies import HEIGHT, WIDTH, drawing, links
from tests.domain.small import a_scenario
from tests.web.stage import Browser, Stage, a_stage

BIG = ("quiet-harbour", "red-triage", "borrowed-ballot")


def tied() -> Scenario:
    ties = [
        ("grid", "HGA", "VES", "supplies", "energy", "the dispatch software"),
        ("halls", "KAS", "HGA", "hosts", "digital infrastructure", "build machines"),
        ("port", "ORL", "VES", "relies", "transport", "the port"),
    ]
    return a_scenario(
        dependencies=tuple(
            Dependency(
                id=id_,
                provider=provider,
                user=user,
                kind=kind,  # type: ignore[arg-type] # one of three
                sector=sector,
                what=what,
            )
            for id_, provider, user, kind, sector, what in ties
        )
    )


@dataclass
class Table:
    """A desk of Vesmark, which needs two things and provides none."""

    stage: Stage
    leads: Browser
    ves: Browser

    @property
    def desk(self) -> str:
        return self.ves.get(f"/desk/{self.ves.member}").text


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with a_stage(tied(), flood=False) as stage:
        leads, ves = stage.by_link("facilitator"), stage.delegate("VES", "Amina")
        stage.do(leads.member, c.Start())
        yield Table(stage, leads, ves)


def test_every_line_of_the_map_opens_the_channel_to_whose_it_is(table: Table) -> None:
    found = re.findall(
        r'<a class="tie-link[^"]*" href="#tie-(\w+)" data-tie="\w+" data-to="(\w+)"'
        r' aria-label="([^"]+)"',
        table.desk,
    )
    assert [(id_, to) for id_, to, _ in found] == [
        ("grid", "HGA"),
        ("halls", "KAS"),
        ("port", "ORL"),
    ]
    assert [label for _, _, label in found] == [
        "Hga supplies Ves: the dispatch software",
        "Kas hosts for Hga: build machines",
        "Ves relies on Orl: the port",
    ]


def test_the_table_says_what_the_map_shows(table: Table) -> None:
    (rows,) = re.findall(
        r'<table class="ties-table".*?<tbody[^>]*>(.*?)</tbody>', table.desk, re.DOTALL
    )
    told = [
        " ".join(re.sub(r"<[^>]+>", " ", one).split())
        for one in re.findall(r"<tr.*?</tr>", rows, re.DOTALL)
    ]
    assert len(told) == 3
    assert told[1].startswith("HGA → KAS hosts: build machines digital infrastructure")
    for to in ("HGA", "KAS", "ORL"):
        assert f'data-compose="poc_message" data-to="{to}"' in rows
        assert f'data-ring="{to}"' in rows


def test_what_one_provides_opens_the_channel_to_who_needs_it() -> None:
    owners = {one["id"]: one["owner"] for one in links(tied(), "HGA")}
    assert owners == {"grid": "VES", "halls": "KAS", "port": "ORL"}


def test_facilitators_see_the_map_without_channels(table: Table) -> None:
    html = table.leads.get(f"/console/{table.stage.exercise}/knowledge").text
    assert 'href="#tie-grid"' in html
    assert 'data-ring="' not in html


@pytest.mark.parametrize("name", BIG)
def test_shipped_scenarios_tie_their_parties_together(name: str) -> None:
    scenario = load(INJECTS / name)
    sketch = drawing(scenario)
    assert len(sketch.lines) >= 6
    assert len(sketch.places) >= 6
    assert len(set(sketch.lines.values())) == len(sketch.lines)
    for x, y in sketch.places.values():
        assert 0 < x < WIDTH
        assert 0 < y < HEIGHT


def test_two_lines_between_the_same_two_do_not_lie_on_each_other() -> None:
    both = tuple(
        Dependency(id=id_, provider="VES", user="KAS", kind="hosts", what="it")
        for id_ in ("one", "two")
    )
    lines = drawing(a_scenario(dependencies=both)).lines
    assert lines["one"] != lines["two"]
