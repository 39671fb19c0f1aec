"""Exercise time: exact, pausable, never backwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.domain import commands as c
from exercise.domain.clock import Clock, read_t_plus, show_t_plus
from tests.domain.given import a_lobby, running
from tests.domain.small import MINUTE


def test_exercise_time_runs_at_a_whole_rate_to_the_millisecond() -> None:
    story = running()
    story.wall_ms += 1_001
    story.do(c.SetRate(rate=7), "fac")
    story.wall_ms += 13
    story.do(c.Pause(), "fac")
    assert story.now().at_ms == 1_001 + 7 * 13


def test_a_pause_takes_no_exercise_time() -> None:
    story = running()
    story.wall_ms += 5_000
    story.do(c.Pause(reason="Sound fails"), "fac")
    story.wall_ms += 3_600_000
    story.do(c.Resume(), "fac")
    story.wall_ms += 1
    assert story.now().clock.now(story.wall_ms) == 5_001


def test_a_wall_clock_set_back_never_takes_exercise_time_back() -> None:
    story = running()
    story.wall_ms += 60_000
    story.do(c.Note(text="here"), "fac")
    story.wall_ms -= 30_000
    story.do(c.Note(text="still here"), "fac")
    assert [one.at_ms for one in story.entries[-2:]] == [60_000, 60_000]


@given(
    steps=st.lists(
        st.tuples(st.integers(-5_000, 90_000), st.integers(1, 60)), max_size=12
    )
)
def test_exercise_time_never_falls(steps: list[tuple[int, int]]) -> None:
    clock, at, wall = Clock(0, 0, 1, running=True), 0, 0
    for step, rate in steps:
        wall = max(0, wall + step)
        now = max(at, clock.now(wall))
        assert now >= at
        at = now
        clock = Clock(at, wall, rate, running=True)


def test_a_rate_change_moves_no_deadline() -> None:
    story = running().later(3.5)
    asked = [one for one in story.entries if "VES" in one.audience][-1]
    before = asked.event.reply_by_ms  # type: ignore[union-attr] # an inject
    story.do(c.SetRate(rate=10), "fac")
    assert before == 13 * MINUTE == asked.event.reply_by_ms  # type: ignore[union-attr] # an inject


def test_the_clock_starts_once_and_pauses_only_while_running() -> None:
    lobby = a_lobby()
    assert lobby.refused(c.Pause(), "fac").code == "not-started"
    lobby.do(c.Start(), "fac")
    assert lobby.refused(c.Start(), "fac").code == "already-started"
    assert lobby.refused(c.Resume(), "fac").code == "not-paused"
    lobby.do(c.Pause(), "fac")
    assert lobby.refused(c.Pause(), "fac").code == "not-running"


def test_phases_turn_by_themselves() -> None:
    story = running().later(31)
    assert [one for one in story.kinds("VES") if one == "phase_began"] == [
        "phase_began",
        "phase_began",
    ]
    assert story.now().phase == "two"


def test_shifting_the_rest_moves_what_is_to_come_and_nothing_else() -> None:
    story = running().later(4)
    story.do(c.Shift(by_ms=12 * MINUTE), "fac")
    state = story.now()
    due = {one.id: state.due_ms(one) for one in story.scenario.injects}
    assert due["blackout"] == 3 * MINUTE
    assert due["beacon"] == 18 * MINUTE
    assert story.refused(c.Shift(by_ms=0), "fac").field == "by_ms"


def test_an_inject_shifted_earlier_never_falls_before_the_shift() -> None:
    story = running().later(5)
    story.do(c.Shift(by_ms=-30 * MINUTE), "fac")
    beacon = story.scenario.inject("beacon")
    assert beacon is not None
    assert story.now().due_ms(beacon) == 5 * MINUTE


def test_ending_asks_for_the_word_and_closes_what_is_open() -> None:
    story = running().later(30)
    assert story.refused(c.End(confirm="yes"), "fac").field == "confirm"
    story.do(c.Call(to="KAS"), "ves")
    story.do(c.End(confirm="end"), "fac")
    assert story.kinds("VES")[-3:] == ["call_closed", "probe_closed", "ended"]
    assert story.refused(c.Call(to="KAS"), "ves").code == "wrong-phase"
    assert story.do(c.Pin(entry="e1"), "tra")


def test_after_an_outage_time_stands_and_what_was_due_waits_for_a_person() -> None:
    story = running().later(2.9)
    story.do(c.Release(inject="session", undo_ms=5_000), "fac")
    story.do(c.Outage())
    story.wall_ms += 60 * MINUTE
    story.later(0)
    state = story.now()
    assert (state.status, state.at_ms) == ("paused", int(2.9 * MINUTE))
    assert "session" in state.overdue
    story.do(c.Resume(), "fac")
    story.later(0.5)
    assert "blackout" in story.now().released
    assert "session" not in story.now().released
    story.do(c.Release(inject="session"), "fac2")
    assert "session" in story.now().released


@pytest.mark.parametrize(
    ("text", "at_ms"),
    [("T+0:00", 0), ("T+1:12", 72 * MINUTE), ("t+0:03:30", 210_000)],
)
def test_times_are_written_t_plus(text: str, at_ms: int) -> None:
    assert read_t_plus(text) == at_ms
    assert read_t_plus(show_t_plus(at_ms)) == at_ms


@pytest.mark.parametrize(
    "text", ["72", "T+72", "T+1:75", "T+1:1:99", "T-1:00", "T+a:b"]
)
def test_other_ways_of_writing_times_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"T\+|59"):
        read_t_plus(text)
