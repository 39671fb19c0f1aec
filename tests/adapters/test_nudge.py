"""Nudges reach the other workers, and nothing but an exercise's id travels."""

import threading
from collections.abc import Callable

import pytest

from exercise.adapters.database import open_database
from exercise.adapters.nudge import (
    Listener,
    PostgresNudge,
    RedisNudge,
    listen_for_ever,
)
from exercise.adapters.schema import upgrade
from exercise.adapters.timeline import SqlTimeline
from exercise.domain.commands import Note
from tests.adapters.stand import EXERCISE, Stand

pytestmark = pytest.mark.services


def hears(listener: Listener, nudge: Callable[[str], object]) -> list[str]:
    """Return what a listener heard first, nudging until it does."""
    heard: list[str] = []
    over = threading.Event()

    def note(exercise: str) -> None:
        heard.append(exercise)
        over.set()

    thread = threading.Thread(
        target=listen_for_ever, args=(listener, note, over.is_set, over.wait)
    )
    thread.start()
    while not over.wait(0.02):
        nudge("ex")
    thread.join(10)
    return heard[:1]


def test_what_is_committed_on_postgresql_tells_of_itself(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    upgrade(database)
    stand = Stand(SqlTimeline(database)).running()

    def write(_exercise: str) -> object:
        return stand.does("fac", Note(text="Look."))

    assert hears(PostgresNudge(database), write) == [EXERCISE]
    database.close()


def test_redis_carries_a_nudge(redis_url: str) -> None:
    nudge = RedisNudge(redis_url)
    assert hears(RedisNudge(redis_url), nudge) == ["ex"]


def test_a_nudge_that_is_lost_hurts_nobody(caplog: pytest.LogCaptureFixture) -> None:
    RedisNudge("redis://127.0.0.1:1/0")("ex")
    assert caplog.text.count("poll") == 1
