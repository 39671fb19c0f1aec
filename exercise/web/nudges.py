"""Who wants to know at once that something was committed."""

from collections.abc import Callable
from typing import TypeAlias

Listener: TypeAlias = Callable[[str], None]


class Nudges:
    """Passes a nudge on: to listeners of this process, and to other workers."""

    def __init__(self) -> None:
        self._near: list[Listener] = []
        self._far: list[Listener] = []

    def __call__(self, exercise: str) -> None:
        """Tell that something was committed here."""
        self.heard(exercise)
        for listener in self._far:
            listener(exercise)

    def heard(self, exercise: str) -> None:
        """Tell that something was committed, here or elsewhere."""
        for listener in self._near:
            listener(exercise)

    def listen(self, listener: Listener) -> None:
        """Tell this listener too, from now on."""
        self._near.append(listener)

    def tell(self, listener: Listener) -> None:
        """Pass what is committed here on to other workers by this listener."""
        self._far.append(listener)
