"""Whole exercises with robots: the same to the byte, and scored as they deserve."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from exercise.adapters.database import open_database
from exercise.adapters.proof.verifier import verify
from exercise.adapters.record import read_record
from exercise.adapters.schema import upgrade
from exercise.adapters.timeline import SqlTimeline
from exercise.domain import events as e
from exercise.domain.commands import Act
from exercise.domain.moment import Recorded
from exercise.domain.scenario import Consultation, Inject, Scenario
from exercise.offline.rehearsing import Played, rehearse
from exercise.offline.rehearsing import read_scenario as read
from exercise.service.rehearse import NotPlayed
from exercise.service.robots import POLICIES, Asked, Heard, Robot
from tests import many
from tests.builders import a_scenario, an_inject, an_item

SEEDS = range(1, many(short=1, full=10) + 1)
ROOT = Path(__file__).parents[2]


def harbour(policy: str, seed: int = 1) -> Played:
    return rehearse(read("quiet-harbour"), robots=policy, seed=seed)


@pytest.fixture(scope="module")
def played() -> Callable[[str, int], Played]:
    known: dict[tuple[str, int], Played] = {}

    def once(policy: str, seed: int) -> Played:
        if (policy, seed) not in known:
            known[policy, seed] = harbour(policy, seed)
        return known[policy, seed]

    return once


def headline(one: Played) -> float:
    assert one.card.headline is not None
    return one.card.headline


def largest_drop(one: Played, best: Played) -> str:
    """Return the indicator that costs most points against the best run."""
    lost = {
        mine.id: mine.weight * ((theirs.value or 0) - (mine.value or 0))
        for mine, theirs in zip(one.card.indicators, best.card.indicators, strict=True)
    }
    return max(lost, key=lambda id_: lost[id_])


@pytest.mark.parametrize("seed", SEEDS)
def test_policies_rank_as_the_score_means_them_to(
    played: Callable[[str, int], Played], seed: int
) -> None:
    order = ["cooperative", "slow", "silo", "silent"]
    points = [headline(played(one, seed)) for one in order]
    assert points[0] >= 85
    assert points[0] > points[1] > points[2] > points[3] == 0
    assert points[1] < 85


@pytest.mark.parametrize("seed", SEEDS)
def test_a_single_fault_shows_where_it_was_made(
    played: Callable[[str, int], Played], seed: int
) -> None:
    best = played("cooperative", seed)
    assert largest_drop(played("leaky", seed), best) == "R"
    assert largest_drop(played("contradictory", seed), best) in {"S", "M"}
    assert largest_drop(played("escalating", seed), best) in {"E", "B"}


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_robots_ask_for_nothing_that_the_rules_refuse(
    played: Callable[[str, int], Played], policy: str
) -> None:
    assert played(policy, 1).refused == ()
    assert rehearse(a_scenario(), robots=policy).refused == ()


def test_one_delegation_may_have_another_policy_than_the_rest() -> None:
    all_but_one = headline(rehearse(a_scenario(), robots="VES=silent"))
    assert 0 < all_but_one < headline(rehearse(a_scenario()))


def test_the_same_seed_gives_the_same_record_and_another_seed_another() -> None:
    once, again = rehearse(a_scenario()), rehearse(a_scenario())
    assert once.record == again.record
    assert rehearse(a_scenario(), seed=2).record_sha256 != once.record_sha256


def test_one_policy_for_all_is_the_same_however_it_is_told() -> None:
    told = rehearse(a_scenario(), robots="VES=slow,ORL=slow,KAS=slow,HGA=slow")
    assert told.record == rehearse(a_scenario(), robots="slow").record


def test_hashing_by_python_has_no_part_in_it(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "exercise", "rehearse", "quiet-harbour"]
    records = []
    for seed in ("0", "1", "4242"):
        file = tmp_path / f"{seed}.jsonl"
        subprocess.run(
            [*program, "--seed", "1", "--record", str(file)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        records.append(file.read_bytes())
    assert len(set(records)) == 1


def test_memory_and_sqlite_come_to_the_same_head(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'rehearsal.db'}")
    try:
        upgrade(database)
        stored = rehearse(a_scenario(), timeline=SqlTimeline(database))
    finally:
        database.close()
    kept = rehearse(a_scenario())
    assert stored.head_hash == kept.head_hash
    assert stored.record == kept.record


def test_a_rehearsal_is_a_whole_record_and_says_what_it_is(
    played: Callable[[str, int], Played],
) -> None:
    one = played("cooperative", 1)
    verdict = verify(iter(one.record))
    assert (verdict.ok, verdict.rehearsal, verdict.head_seq) == (
        True,
        True,
        one.entries,
    )
    record = read_record(one.record)
    assert record.rehearsal == {"seed": 1, "robots": "cooperative"}
    assert record.entries[0].wall_ms == record.opened_ms == 946_684_800_000
    assert all(r.wall_ms == record.opened_ms + r.at_ms for r in record.entries)


def test_manual_injects_go_out_at_their_time_and_reserve_ones_stay() -> None:
    entries = read_record(rehearse(a_scenario()).record).entries
    out = {
        one.event.inject: one.at_ms // 60_000
        for one in entries
        if isinstance(one.event, e.InjectReleased)
    }
    assert out["draft"] == 32
    assert "spare" not in out
    assert "spiral" not in out, "nobody went that far"


def test_a_rehearsal_ends_when_time_cannot_go_on() -> None:
    """What time must do and cannot, falls due for ever: nothing to wait for."""
    broken = an_inject("broken", 5, "VES", when="released(")
    scenario = a_scenario(injects=(*a_scenario().injects, broken))
    with pytest.raises(NotPlayed, match="fall_due"):
        rehearse(scenario)


def test_delegations_that_need_two_signatures_get_a_second_robot() -> None:
    scenario = a_scenario(two_seats=("poc_message",))
    one = rehearse(scenario)
    assert one.refused == ()
    kinds = [r.event.KIND for r in read_record(one.record).entries]
    assert "act_prepared" in kinds
    issued = [
        r.event.instrument
        for r in read_record(one.record).entries
        if isinstance(r.event, e.ActIssued)
    ]
    assert "poc_message" in issued


# --- A robot sees its own stream and nothing else -------------------------------


def stream(entries: tuple[Recorded, ...], delegation: str) -> list[Recorded]:
    return [one for one in entries if delegation in one.audience]


def course(robot: Robot, heard: list[Recorded]) -> list[tuple[int, Asked]]:
    """Return what a robot does while it hears these entries."""
    did: list[tuple[int, Asked]] = []
    for one in heard:
        # Of what happens in one millisecond, time's part comes before the robots'.
        until_ms = one.at_ms if one.author.delegation else one.at_ms - 1
        while (at_ms := robot.next_ms) is not None and at_ms <= until_ms:
            did += [(at_ms, asked) for asked in robot.act(at_ms)]
        robot.hear(Heard(one.id, one.at_ms, one.author, one.event))
    return did


def asked_acts(did: list[tuple[int, Asked]]) -> list[tuple[int, str, str]]:
    return sorted(
        (at_ms, one.command.instrument, one.command.about)
        for at_ms, one in did
        if isinstance(one.command, Act)
        and one.command.instrument != "publish_joint_statement"
    )


@pytest.mark.parametrize("policy", sorted(set(POLICIES) - {"silent"}))
def test_a_robot_does_what_it_does_from_its_own_stream_alone(
    played: Callable[[str, int], Played], policy: str
) -> None:
    scenario, one = read("quiet-harbour"), played(policy, 1)
    entries = read_record(one.record).entries
    for delegation in scenario.delegation_ids:
        robot = Robot(policy, delegation, scenario, 1)
        alone = asked_acts(course(robot, stream(entries, delegation)))
        assert alone == recorded_acts(entries, delegation), delegation


def recorded_acts(
    entries: tuple[Recorded, ...], delegation: str
) -> list[tuple[int, str, str]]:
    """Return a delegation's acts as it asked for them, the capital's word apart."""
    referred = {one.id for one in entries if isinstance(one.event, e.ActReferred)}
    return sorted(
        (one.at_ms, one.event.instrument, one.event.about)
        for one in entries
        if one.author.delegation == delegation
        and isinstance(one.event, e.ActIssued | e.ActReferred)
        and getattr(one.event, "prepared_by", "") not in referred
    )


def test_what_others_are_told_never_changes_what_a_robot_does() -> None:
    """Foreign briefs, items and injects are rewritten and shuffled; VES never knows."""
    scenario = a_scenario()
    entries = read_record(rehearse(scenario).record).entries
    own = stream(entries, "VES")
    before = course(Robot("cooperative", "VES", scenario, 1), own)
    assert before
    draws = random.Random(7)  # noqa: S311 - a shuffle, no secret
    for _ in range(many(short=20, full=200)):
        foreign = [one for one in entries if "VES" not in one.audience]
        draws.shuffle(foreign)
        planted = Scripted(scenario, draws).planted()
        mixed = [one for one in (*foreign, *own) if "VES" in one.audience]
        assert course(Robot("cooperative", "VES", planted, 1), mixed) == before
    assert "CANARY" not in repr(before)


class Scripted:
    """A scenario in which everything that is not for VES says something else."""

    def __init__(self, scenario: Scenario, draws: random.Random) -> None:
        self._scenario = scenario
        self._draws = draws

    def planted(self) -> Scenario:
        scenario = self._scenario
        secret = an_item(
            "canary",
            "KAS",
            "drill",
            "ORL",
            body="CANARY",
            need_by_ms=self._draws.randrange(10**6),
            useless_after_ms=10**6,
        )
        return a_scenario(
            items=(*scenario.items, secret),
            injects=tuple(self._rewritten(one) for one in scenario.injects),
            delegations=tuple(
                one if one.id == "VES" else replace(one, brief="CANARY")
                for one in scenario.delegations
            ),
            consultations=(
                *scenario.consultations,
                Consultation(
                    id="canary", source="KAS", target="VES", start_ms=0, end_ms=10**6
                ),
            ),
        )

    def _rewritten(self, inject: Inject) -> Inject:
        theirs = tuple(
            replace(one, target_ms=self._draws.randrange(one.deadline_ms))
            if one.delegation != "VES"
            else one
            for one in inject.obligations
        )
        return replace(inject, obligations=theirs, expects=("CANARY",))
