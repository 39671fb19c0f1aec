"""Runs beside each other: what may be compared, and what is only noise."""

from dataclasses import replace

import pytest

from exercise.domain.report.trends import Gap, Origin, Run, a_run, trends
from exercise.domain.scoring import gap_interval
from tests.domain.builders_scoring import Game, a_scenario

DAY = 86_400_000


def run(
    at: int,
    value: float | None = 0.5,
    *,
    sha: str = "aa",
    scoring: str = "1",
    fork_of: str = "",
    **changed: float,
) -> Run:
    values = {**dict.fromkeys("TRNSMBELK", value), **changed}
    return Run(
        origin=Origin(
            exercise=f"e{at}", scenario_sha256=sha, scoring=scoring, fork_of=fork_of
        ),
        title=f"Run {at}",
        scenario="Quiet Harbour",
        wall_ms=at * DAY,
        values=tuple(values.items()),
        headline=None if value is None else 100 * value,
    )


def test_runs_of_one_scenario_and_score_stand_in_order_of_time() -> None:
    (series,) = trends([run(3, 0.9), run(1, 0.4), run(2, 0.5)])
    assert [one.title for one in series.runs] == ["Run 1", "Run 2", "Run 3"]
    assert [gap and round(gap.points) for gap in series.gaps] == [10, 40]


@pytest.mark.parametrize(
    "other",
    [run(2, sha="bb"), run(2, scoring="2"), run(2, fork_of="e1")],
    ids=["another version of the scenario", "another score", "a fork"],
)
def test_what_cannot_be_compared_stands_apart(other: Run) -> None:
    found = trends([run(1), other, run(3)])
    assert [len(one.runs) for one in found] == [2, 1]
    assert found[1].gaps == ()


def test_a_gap_that_other_weights_would_turn_is_within_noise() -> None:
    # Much better in one thing, as much worse in others.
    before = run(1, 0.5)
    after = run(2, 0.5, R=1.0, T=0.1, S=0.35)
    (gap,) = trends([before, after])[0].gaps
    assert gap is not None
    assert gap.low < 0 < gap.high
    assert gap.within_noise


def test_a_gap_as_two_equal_runs_have_it_is_within_noise() -> None:
    (gap,) = trends([run(1, 0.5), run(2, 0.6)])[0].gaps
    assert gap is not None
    assert gap.low == pytest.approx(10)
    assert gap.within_noise
    (large,) = trends([run(1, 0.5), run(2, 0.8)])[0].gaps
    assert large is not None
    assert not large.within_noise


@pytest.mark.parametrize(
    ("gap", "noise"),
    [
        (Gap(points=20, low=-1, high=30), True),
        (Gap(points=20, low=16, high=24), False),
        (Gap(points=-20, low=-24, high=-16), False),
        (Gap(points=14, low=12, high=16), True),
    ],
)
def test_noise_is_one_or_the_other(gap: Gap, *, noise: bool) -> None:
    assert gap.within_noise == noise


def test_a_run_without_a_headline_is_no_measure() -> None:
    (series,) = trends([run(1), run(2, None), run(3)])
    assert series.gaps == (None, None)


def test_indicators_that_one_run_has_not_are_left_out_of_the_gap() -> None:
    full = dict.fromkeys("TRNSMBELK", 0.5)
    assert gap_interval({**full, "K": None}, full) == (0, 0)
    few = {one: None if one in "RSMB" else 0.5 for one in full}
    assert gap_interval(few, full) is None


def test_a_run_is_read_off_its_record_once_it_has_ended() -> None:
    game = Game(a_scenario())
    origin = run(1).origin
    assert a_run(origin, game.entries) is None
    opened = replace(origin, exercise="open")
    assert a_run(opened, ()) is None
