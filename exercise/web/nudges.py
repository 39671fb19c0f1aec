"""Who wants to know at once that something was committed."""

from collections.abc import Callable
from queue import Queue
from typing import TypeAlias

Listener: TypeAlias = Callable[[str], None]


class Aside:
    """Passes nudges on from a task of its own: a Redis that hangs stops nobody."""

    def __init__(self, far: Listener) -> None:
        self._far = far
        self._waiting: Queue[str] = Queue()

    def __call__(self, exercise: str) -> None:
        """Let the task pass it on."""
        self._waiting.put(exercise)

    def serve(self) -> None:
        """Pass on what waits, each exercise once, for ever."""
        while True:
            some = [self._waiting.get()]
            while not self._waiting.empty():
                some.append(self._waiting.get())
            for exercise in dict.fromkeys(some):
                self._far(exercise)


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
