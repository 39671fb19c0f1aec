"""A wide override moves no headline before the second evaluator stands by it."""

import pytest

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.report import aar
from exercise.domain.scoring import Scoreboard, ScoreCard, card_detail
from tests.domain.given import Story, running

REASON = "The platform delivered late, see the log of the hall."


def setting(to: int, second: str = "", indicator: str = "T") -> c.Override:
    return c.Override(
        indicator=indicator,
        from_=40,
        to=to,
        reason=REASON,
        entries=("e1",),
        second=second,
    )


def last(story: Story) -> c.ConfirmOverride:
    return c.ConfirmOverride(override=story.last("indicator_overridden").id)


def card(story: Story) -> ScoreCard:
    board = Scoreboard(story.now().scenario)
    for one in story.entries:
        board.feed(one)
    return board.card(story.now().at_ms)


def waits(story: Story) -> list[bool]:
    return [one.awaits for one in card(story).overrides]


def test_a_wide_override_waits_until_the_one_named_confirms_it() -> None:
    story = running()
    story.do(setting(80, "tra"), "eva")
    assert waits(story) == [True]
    assert card(story).adjusted is None
    confirmed = story.do(last(story), "tra")
    assert [type(one) for one in confirmed] == [e.OverrideConfirmed]
    assert waits(story) == [False]
    assert card(story).overrides[0].confirmed_by == "tra"
    assert story.last("override_confirmed").actor == "tra"


def test_nobody_confirms_their_own_nor_for_another() -> None:
    story = running()
    story.do(setting(80, "tra"), "eva")
    for who in ("eva", "fac"):
        assert story.refused(last(story), who).code == "forbidden"
    assert story.refused(setting(80, "eva"), "eva").code == "needs-second"
    assert waits(story) == [True]


def test_a_delegate_confirms_nothing() -> None:
    story = running()
    story.do(setting(80, "tra"), "eva")
    assert story.refused(last(story), "ves").code == "forbidden"


@pytest.mark.parametrize("to", [20, 60])
def test_a_narrow_one_counts_at_once(to: int) -> None:
    story = running()
    story.do(setting(to), "eva")
    assert waits(story) == [False]
    assert story.refused(last(story), "tra").code == "confirmed"


def test_it_is_confirmed_once() -> None:
    story = running()
    story.do(setting(80, "tra"), "eva")
    story.do(last(story), "tra")
    assert story.refused(last(story), "tra").code == "confirmed"


def test_a_later_value_is_confirmed_anew() -> None:
    story = running()
    story.do(setting(80, "tra"), "eva")
    first = last(story)
    story.do(first, "tra")
    story.do(setting(90, "tra"), "eva")
    assert waits(story) == [True]
    assert story.refused(first, "tra").code == "not-found"
    story.do(last(story), "tra")
    assert waits(story) == [False]


def test_it_may_be_confirmed_after_endex_and_the_report_says_what_waits() -> None:
    story = running()
    story.do(c.End(confirm="END"), "fac")
    story.do(setting(80, "tra"), "eva")
    report = aar(story.now().scenario, story.entries)
    assert [one.awaits for one in report.score.overrides] == [True]
    told = card_detail(report.score)
    assert told["overrides"][0]["awaits_second"]  # type: ignore[index] # a table
    story.do(last(story), "tra")
    report = aar(story.now().scenario, story.entries)
    assert [one.awaits for one in report.score.overrides] == [False]
