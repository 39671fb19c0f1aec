"""How long the server kept everybody waiting at once: the longest stall of its loop."""

import time
from collections import deque
from collections.abc import Callable

STEP_S = 0.02
# What /metrics tells is of the last minute, so that a watcher may look once in it.
KEPT_S = 60


class Stalls:
    """One task a process that sleeps a little and looks how late it wakes.

    A loop that does one thing for 300 ms wakes it 300 ms late, as it does everybody.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._worst: deque[tuple[int, float]] = deque(maxlen=KEPT_S)

    def run(self, sleep: Callable[[float], object]) -> None:
        """Look for ever; run it as a supervised task."""
        while True:
            self.step(sleep)

    def step(self, sleep: Callable[[float], object]) -> None:
        """Sleep once, and note how late it ended."""
        began = self._now()
        sleep(STEP_S)
        ended = self._now()
        second, late = int(ended), max(0.0, ended - began - STEP_S)
        if self._worst and self._worst[-1][0] == second:
            late = max(late, self._worst.pop()[1])
        self._worst.append((second, late))

    @property
    def longest_s(self) -> float:
        """Return the longest stall of the last minute."""
        since = int(self._now()) - KEPT_S
        return max((late for at, late in self._worst if at > since), default=0.0)
