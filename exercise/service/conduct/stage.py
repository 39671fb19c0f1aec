"""All exercises of one process: a writer each, and a ticker while time may pass."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from exercise.service.conduct.conductor import Conductor
from exercise.service.conduct.ticker import Ticker
from exercise.service.conduct.writer import Sleep, Spawn, Writer
from exercise.service.mishaps import Mishaps
from exercise.service.ports import Nudge, Ports, Unwritable, Watch
from exercise.service.requests import Outcome, Request

LOG = logging.getLogger(__name__)

# Another process may open an exercise; it is noticed within this.
LOOK_S = 1.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a process gives its exercises beside the ports.

    `holder` names the process among those that share a database; `sole` says that
    there can be no other.
    """

    watch: Watch
    spawn: Spawn
    sleep: Sleep
    nudge: Nudge
    holder: str
    sole: bool


class Conduct:
    """Every exercise's writer and ticker in this process."""

    def __init__(self, ports: Ports, around: Surroundings) -> None:
        self._ports = ports
        self._around = around
        self._writers: dict[str, Writer] = {}
        self._tickers: dict[str, Ticker] = {}
        self._open = False
        self._one_at_a_time = Lock()
        self._mishaps = Mishaps(LOG)

    @property
    def writable(self) -> bool:
        """Tell whether every writer could write when it last tried."""
        return all(writer.writable for writer in self._writers.values())

    def start(self) -> None:
        """Take up every exercise that has not ended; a running one stands still.

        That it does is on the record before this returns, so before anybody can ask
        for anything, unless another process may hold its lease.
        """
        self._open = True
        self._let_time_pass()
        self._around.spawn(self._look_out)

    def stop(self, *, leaving: bool = False) -> None:
        """End every loop after what already waits.

        One that is `leaving` first hands time over to the other processes.
        """
        self._open = False
        for ticker in self._tickers.values():
            ticker.over = True
        if leaving:
            for ticker in self._tickers.values():
                ticker.hand_over()
        for writer in self._writers.values():
            writer.stop()

    def writer(self, exercise: str) -> Writer:
        """Return an exercise's writer; the first call starts it.

        Raises:
            KeyError: there is no such exercise.
        """
        known = self._writers.get(exercise)
        if known is not None:
            return known
        self._ports.timeline.head(exercise)
        with self._one_at_a_time:
            return self._writers.get(exercise) or self._new_writer(exercise)

    def submit(self, exercise: str, request: Request) -> Outcome:
        """Return what became of a request to an exercise, once it is durable."""
        if self._open and exercise not in self._tickers:
            # A start that no ticker saw coming would pass for an outage.
            self._let_time_pass()
        return self.writer(exercise).submit(request)

    def _new_writer(self, exercise: str) -> Writer:
        around = self._around
        writer = self._writers[exercise] = Writer(
            Conductor(exercise, self._ports, rest=lambda: around.sleep(0)),
            spawn=around.spawn,
            sleep=around.sleep,
            nudge=around.nudge,
        )
        writer.start()
        return writer

    def _ticker(self, exercise: str) -> Ticker:
        return Ticker(
            exercise,
            self.writer(exercise),
            self._around.watch,
            self._ports.clock,
            holder=self._around.holder,
            sleep=self._around.sleep,
            sole=self._around.sole,
        )

    def _take_up(self) -> list[Ticker]:
        """Return a ticker for each exercise that goes on and has none yet."""
        fresh = [
            opening.exercise
            for opening in self._ports.timeline.exercises()
            if opening.head_seq and opening.status != "ended"
            if opening.exercise not in self._tickers
        ]
        for exercise in fresh:
            self._tickers[exercise] = self._ticker(exercise)
        return [self._tickers[exercise] for exercise in fresh]

    def _let_time_pass(self) -> None:
        for ticker in self._take_up():
            # Where the store is away its own loop goes on trying.
            with suppress(Unwritable):
                ticker.tick()
            self._around.spawn(ticker.run)

    def _look_out(self) -> None:
        while self._open:
            try:
                self._let_time_pass()
                self._mishaps.over("new exercises are seen")
            except Exception as error:  # noqa: BLE001 - the next look may succeed
                self._mishaps.tell(error, "Could not look for new exercises")
            self._around.sleep(LOOK_S)
