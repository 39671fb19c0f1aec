"""Places in the write path where a test may end the process, as a power cut would.

Nothing happens unless `DETENTE_TEST_DIE_AT=PLACE[:N]` is in the environment when the
process starts; outside a test run a process that finds it there does not start.
"""

import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

VARIABLE: Final = "DETENTE_TEST_DIE_AT"
# pytest sets this in what it runs and in the processes that it starts.
TESTING: Final = "PYTEST_CURRENT_TEST"

BEFORE_BEGIN: Final = "before-begin"
AFTER_ENTRY: Final = "after-entry"
AFTER_DELIVERIES: Final = "after-deliveries"
BEFORE_COMMIT: Final = "before-commit"
BEFORE_ACK: Final = "before-ack"
BEFORE_NUDGE: Final = "before-nudge"
PLACES: Final = (
    BEFORE_BEGIN,
    AFTER_ENTRY,
    AFTER_DELIVERIES,
    BEFORE_COMMIT,
    BEFORE_ACK,
    BEFORE_NUDGE,
)


class NotForPlay(SystemExit):
    """Somebody asked a server in use to end itself."""


@dataclass(slots=True)
class Failpoint:
    """Ends this process when it comes to a place for the `left`-th time."""

    place: str
    left: int

    def reached(self) -> bool:
        """Count one pass; tell whether it is the last."""
        self.left -= 1
        return self.left == 0


def asked(environ: Mapping[str, str]) -> Failpoint | None:
    """Return what a test asks for, usually nothing.

    Raises:
        NotForPlay: this is no test, or there is no such place.
    """
    told = environ.get(VARIABLE)
    if not told:
        return None
    place, _, times = told.partition(":")
    if TESTING not in environ:
        raise NotForPlay(f"{VARIABLE} ends the server and is for its tests: unset it.")
    if place not in PLACES or not (times or "1").isdecimal():
        raise NotForPlay(f"{VARIABLE}={told} is none of {', '.join(PLACES)}.")
    return Failpoint(place, int(times or "1"))


_ASKED = asked(os.environ)


def here(place: str, let: Callable[[float], object] | None = None) -> None:
    """End the process if a test asked for it here; `let` gives others time first."""
    if _ASKED is None or _ASKED.place != place or not _ASKED.reached():
        return
    if let is not None:
        let(0.2)
    os.kill(os.getpid(), signal.SIGKILL)
