"""When the scenario's own times fall, once a facilitator has shifted the rest."""


class Timetable:
    """The shifts so far, applied to any time that the author wrote."""

    def __init__(self) -> None:
        self._shifts: list[tuple[int, int]] = []

    def shift(self, from_ms: int, by_ms: int) -> None:
        """Move everything from `from_ms` on by `by_ms`."""
        self._shifts.append((from_ms, by_ms))

    def at(self, authored_ms: int) -> int:
        """Return when something written for `authored_ms` falls."""
        at_ms = authored_ms
        for from_ms, by_ms in self._shifts:
            if at_ms >= from_ms:
                at_ms += by_ms
        return at_ms
