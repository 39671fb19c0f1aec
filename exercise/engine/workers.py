"""Several processes that share a port: one that ends is replaced, all are renewed."""

import ctypes
import logging
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

LOG = logging.getLogger(__name__)

Serve: TypeAlias = Callable[[bool, Callable[[], None]], None]
"""Serves, told whether it speaks for all; calls its second argument once it listens."""

# A worker that cannot start must not eat the processor.
PAUSE_S = 1.0
PR_SET_PDEATHSIG = 1
# Long enough to see a lease renewed more than once.
SETTLED_S = 5.0


class Workers:
    """The workers of one server; SIGTERM ends them, SIGHUP renews them in turn.

    A renewed worker starts from the code and settings as they are now. The next one
    ends some seconds after it listens, so that somebody always does, and whoever was
    connected to the one that ended comes back to another.
    """

    def __init__(self, many: int, serve: Serve) -> None:
        self._many = many
        self._serve = serve
        self._running: set[int] = set()
        self._old: list[int] = []
        self._stopping = False

    def run(self) -> None:
        """Keep them running until told to stop."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._stop)
        signal.signal(signal.SIGHUP, self._renew)
        signal.signal(signal.SIGUSR1, self._go_on)
        signal.signal(signal.SIGALRM, self._settled)
        for number in range(self._many):
            self._begin(speaks=number == 0)
        while self._running:
            ended, _ = os.wait()
            if ended in self._running:
                self._running.remove(ended)
                self._replace()

    def _replace(self) -> None:
        if not self._stopping:
            self._begin(speaks=False)

    def _begin(self, *, speaks: bool) -> None:
        parent = os.getpid()
        child = os.fork()
        if child:
            self._running.add(child)
            return
        _forget_signals()
        _die_with(parent)
        try:
            self._serve(speaks, lambda: os.kill(parent, signal.SIGUSR1))
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

    def _go_on(self, _signal: int, _frame: object) -> None:
        """Go on with the next old worker: the new one listens.

        Not at once: whoever may have to let time pass must have seen it pass before.
        """
        signal.setitimer(signal.ITIMER_REAL, SETTLED_S)

    def _settled(self, _signal: int, _frame: object) -> None:
        self._end_next()

    def _end_next(self) -> None:
        while self._old and not self._stopping:
            child = self._old.pop(0)
            if child in self._running:
                _end(child)
                return


def _forget_signals() -> None:
    """Be no parent any more; what ends a worker it says itself."""
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGALRM):
        signal.signal(each, signal.SIG_DFL)
    # The terminal's hang-up and a reload are the parent's.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _die_with(parent: int) -> None:
    """End when the parent is killed, where the system can see to it (Linux)."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _end(child: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGTERM)
