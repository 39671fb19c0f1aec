"""The hot wash: shown to all as counts, never of a few, never in words."""

import pytest

from exercise.domain import commands as c
from exercise.domain.report.hotwash import SCALES, hot_wash
from tests.domain.given import Story, running

WHO = ("ves", "kas", "orl", "hga", "fac", "eva", "tra")
AIMS = SCALES["scale_aims"]


def told(*steps: str, anonymous: bool = False) -> Story:
    story = running()
    story.do(c.End(confirm="END"), "fac")
    for who, step in zip(WHO, steps, strict=False):
        answers = {"scale_aims": step, "went_well": "The call to the north"}
        story.do(c.Survey(answers=answers, anonymous=anonymous), who)
    return story


@pytest.mark.parametrize("few", [0, 1, 2])
def test_fewer_than_three_are_only_counted(few: int) -> None:
    wash = hot_wash(told(*"444"[:few]).entries)
    assert (wash.sheets, wash.tallies) == (few, ())


def test_three_are_shown_as_counts_and_no_words() -> None:
    wash = hot_wash(told("5", "4", "4", anonymous=True).entries)
    (line,) = wash.tallies
    assert (line.question, line.counts) == (AIMS, (0, 0, 0, 2, 1))
    assert line.mean == pytest.approx(13 / 3)
    assert "north" not in repr(wash)


def test_a_fourth_answer_moves_nothing_before_the_sixth_is_in() -> None:
    three, four = hot_wash(told(*"544").entries), hot_wash(told(*"5441").entries)
    assert four.sheets == 4
    assert four.tallies == three.tallies
    assert hot_wash(told(*"544111").entries).tallies[0].counts == (3, 0, 0, 2, 1)


def test_what_is_no_step_of_the_scale_is_not_counted() -> None:
    assert hot_wash(told("9", "yes", "0").entries).tallies == ()
