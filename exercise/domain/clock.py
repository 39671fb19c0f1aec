"""The exercise clock: the fold of clock entries, exact to the millisecond."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Clock:
    """Exercise time, anchored at the last entry that changed how it runs.

    `at_ms` is exercise time at UTC wall time `wall_ms`; `rate` exercise ms a wall ms.
    """

    at_ms: int = 0
    wall_ms: int = 0
    rate: int = 1
    running: bool = False

    def now(self, wall_ms: int) -> int:
        """Return exercise ms at `wall_ms`; a wall clock set back does not take any."""
        if not self.running:
            return self.at_ms
        return self.at_ms + max(0, wall_ms - self.wall_ms) * self.rate

    def wall_at(self, at_ms: int) -> int | None:
        """Return the UTC wall ms at which `at_ms` is reached, or None while paused."""
        if not self.running:
            return None
        return self.wall_ms + -(-(at_ms - self.at_ms) // self.rate)

    def anchored(self, at_ms: int, wall_ms: int, *, running: bool) -> "Clock":
        """Return this clock, running or not from `at_ms` at `wall_ms` on."""
        return replace(self, at_ms=at_ms, wall_ms=wall_ms, running=running)


def story_ms(start_ms: int, scale: int, at_ms: int) -> int:
    """Return story time, UTC epoch ms, at exercise time `at_ms`."""
    return start_ms + scale * at_ms


def read_t_plus(text: str) -> int:
    """Return the exercise ms that `T+h:mm[:ss]` names.

    Raises:
        ValueError: the text is not of that form.
    """
    head, _, rest = text.strip().upper().partition("+")
    parts = rest.split(":")
    if head != "T" or not 2 <= len(parts) <= 3 or not all(p.isdigit() for p in parts):  # noqa: PLR2004 - h:mm or h:mm:ss
        message = "a time is written T+h:mm or T+h:mm:ss, for example T+1:12"
        raise ValueError(message)
    hours, minutes, *seconds = (int(part) for part in parts)
    if minutes > 59 or any(second > 59 for second in seconds):  # noqa: PLR2004 - a minute has sixty seconds
        message = "minutes and seconds go up to 59"
        raise ValueError(message)
    return ((hours * 60 + minutes) * 60 + sum(seconds)) * 1000


def show_t_plus(at_ms: int) -> str:
    """Return exercise time as `T+hh:mm:ss`."""
    seconds = max(0, at_ms) // 1000
    return f"T+{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
