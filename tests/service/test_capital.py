"""Robots whose capitals take their time: nothing is done twice, nothing is lost."""

from dataclasses import replace

import pytest

from exercise.adapters.record import read_record
from exercise.domain import events as e
from exercise.domain.moment import Author, Recorded
from exercise.domain.scenario import CapitalDelay, Scenario
from exercise.offline.rehearsing import read_scenario, rehearse
from exercise.service.robots.memory import Heard, Memory

DELAY = 180_000
SLOW = CapitalDelay(
    instruments=("public", "measure", "reply", "accept_assistance"), delay_ms=DELAY
)


def slowed(scenario: Scenario, **more: object) -> Scenario:
    """Return a scenario in which every state's capital is asked about much."""
    delegations = tuple(
        replace(one, capital_delay=(SLOW,)) if one.kind == "state" else one
        for one in scenario.delegations
    )
    return replace(scenario, delegations=delegations, **more)  # type: ignore[arg-type] # fields


def played(policy: str, scenario: Scenario) -> tuple[Recorded, ...]:
    return read_record(rehearse(scenario, robots=policy, seed=1).record).entries


@pytest.mark.parametrize("policy", ["cooperative", "escalating"])
def test_robots_send_through_their_capitals_and_each_thing_once(policy: str) -> None:
    run = played(policy, slowed(read_scenario("quiet-harbour")))
    referred = [one for one in run if isinstance(one.event, e.ActReferred)]
    sent = {
        one.event.prepared_by: one
        for one in run
        if isinstance(one.event, e.ActIssued) and one.event.prepared_by
    }
    assert referred
    ended = run[-1].at_ms
    for one in referred:
        assert isinstance(one.event, e.ActReferred)
        if one.event.sends_ms < ended:
            assert sent[one.id].at_ms == one.event.sends_ms
            assert sent[one.id].author.delegation == one.author.delegation
    said = [
        (one.author.delegation, one.event.instrument, one.event.about, one.event.to)
        for one in referred
        if isinstance(one.event, e.ActReferred) and one.event.about
    ]
    assert len(said) == len(set(said))


def test_two_seats_and_a_capital_are_no_dead_end_for_a_robot() -> None:
    scenario = slowed(read_scenario("ping"), two_seats=("reply", "public_statement"))
    run = played("cooperative", scenario)
    kinds = [one.event.KIND for one in run]
    assert kinds.count("act_prepared") > 0
    assert kinds.count("act_referred") > 0


def test_an_act_that_waits_counts_as_done() -> None:
    memory = Memory("VES")
    waits = e.ActReferred(
        instrument="public_attribution", to=("KAS",), fields={}, sends_ms=DELAY
    )
    memory.take(Heard("e1", 7, Author("ves", "VES", "lead"), waits))
    assert memory.struck_ms == 7
    assert [one.instrument for one in memory.deeds] == ["public_attribution"]
