"""The log says that a store is away once, and everything else with its trace."""

import logging

import pytest

from exercise.service.mishaps import Mishaps
from exercise.service.ports import Unwritable

LOG = logging.getLogger("tests.mishaps")


def test_a_store_that_stays_away_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    mishaps = Mishaps(LOG)
    for _ in range(100):
        mishaps.tell(Unwritable("disk full\nand more"), "Cannot write in %s", "ex")
    assert caplog.messages == ["Cannot write in ex; the store is away: disk full"]
    assert not any(one.exc_info for one in caplog.records)
    mishaps.over("writing in %s", "ex")
    mishaps.over("writing in %s", "ex")
    assert caplog.messages[1:] == ["The store is back: writing in ex"]


def test_anything_else_is_told_in_full(caplog: pytest.LogCaptureFixture) -> None:
    Mishaps(LOG).tell(ValueError("odd"), "A pulse failed")
    assert caplog.records[0].exc_info
