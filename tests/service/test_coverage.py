"""Robots exercise all of every scenario, and the matrix says what they did not."""

from dataclasses import replace

import pytest

from exercise.adapters.record import read_record
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.scenario import Scenario
from exercise.offline.covering import cover, runs
from exercise.offline.rehearsing import read_scenario, rehearse
from exercise.service.coverage import Coverage, Row, usable
from exercise.service.robots import POLICIES
from tests.builders import a_scenario

WHOLE = ["quiet-harbour", "borrowed-ballot", "red-triage"]


def left(coverage: Coverage) -> dict[str, list[str]]:
    found = {
        name: [row.id for row in rows if not row.covered]
        for name, rows in coverage.parts.items()
    }
    return {name: rows for name, rows in found.items() if rows}


@pytest.mark.slow
@pytest.mark.parametrize("name", WHOLE)
def test_robots_exercise_every_part_of_a_scenario(name: str) -> None:
    scenario = read_scenario(name)
    assert left(cover(scenario)) == {}
    assert set(usable(scenario)) == set(INSTRUMENTS)


@pytest.mark.slow
def test_a_warm_up_shows_all_it_holds_and_asks() -> None:
    missing = left(cover(read_scenario("ping"), seeds=1))
    assert missing.keys() <= {"instruments", "procedures"}


def counted(scenario: Scenario, *policies: str) -> Coverage:
    coverage = Coverage(scenario)
    for one in policies:
        played = rehearse(scenario, robots=one)
        coverage.add(read_record(played.record).entries, played.card)
    return coverage


def row(rows: tuple[Row, ...], id_: str) -> Row:
    return next(one for one in rows if one.id == id_)


def test_a_branch_is_covered_when_it_was_taken_and_was_not() -> None:
    scenario = a_scenario()
    quiet = row(counted(scenario, "cooperative").branches, "spiral")
    assert (quiet.runs, quiet.other, quiet.covered) == (0, 1, False)
    loud = row(counted(scenario, "escalating").branches, "spiral")
    assert (loud.runs, loud.other, loud.covered) == (1, 0, False)
    both = row(counted(scenario, "cooperative", "escalating").branches, "spiral")
    assert (both.runs, both.other, both.covered) == (1, 1, True)


def test_what_nobody_did_is_not_covered() -> None:
    silent = counted(a_scenario(), "silent")
    assert {one.runs for one in silent.instruments} == {0}
    assert {one.runs for one in silent.expected} == {0}
    assert {one.runs for one in silent.procedures} == {0}
    assert not silent.complete


def test_an_expected_act_is_counted_when_it_came_in_time() -> None:
    done = counted(a_scenario(), "cooperative")
    assert row(done.expected, "ping.1.VES").runs == 1
    assert {one.runs for one in done.expected if "spiral" not in one.id} == {1}


def test_an_instrument_is_counted_only_where_somebody_may_use_it() -> None:
    scenario = a_scenario()
    companies = replace(
        scenario,
        delegations=tuple(one for one in scenario.delegations if one.kind == "company"),
    )
    assert "use_of_force" in usable(scenario)
    assert "use_of_force" not in usable(companies)
    assert "publish_article" not in usable(scenario)


def test_runs_begin_with_every_policy_and_go_on_thoroughly() -> None:
    told = list(runs(3))
    assert told[: len(POLICIES)] == [(one, 1) for one in POLICIES]
    assert told[len(POLICIES) :] == [("thorough", 2), ("thorough", 3)]
