"""How fast one member may send: a bucket that refills, for a burst and for a minute."""

import time
from collections.abc import Callable
from dataclasses import dataclass

# Buckets of members who fell silent are thrown away once there are this many.
MOST = 4096


@dataclass(frozen=True, slots=True)
class Pace:
    """How much one sender may send: at once, then a second, and in a minute."""

    burst: int
    a_second: float
    a_minute: int


# What a person can mean to say; and what a page asks for that catches up with all.
SAYING = Pace(burst=20, a_second=5.0, a_minute=120)
ASKING = Pace(burst=30, a_second=10.0, a_minute=600)


@dataclass(slots=True)
class Bucket:
    """What one sender may still send, as of a moment."""

    burst: float
    minute: float
    at: float


class Limits:
    """Buckets by sender; one that is `off` lets everything pass."""

    def __init__(
        self,
        pace: Pace = SAYING,
        *,
        on: bool = True,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pace = pace
        self._on = on
        self._now = now
        self._buckets: dict[str, Bucket] = {}

    def wait(self, sender: str) -> int:
        """Take one from the sender's bucket; return the seconds to wait if empty."""
        if not self._on:
            return 0
        bucket = self._filled(sender)
        if bucket.burst >= 1 and bucket.minute >= 1:
            bucket.burst -= 1
            bucket.minute -= 1
            return 0
        pace = self._pace
        missing = max(
            (1 - bucket.burst) / pace.a_second,
            (1 - bucket.minute) / (pace.a_minute / 60),
        )
        return max(1, round(missing + 0.5))

    def _filled(self, sender: str) -> Bucket:
        now, pace = self._now(), self._pace
        bucket = self._buckets.get(sender)
        if bucket is None:
            if len(self._buckets) >= MOST:
                self._forget_full(now)
            bucket = self._buckets[sender] = Bucket(pace.burst, pace.a_minute, now)
        passed = now - bucket.at
        bucket.burst = min(pace.burst, bucket.burst + passed * pace.a_second)
        bucket.minute = min(pace.a_minute, bucket.minute + passed * pace.a_minute / 60)
        bucket.at = now
        return bucket

    def _forget_full(self, now: float) -> None:
        self._buckets = {
            sender: one
            for sender, one in self._buckets.items()
            if now - one.at < 60  # noqa: PLR2004 - a minute refills any bucket
        }
