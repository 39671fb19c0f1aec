"""Nudges between workers: an empty "look again", never content; a poll covers loss."""

import logging
from collections.abc import Callable
from typing import Protocol, TypeAlias

import psycopg
import redis

from exercise.adapters.database import Database
from exercise.adapters.rows import CHANNEL

LOG = logging.getLogger(__name__)

Heard: TypeAlias = Callable[[str], None]

# How long one wait for a nudge lasts, so that a stopped listener ends.
WAIT_S = 1.0
# A listener whose connection broke tries again after this; meanwhile polls do.
RETRY_S = 2.0


class Listener(Protocol):
    """Waits for nudges from other workers."""

    def listen(self, heard: Heard, until: Callable[[], bool]) -> None:
        """Call `heard` with each exercise nudged, until told to end."""


class PostgresNudge:
    """LISTEN on the database itself: nothing else has to run.

    What is written tells of itself, in its own transaction: see `SqlTransaction`.
    """

    def __init__(self, database: Database) -> None:
        url = database.engine.url.set(drivername="postgresql")
        self._conninfo = url.render_as_string(hide_password=False)

    def listen(self, heard: Heard, until: Callable[[], bool]) -> None:
        """Call `heard` with each exercise nudged, until told to end or cut off."""
        with psycopg.connect(self._conninfo, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            while not until():
                for note in connection.notifies(timeout=WAIT_S):
                    heard(note.payload)


class RedisNudge:
    """PUBLISH and SUBSCRIBE on one channel; with Redis down, polls go on."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(
            url, socket_connect_timeout=1, socket_timeout=5, health_check_interval=15
        )

    def __call__(self, exercise: str) -> None:
        """Wake the tailers of every worker."""
        try:
            self._redis.publish(CHANNEL, exercise)
        except redis.RedisError:
            LOG.warning("A nudge was lost; the poll will find what it was about")

    def listen(self, heard: Heard, until: Callable[[], bool]) -> None:
        """Call `heard` with each exercise nudged, until told to end or cut off."""
        channel = self._redis.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]  # redis leaves it untyped
        with channel:
            channel.subscribe(CHANNEL)
            while not until():
                message = channel.get_message(timeout=WAIT_S)
                if message and isinstance(message["data"], bytes):
                    heard(message["data"].decode(errors="replace"))


def listen_for_ever(
    listener: Listener,
    heard: Heard,
    until: Callable[[], bool],
    sleep: Callable[[float], object],
) -> None:
    """Listen, and again after every break, until told to end."""
    while not until():
        try:
            listener.listen(heard, until)
        except (psycopg.Error, redis.RedisError) as error:
            LOG.warning("Not listening for nudges just now: %s", type(error).__name__)
            sleep(RETRY_S)
