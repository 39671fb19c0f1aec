"""Lets time pass in one exercise: what falls due becomes a command of time's own."""

import logging
from contextlib import suppress
from dataclasses import replace
from threading import Lock

from exercise.domain.commands import Outage, SystemCommand
from exercise.domain.due import deadline, due, next_due, subject
from exercise.domain.state import Exercise
from exercise.service.conduct.writer import Sleep, Writer
from exercise.service.mishaps import Mishaps
from exercise.service.ports import Unwritable, WallClock, Watch
from exercise.service.requests import (
    Ack,
    Outcome,
    Request,
    Unanswered,
    system_request,
)

LOG = logging.getLogger(__name__)

LEASE_MS = 2000
# A lease is renewed when this much of it is over, not in every round.
RENEW_MS = 1000
MARK_EVERY_MS = 2000
# A wall clock that jumped by this much (a suspended laptop, a database away) is an
# outage: what fell due meanwhile waits for a facilitator.
GAP_MS = 10_000
# The longest sleep: a rate change or a new window is noticed within it.
ROUND_S = 0.25
# So often another worker's lease is looked at.
AWAY_S = 0.5
# The shortest, so that a due time already past cannot turn into a busy loop.
LEAST_S = 0.01
# A round in which time's command could not be kept is tried again after this.
RETRY_S = 1.0


class Ticker:
    """One exercise's time, on the one worker that holds its lease.

    `sole` says that no other process can hold it (SQLite), so none is asked. A ticker
    that never saw another one renew the lease was not there while time passed: it
    pauses a running exercise at the last time that was kept, and a facilitator goes on
    from there. One that did see it, or to whom it was handed over, goes on silently.
    """

    def __init__(  # noqa: PLR0913 - each is a different port of the composition root
        self,
        exercise: str,
        writer: Writer,
        watch: Watch,
        clock: WallClock,
        *,
        holder: str,
        sleep: Sleep,
        sole: bool,
    ) -> None:
        self._exercise = exercise
        self._writer = writer
        self._watch = watch
        self._clock = clock
        self._holder = holder
        self._sleep = sleep
        self._sole = sole
        self._held = False
        self._continuous = False
        self._other = ""
        self._marked_ms = 0
        self._renewed_ms = 0
        self._turn = Lock()
        self.over = False
        self._mishaps = Mishaps(LOG)

    def run(self) -> None:
        """Let time pass until the exercise has ended or `over` is set."""
        while not self.over:
            try:
                with self._turn:
                    pause_s = self.tick()
                self._mishaps.over("time passes in %s", self._exercise)
            except Exception as error:  # noqa: BLE001 - time goes on whatever one round broke
                self._mishaps.tell(error, "A tick failed in %s", self._exercise)
                pause_s = RETRY_S
            self._sleep(pause_s)

    def hand_over(self) -> None:
        """Let no more time pass here, and leave that to another process at once."""
        self.over = True
        with self._turn, suppress(Unwritable):
            if self._held and not self._sole:
                until_ms = self._clock.now_ms() + GAP_MS
                self._watch.hand_over(self._exercise, self._holder, until_ms)

    def tick(self) -> float:
        """Do what is due now, and return the seconds until the next round."""
        if self.over:
            return 0.0
        now_ms = self._clock.now_ms()
        if not self._holds(now_ms):
            return AWAY_S
        state = self._writer.view()
        if state is None:
            return RETRY_S
        if state.status == "ended":
            self.over = True
            return 0.0
        if not self._held:
            return self._come_in(state, now_ms)
        return self._pass_time(state, now_ms)

    def _holds(self, now_ms: int) -> bool:
        if self._sole or (self._held and 0 <= now_ms - self._renewed_ms < RENEW_MS):
            return True
        lease = self._watch.take(self._exercise, self._holder, now_ms, LEASE_MS)
        if lease.holder == self._holder:
            self._renewed_ms = now_ms
            self._continuous |= lease.handed
            return True
        sign = f"{lease.holder}/{lease.until_ms}"
        # The same holder with a later end was alive while we were.
        if self._other and sign != self._other:
            self._continuous = True
        self._other, self._held = sign, False
        return False

    def _come_in(self, state: Exercise, now_ms: int) -> float:
        """Begin to hold the lease; after an outage the exercise stands still first."""
        if state.status == "running" and not self._continuous:
            mark = self._watch.last_mark(self._exercise)
            kept_ms = mark.at_ms if mark else state.at_ms
            if isinstance(self._stand_still(state, kept_ms), Unanswered):
                return RETRY_S
        self._held = self._continuous = True
        self._marked_ms = now_ms
        return 0.0

    def _stand_still(self, state: Exercise, kept_ms: int) -> Outcome:
        request = replace(self._request(Outage(), state), at_ms=kept_ms)
        return self._writer.submit(request)

    def _pass_time(self, state: Exercise, now_ms: int) -> float:
        at_ms = max(state.at_ms, state.clock.now(now_ms))
        if state.status != "running":
            self._marked_ms = now_ms
        elif abs(now_ms - self._marked_ms) >= GAP_MS:
            self._held = self._continuous = False
            return 0.0
        outcomes = [self._do(one, state) for one in due(state, at_ms, now_ms)]
        if abs(now_ms - self._marked_ms) >= MARK_EVERY_MS:
            self._watch.mark(self._exercise, at_ms, now_ms)
            self._marked_ms = now_ms
        if all(isinstance(one, Ack) and one.id is not None for one in outcomes):
            return self._until_next(now_ms)
        return ROUND_S

    def _do(self, command: SystemCommand, state: Exercise) -> Outcome:
        request = self._request(command, state)
        return self._writer.submit(replace(request, at_ms=deadline(command, state)))

    def _request(self, command: SystemCommand, state: Exercise) -> Request:
        return system_request(self._exercise, command, subject(command, state))

    def _until_next(self, now_ms: int) -> float:
        state = self._writer.state
        coming = next_due(state, now_ms) if state else None
        if coming is None:
            return ROUND_S
        return min(ROUND_S, max(LEAST_S, (coming - now_ms) / 1000))
