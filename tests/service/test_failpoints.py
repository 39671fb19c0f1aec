"""A failpoint ends a process under test where it was asked to, and no other one."""

import os
import subprocess
import sys

import pytest

from exercise.service.failpoints import PLACES, TESTING, VARIABLE, NotForPlay, asked


def test_nothing_is_asked_for_as_a_rule() -> None:
    assert asked({}) is None
    assert asked({VARIABLE: "", TESTING: "x"}) is None


@pytest.mark.parametrize("place", PLACES)
def test_a_test_may_ask_for_each_place(place: str) -> None:
    found = asked({VARIABLE: f"{place}:2", TESTING: "x"})
    assert found is not None
    assert [found.reached(), found.reached(), found.reached()] == [False, True, False]


@pytest.mark.parametrize("told", ["nowhere", "before-ack:x", "before-ack:-1"])
def test_what_is_no_place_is_refused(told: str) -> None:
    with pytest.raises(NotForPlay, match="none of"):
        asked({VARIABLE: told, TESTING: "x"})


def test_a_server_in_use_does_not_start_with_one() -> None:
    environ = {k: v for k, v in os.environ.items() if k != TESTING}
    done = subprocess.run(
        [sys.executable, "-c", "import exercise.app"],
        env=environ | {VARIABLE: "before-commit"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "is for its tests: unset it." in done.stderr
    assert "Traceback" not in done.stderr
