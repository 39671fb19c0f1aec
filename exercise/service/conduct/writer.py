"""The writer's loop: takes all that wait, answers each when it is durable."""

import logging
from collections.abc import Callable
from queue import Empty, Queue
from threading import Lock
from typing import TypeAlias

from exercise.domain.state import Exercise
from exercise.service import failpoints
from exercise.service.conduct.conductor import Conductor
from exercise.service.mishaps import Mishaps
from exercise.service.ports import Nudge, Unwritable
from exercise.service.requests import Outcome, Request, Unanswered

LOG = logging.getLogger(__name__)

Spawn: TypeAlias = Callable[[Callable[[], None]], object]
Sleep: TypeAlias = Callable[[float], object]

# A hall of two hundred answers within one group; more would make the first wait.
GROUP = 256
# While the store is away, try again this often; nothing else would find it back.
PROBE_S = 1.0
PATIENCE_S = 15.0


class Ticket:
    """One request on its way; without a request, a look at the fresh state.

    It is settled once and waited for by one: a lock does, at a tenth of a flag's price.
    """

    __slots__ = ("_gate", "outcome", "request", "seen", "state")

    def __init__(self, request: Request | None) -> None:
        self.request = request
        self.outcome: Outcome = Unanswered()
        self.state: Exercise | None = None
        self.seen = False
        self._gate = Lock()
        self._gate.acquire()

    def settle(self) -> None:
        """Let whoever waits go on."""
        self._gate.release()

    def wait(self, seconds: float) -> bool:
        """Wait for the answer; tell whether it came."""
        return self._gate.acquire(timeout=seconds)


class Writer:
    """Everybody's way to one exercise's conductor; its loop never ends by itself."""

    def __init__(
        self, conductor: Conductor, *, spawn: Spawn, sleep: Sleep, nudge: Nudge
    ) -> None:
        self._conductor = conductor
        self._spawn = spawn
        self._sleep = sleep
        self._nudge = nudge
        self._waiting: Queue[Ticket | None] = Queue()
        self._open = True
        self._mishaps = Mishaps(LOG)

    @property
    def writable(self) -> bool:
        """Tell whether the last try to write succeeded."""
        return self._conductor.writable

    @property
    def state(self) -> Exercise | None:
        """Return the state as last seen, without waiting."""
        return self._conductor.state

    def start(self) -> None:
        """Begin to serve."""
        self._spawn(self.serve)

    def stop(self) -> None:
        """End the loop after what already waits."""
        self._open = False
        self._waiting.put(None)

    def submit(self, request: Request, patience_s: float = PATIENCE_S) -> Outcome:
        """Return the outcome once it is durable; Unanswered if that takes too long."""
        ticket = self._put(Ticket(request))
        ticket.wait(patience_s)
        return ticket.outcome

    def view(self, patience_s: float = PATIENCE_S) -> Exercise | None:
        """Return the state after everything committed so far, by any worker.

        While the store is away or slow it is the state as last seen.

        Raises:
            Unwritable: there is none yet; that it is not there nobody can say.
        """
        ticket = self._put(Ticket(None))
        ticket.wait(patience_s)
        if ticket.seen:
            return ticket.state
        if self.state is None:
            raise Unwritable("the state could not be read in time")
        return self.state

    def _put(self, ticket: Ticket) -> Ticket:
        if self._open:
            self._waiting.put(ticket)
        else:
            ticket.settle()
        return ticket

    def serve(self) -> None:
        """Serve groups until stopped."""
        while self._open or not self._waiting.empty():
            try:
                self._serve_group(self._take())
                self._mishaps.over("the writer of %s", self._conductor.exercise)
            except Exception as error:  # noqa: BLE001 - the loop outlives whatever happens in a group
                exercise = self._conductor.exercise
                self._mishaps.tell(error, "The writer of %s stumbled", exercise)

    def _take(self) -> list[Ticket]:
        """Return every ticket that waits, or none after a while without writing."""
        try:
            first = self._waiting.get(timeout=None if self.writable else PROBE_S)
        except Empty:
            self._conductor.probe()
            return []
        group = [first]
        while len(group) < GROUP:
            try:
                group.append(self._waiting.get_nowait())
            except Empty:
                break
        return [ticket for ticket in group if ticket is not None]

    def _serve_group(self, group: list[Ticket]) -> None:
        before = self._conductor.head.seq
        try:
            self._answer(group)
            if self._conductor.head.seq != before:
                failpoints.here(failpoints.BEFORE_ACK)
        finally:
            for ticket in group:
                ticket.settle()
        if self._conductor.head.seq != before:
            failpoints.here(failpoints.BEFORE_NUDGE, self._sleep)
            self._nudge(self._conductor.exercise, self._conductor.news())
        # Those just answered speak before the next group is taken.
        self._sleep(0)

    def _answer(self, group: list[Ticket]) -> None:
        asked = [ticket for ticket in group if ticket.request is not None]
        if asked:
            requests = [one.request for one in asked if one.request is not None]
            outcomes = self._conductor.run(requests)
            for ticket, outcome in zip(asked, outcomes, strict=True):
                ticket.outcome = outcome
        looks = [ticket for ticket in group if ticket.request is None]
        if looks:
            state = self._conductor.refresh()
            for ticket in looks:
                ticket.state, ticket.seen = state, True
