"""How fast one member may send: a bucket that refills, for a burst and for a minute."""

import time
from collections.abc import Callable
from dataclasses import dataclass

A_SECOND = 5.0
BURST = 20
A_MINUTE = 120
# Buckets of members who fell silent are thrown away once there are this many.
MOST = 4096


@dataclass(slots=True)
class Bucket:
    """What one sender may still send, as of a moment."""

    burst: float
    minute: float
    at: float


class Limits:
    """Buckets by sender; one that is `off` lets everything pass."""

    def __init__(
        self, *, on: bool = True, now: Callable[[], float] = time.monotonic
    ) -> None:
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
        missing = max(
            (1 - bucket.burst) / A_SECOND, (1 - bucket.minute) / (A_MINUTE / 60)
        )
        return max(1, round(missing + 0.5))

    def _filled(self, sender: str) -> Bucket:
        now = self._now()
        bucket = self._buckets.get(sender)
        if bucket is None:
            if len(self._buckets) >= MOST:
                self._forget_full(now)
            bucket = self._buckets[sender] = Bucket(BURST, A_MINUTE, now)
        passed = now - bucket.at
        bucket.burst = min(BURST, bucket.burst + passed * A_SECOND)
        bucket.minute = min(A_MINUTE, bucket.minute + passed * A_MINUTE / 60)
        bucket.at = now
        return bucket

    def _forget_full(self, now: float) -> None:
        self._buckets = {
            sender: one
            for sender, one in self._buckets.items()
            if now - one.at < 60  # noqa: PLR2004 - a minute refills any bucket
        }
