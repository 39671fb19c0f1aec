"""Who wants to know at once that something was committed."""

from collections.abc import Callable, Sequence
from queue import Queue
from typing import TypeAlias

from exercise.service.ports import Tailed

Listener: TypeAlias = Callable[[str, Sequence[Tailed]], None]
"""Hears which exercise has news, and what they are where they were made here."""

Far: TypeAlias = Callable[[str], None]


class Aside:
    """Passes nudges on from a task of its own: a Redis that hangs stops nobody."""

    def __init__(self, far: Far) -> None:
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
        self._far: list[Far] = []

    def __call__(self, exercise: str, tailed: Sequence[Tailed] = ()) -> None:
        """Tell that this was committed here."""
        for near in self._near:
            near(exercise, tailed)
        for far in self._far:
            far(exercise)

    def heard(self, exercise: str) -> None:
        """Tell that something was committed elsewhere, or here without having it."""
        for near in self._near:
            near(exercise, ())

    def listen(self, listener: Listener) -> None:
        """Tell this listener too, from now on."""
        self._near.append(listener)

    def tell(self, listener: Far) -> None:
        """Pass what is committed here on to other workers by this listener."""
        self._far.append(listener)
