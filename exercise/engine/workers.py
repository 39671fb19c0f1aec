"""Several processes that share a port: one that ends is replaced, all are renewed."""

import ctypes
import logging
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

from exercise.engine.places import Places

LOG = logging.getLogger(__name__)

Serve: TypeAlias = Callable[[int, bool, Callable[[], None]], None]
"""Serves at a place, told whether it speaks for all; its last says that it listens."""

# A worker that cannot start must not eat the processor.
PAUSE_S = 1.0
PR_SET_PDEATHSIG = 1
# By this a worker is told to go and to leave what it holds to the others.
LEAVE = signal.SIGUSR2


class Workers:
    """The workers of one server; SIGTERM ends them, SIGHUP renews them in turn.

    A renewed worker starts from the code and settings as they are now. The next one
    ends when all others listen, so that somebody always does, and whoever was
    connected to the one that ended comes back to another.
    """

    def __init__(self, places: Places, serve: Serve) -> None:
        self._places = places
        self._serve = serve
        self._running: dict[int, int] = {}
        self._old: list[int] = []
        self._stopping = False

    def run(self) -> None:
        """Keep them running until told to stop."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._stop)
        signal.signal(signal.SIGHUP, self._renew)
        signal.signal(signal.SIGUSR1, self._go_on)
        for place in range(self._places.many):
            self._begin(place, speaks=place == 0)
        while self._running:
            ended, _ = os.wait()
            if ended in self._running:
                self._replace(self._running.pop(ended))

    def _replace(self, place: int) -> None:
        self._places.say(place, 0)
        if not self._stopping:
            self._begin(place, speaks=False)

    def _begin(self, place: int, *, speaks: bool) -> None:
        parent = os.getpid()
        child = os.fork()
        if child:
            self._running[child] = place
            return
        _forget_signals()
        _die_with(parent)
        try:
            self._serve(place, speaks, lambda: self._tell(place, parent))
        except BaseException:  # whatever it was, this process ends here
            LOG.exception("A worker failed")
            time.sleep(PAUSE_S)
            os._exit(1)
        os._exit(0)

    def _stop(self, _signal: int, _frame: object) -> None:
        self._stopping = True
        for child in list(self._running):
            _end(child)

    def _renew(self, _signal: int, _frame: object) -> None:
        """End the workers there are, one after the other."""
        if not self._old:
            self._old = list(self._running)
            self._end_next()

    def _tell(self, place: int, parent: int) -> None:
        """Say that this process listens."""
        self._places.say(place, os.getpid())
        os.kill(parent, signal.SIGUSR1)

    def _go_on(self, _signal: int, _frame: object) -> None:
        self._end_next()

    def _end_next(self) -> None:
        """End the next old worker if as many as there should be listen."""
        listening = set(self._places.listening())
        everybody = len(self._running) == self._places.many
        if self._stopping or not everybody or not listening >= self._running.keys():
            return
        while self._old:
            leaving = self._old.pop(0)
            if leaving in self._running:
                self._places.say(self._running[leaving], 0)
                _end(leaving, LEAVE)
                return


def _forget_signals() -> None:
    """Be no parent any more; what ends a worker it says itself."""
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
        signal.signal(each, signal.SIG_DFL)
    # The terminal's hang-up and a reload are the parent's.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _die_with(parent: int) -> None:
    """End when the parent is killed, where the system can see to it (Linux)."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _end(child: int, by: signal.Signals = signal.SIGTERM) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, by)
