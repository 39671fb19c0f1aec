"""What sockets hear without asking: beats, presence, reading, being signed out."""

import logging
from collections.abc import Callable, Mapping

from exercise.domain.identity import FACILITATORS
from exercise.domain.wall import iso
from exercise.service.directory import Directory
from exercise.service.mishaps import Mishaps
from exercise.service.ports import WallClock
from exercise.web.readings import Readings
from exercise.web.sockets import Sockets
from exercise.web.tailer import Floor

LOG = logging.getLogger(__name__)

STEP_S = 0.5
PRESENCE_STEPS = 2
BEAT_STEPS = 10
# What was read between a socket's sync and the first look is told again; marks are
# idempotent, and older ones came with the sync.
FIRST_LOOK = 20
# Logouts of other workers may be written a little late by their clocks.
OVERLAP_MS = 5_000
SIGNED_OUT = "You signed out."


class Pulse:
    """One task a process that speaks to all its sockets from time to time."""

    def __init__(
        self,
        floor: Floor,
        readings: Readings,
        directory: Directory,
        clock: WallClock,
    ) -> None:
        self._floor = floor
        self._readings = readings
        self._directory = directory
        self._clock = clock
        self._left_ms = clock.now_ms()
        self._presence: dict[str, object] = {}
        self._at_home: dict[tuple[str, str], object] = {}
        self._steps = 0
        self._mishaps = Mishaps(LOG)

    @property
    def _sockets(self) -> Sockets:
        return self._floor.sockets

    def run(self, sleep: Callable[[float], object]) -> None:
        """Speak for ever; run it as a supervised task."""
        while True:
            try:
                self.step()
                self._mishaps.over("the pulse")
            except Exception as error:  # noqa: BLE001 - the next step may succeed
                self._mishaps.tell(error, "A pulse failed")
            sleep(STEP_S)

    def step(self) -> None:
        """Do what half a second asks for."""
        self._steps += 1
        self.cut_signed_out()
        for exercise in self._sockets.exercises():
            if self._steps % PRESENCE_STEPS == 0:
                self._tell_presence(exercise, self._readings.look(exercise))
                self._tell_homes(exercise)
            if self._steps % BEAT_STEPS == 0:
                self.beat(exercise)

    def cut_signed_out(self) -> None:
        """End the sockets of sessions that were logged out, on whichever worker."""
        now_ms = self._clock.now_ms()
        if len(self._sockets):
            left = self._directory.left_since(self._left_ms - OVERLAP_MS)
            for session, member in left:
                for listener in self._sockets.of_session(session, member):
                    self._floor.sender.cut(listener, SIGNED_OUT)
        # Not before it was read: while the store is away nobody is passed over.
        self._left_ms = now_ms

    def beat(self, exercise: str) -> None:
        """Tell every stream its head and the clock, so that a lost tail is noticed."""
        state = self._floor.conduct.writer(exercise).state
        if state is None:
            return
        now_ms = self._clock.now_ms()
        heads = self._floor.timeline.heads(exercise)
        clock = {
            "at_ms": max(state.at_ms, state.clock.now(now_ms)),
            "rate": state.clock.rate,
            "running": state.clock.running,
            "wall": iso(now_ms),
        }
        epoch = self._floor.timeline.epoch()
        for stream in self._sockets.streams(exercise):
            told = {"epoch": epoch, "clock": clock}
            beat = {**told, "heads": {stream: heads.get(stream, 0)}}
            self._floor.sender.say(self._sockets.sids(exercise, stream), "beat", beat)

    def _tell_presence(self, exercise: str, marks: Mapping[str, int]) -> None:
        state = self._floor.conduct.writer(exercise).state
        if state is None:
            return
        here = self._sockets.present(exercise)
        presence = {
            one: {"in": here[one], "read_to": marks.get(one, 0)}
            for one in state.scenario.delegation_ids
        }
        listening = self._sockets.sids(exercise, FACILITATORS)
        told = (presence, sorted(listening))
        if self._presence.get(exercise) != told:
            self._presence[exercise] = told
            self._floor.sender.say(listening, "presence", {"delegations": presence})

    def _tell_homes(self, exercise: str) -> None:
        """Tell each delegation which of its own people are here, and no other."""
        state = self._floor.conduct.writer(exercise).state
        homes = state.scenario.delegation_ids if state else ()
        for home in homes:
            listening = self._sockets.sids(exercise, home)
            here = sorted(self._sockets.members(exercise, home))
            told = (here, sorted(listening))
            if listening and self._at_home.get((exercise, home)) != told:
                self._at_home[exercise, home] = told
                self._floor.sender.say(listening, "home", {"members": here})
