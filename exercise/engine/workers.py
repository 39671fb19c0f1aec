"""Several processes that share a port: one that ends is replaced, all are renewed."""

import ctypes
import logging
import mmap
import os
import signal
import struct
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
# By this a worker is told to go and to leave what it holds to the others.
LEAVE = signal.SIGUSR2
PID = struct.Struct("i")


class Workers:
    """The workers of one server; SIGTERM ends them, SIGHUP renews them in turn.

    A renewed worker starts from the code and settings as they are now. The next one
    ends when all others listen, so that somebody always does, and whoever was
    connected to the one that ended comes back to another.
    """

    def __init__(self, many: int, serve: Serve) -> None:
        self._many = many
        self._serve = serve
        # Each has a place in a memory they share: there it says that it listens.
        self._running: dict[int, int] = {}
        self._listens = mmap.mmap(-1, many * PID.size)
        self._old: list[int] = []
        self._stopping = False

    def run(self) -> None:
        """Keep them running until told to stop."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._stop)
        signal.signal(signal.SIGHUP, self._renew)
        signal.signal(signal.SIGUSR1, self._go_on)
        for place in range(self._many):
            self._begin(place, speaks=place == 0)
        while self._running:
            ended, _ = os.wait()
            if ended in self._running:
                self._replace(self._running.pop(ended))

    def _replace(self, place: int) -> None:
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
            self._serve(speaks, lambda: self._tell(place, parent))
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
        PID.pack_into(self._listens, place * PID.size, os.getpid())
        os.kill(parent, signal.SIGUSR1)

    def _go_on(self, _signal: int, _frame: object) -> None:
        self._end_next()

    def _end_next(self) -> None:
        """End the next old worker if as many as there should be listen."""
        listening = {pid for (pid,) in PID.iter_unpack(self._listens)}
        everybody = len(self._running) == self._many
        if self._stopping or not everybody or not listening >= self._running.keys():
            return
        while self._old:
            leaving = self._old.pop(0)
            if leaving in self._running:
                PID.pack_into(self._listens, self._running[leaving] * PID.size, 0)
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
