"""The score is sound: rooms of known truth come out in order, and follow quality."""

import re
from pathlib import Path

import pytest

from bench.manual import SCORING, marks_of, put
from bench.validity import order
from bench.validity.archetypes import archetypes, competent
from bench.validity.figures import ranks, spearman
from bench.validity.log import board, record, values
from bench.validity.order import Flips, Pair, Row
from bench.validity.play import Belief
from bench.validity.play import Play as Run
from bench.validity.report import COMMAND
from bench.validity.study import QUICK, Latent, Study, study
from bench.validity.world import REFERENCES, SCENARIO, SEVERITIES, WHO
from exercise.domain.scoring import VERSION, digest


@pytest.fixture(scope="module")
def found() -> Study:
    return study(QUICK, seed=1)


def test_the_world_is_as_large_as_the_published_one() -> None:
    asked = [one for inject in SCENARIO.injects for one in inject.obligations]
    sizes = [len(SCENARIO.delegations), len(SCENARIO.phases), len(asked)]
    sizes += [len(SCENARIO.items), len(SCENARIO.probes), len(archetypes())]
    assert sizes == [6, 4, 48, 12, 4, 16]


def test_every_required_pair_of_rooms_comes_out_in_order(found: Study) -> None:
    assert len(found.required) == 82
    assert [one.names for one in found.required if not one.holds] == []


def test_a_quarter_more_or_less_time_turns_no_pair(found: Study) -> None:
    turned = [one for one in found.required if not one.holds_for_other_deadlines]
    assert [one.names for one in turned] == []


def test_other_weights_seldom_turn_a_pair(found: Study) -> None:
    assert found.near.worst < 0.15
    assert found.near.never > 60
    assert found.anyhow.worst < 0.35
    assert found.half.worst > found.near.worst, "why the headline is the plain mean"


def test_each_single_fault_shows_most_in_its_own_indicator(found: Study) -> None:
    assert found.missed == ()


def test_perfect_is_a_hundred_and_silence_is_nothing(found: Study) -> None:
    best, worst = found.row("perfect"), found.row("silence")
    assert (round(best.points, 9), worst.points) == (100, 0)
    assert set(worst.values.values()) == {0}


def test_no_single_improvement_lowers_anything(found: Study) -> None:
    assert found.monotony.tried >= QUICK.improvements
    assert found.monotony.kinds > 8
    assert (found.monotony.lowered, found.monotony.lowered_indicator) == (0, 0)


def test_the_headline_follows_how_well_a_room_works(found: Study) -> None:
    latent: Latent = found.latent
    assert latent.spearman > 0.95
    assert latent.retest > 0.9
    assert latent.gap < 20
    assert latent.at[0.0] < 12
    assert 40 < latent.at[0.5] < 60
    assert latent.at[1.0] > 95


def test_independent_qualities_stay_apart_in_the_indicators(found: Study) -> None:
    _, together = found.correlation
    assert abs(together) < 0.5


def test_to_be_right_alone_may_cost_what_agreement_was_worth() -> None:
    """A shared picture slightly off is worth more than one correction of six."""

    def shared(*corrected: str) -> float:
        near = Belief((50, 20, 20, 10), SEVERITIES[1])
        right = Belief(REFERENCES[1], SEVERITIES[1])
        told = {who: right if who in corrected else near for who in WHO}
        play = Run(beliefs={(1, who): told[who] for who in WHO})
        return values(play)["S"]

    assert shared("ANO") < shared() < shared(*WHO)


def test_the_same_seed_finds_the_same_and_records_are_in_order() -> None:
    entries = record(competent())
    assert entries == record(competent())
    assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
    times = [one.at_ms for one in entries]
    assert times == sorted(times)
    assert len({one.id for one in entries}) == len(entries)


def test_the_board_that_read_every_entry_scores_as_the_record(found: Study) -> None:
    row = found.row("two blocs")
    again = board(row.archetype.play).card(row.card.at_ms, final=True)
    assert again == row.card


def test_equal_values_share_their_rank() -> None:
    assert ranks([3, 1, 3, 2]) == [3.5, 1, 3.5, 2]
    assert spearman([1, 2, 3, 4], [10, 20, 30, 40]) == pytest.approx(1)
    assert spearman([1, 2, 3, 4], [4, 3, 2, 1]) == pytest.approx(-1)
    # Worked by hand: d² sums to 16 of n(n² − 1) = 120, so 1 − 96/120.
    assert spearman([1, 2, 3, 4, 5], [2, 4, 1, 5, 3][::-1]) == pytest.approx(
        1 - 6 * sum(d * d for d in (-2, -3, 2, 0, 3)) / 120
    )


def test_a_pair_turns_as_often_as_its_weights_say(found: Study) -> None:
    pair = Pair(found.row("competent"), found.row("right but slow"))
    only_slow = tuple(float(one == "T") for one in order.INDICATORS)
    only_calls = tuple(float(one == "B") for one in order.INDICATORS)
    turned = order.flips([pair], [only_slow, only_calls])
    assert turned == Flips(worst=0.5, pair=pair.names, never=0)


def test_the_manual_shows_what_this_score_was_validated_with(found: Study) -> None:
    begin, end = marks_of("validity")
    kept = SCORING.read_text("utf-8").partition(begin)[2].partition(end)[0]
    assert COMMAND in kept
    assert f"scoring {VERSION}, specification {digest()[:12]}" in kept, (
        "the score changed: run the command and read what it finds"
    )
    assert f"{len(found.required)} of {len(found.required)} pairs hold" in kept
    for row in found.rows:
        assert _printed(row) in kept, row.archetype.name


def _printed(row: Row) -> str:
    points = [int(one + 0.5) for one in (row.points, row.half)]
    return f" | {points[0]} | {points[1]} |"


def test_findings_replace_those_before_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "scoring.md"
    begin, end = marks_of("validity")
    page.write_text(f"Before\n{begin}\nold\n{end}\nafter\n", "utf-8")
    put(page, (begin, end), "new")
    assert page.read_text("utf-8") == f"Before\n{begin}\nnew\n{end}\nafter\n"
    page.write_text("nothing", "utf-8")
    with pytest.raises(ValueError, match=re.escape(begin)):
        put(page, (begin, end), "new")
