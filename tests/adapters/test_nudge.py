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

pytestmark = pytest.mark.services


def hears(listener: Listener, nudge: Callable[[str], None]) -> list[str]:
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


def test_postgresql_itself_carries_a_nudge(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    nudge = PostgresNudge(database)
    assert hears(nudge, nudge) == ["ex"]
    database.close()


def test_redis_carries_a_nudge(redis_url: str) -> None:
    nudge = RedisNudge(redis_url)
    assert hears(RedisNudge(redis_url), nudge) == ["ex"]


def test_a_nudge_that_is_lost_hurts_nobody(caplog: pytest.LogCaptureFixture) -> None:
    RedisNudge("redis://127.0.0.1:1/0")("ex")
    PostgresNudge(open_database("postgresql://nobody@127.0.0.1:1/none"))("ex")
    assert caplog.text.count("poll") == 2
