"""The longest stall is told for a minute, and forgotten after it."""

from dataclasses import dataclass

import pytest

from exercise.web.stalls import KEPT_S, STEP_S, Stalls


@dataclass
class Loop:
    """A loop that wakes its sleepers late."""

    at_s: float = 1000.0
    late_s: float = 0.0

    def now(self) -> float:
        return self.at_s

    def sleep(self, seconds: float) -> None:
        self.at_s += seconds + self.late_s


def steps(stalls: Stalls, loop: Loop, seconds: float, late_s: float = 0.0) -> None:
    loop.late_s = late_s
    until = loop.at_s + seconds
    while loop.at_s < until:
        stalls.step(loop.sleep)


def test_a_loop_that_is_never_late_has_no_stalls() -> None:
    loop = Loop()
    stalls = Stalls(loop.now)
    assert stalls.longest_s == 0
    steps(stalls, loop, 5)
    assert stalls.longest_s == pytest.approx(0, abs=1e-9)


def test_the_longest_of_the_last_minute_counts() -> None:
    loop = Loop()
    stalls = Stalls(loop.now)
    steps(stalls, loop, STEP_S, late_s=0.3)
    steps(stalls, loop, 5, late_s=0.01)
    assert stalls.longest_s == pytest.approx(0.3)
    steps(stalls, loop, KEPT_S, late_s=0.01)
    assert stalls.longest_s == pytest.approx(0.01)


def test_a_stall_in_a_second_of_many_looks_is_kept() -> None:
    loop = Loop()
    stalls = Stalls(loop.now)
    for late_s in (0.0, 0.2, 0.0, 0.1):
        steps(stalls, loop, STEP_S, late_s)
    assert stalls.longest_s == pytest.approx(0.2)
