"""A whole exercise with robots, as fast as it can be played, on a simulated clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exercise.domain.commands import End, FacilitatorCommand, Join, Release, Start
from exercise.domain.due import due, next_due, subject
from exercise.domain.moment import SYSTEM
from exercise.domain.scenario import Scenario
from exercise.domain.state import Exercise
from exercise.service.cast import Cast
from exercise.service.conduct import Conductor, NewExercise, open_timeline
from exercise.service.ports import Ports
from exercise.service.requests import Refusal, Request, Unanswered, system_request

FACILITATOR = "member/facilitator"
PAGE = 500


class NotPlayed(RuntimeError):
    """A rehearsal could not go on: what it asked for was not recorded."""


class SimulatedClock:
    """A wall clock that stands where it is set."""

    def __init__(self, wall_ms: int) -> None:
        self._wall_ms = wall_ms

    def now_ms(self) -> int:
        """Return the wall time it was set to."""
        return self._wall_ms

    def set(self, wall_ms: int) -> None:
        """Jump ahead; never back."""
        self._wall_ms = max(self._wall_ms, wall_ms)


@dataclass(frozen=True, slots=True)
class Part:
    """What is played, and who plays it how."""

    exercise: str
    title: str
    scenario: Scenario
    scenario_sha256: str
    policies: Mapping[str, str]
    seed: int
    rehearsal: Mapping[str, int | str] | None = None


class Rehearsal:
    """One exercise played by robots and the script alone.

    Manual injects are released at their time; reserve ones stay.
    """

    def __init__(self, part: Part, ports: Ports, clock: SimulatedClock) -> None:
        self.part = part
        self.conductor = Conductor(part.exercise, ports)
        self.cast = Cast(part.scenario, part.policies, part.seed, ports.ids)
        self.refused: list[tuple[Request, Refusal]] = []
        self._ports = ports
        self._clock = clock
        self._heard = 0
        self._facilitator = ports.ids.new(FACILITATOR)
        self._asked = 0

    @property
    def heard(self) -> int:
        """Return how many entries of the timeline the robots were given to hear."""
        return self._heard

    @property
    def facilitator(self) -> str:
        """Return the member who opens, releases and ends."""
        return self._facilitator

    def open(self, opened_ms: int) -> None:
        """Open the exercise, take everybody in, and start."""
        part = self.part
        plan = NewExercise(
            part.exercise,
            part.title,
            part.scenario,
            part.scenario_sha256,
            opened_ms,
            rehearsal=part.rehearsal,
        )
        self._run([open_timeline(self._ports.timeline, plan)])
        join = Join(member=self._facilitator, role="facilitator", name="Rehearsal")
        joins = [Request(SYSTEM, self._ports.ids.new("join/facilitator"), join)]
        self._run([*joins, *self.cast.joins()])
        self.asks(Start())

    def play(self, until_ms: int) -> None:
        """Play on to exercise time `until_ms`, that moment included."""
        while (at_ms := self._next_ms()) is not None and at_ms <= until_ms:
            self._set(at_ms)
            self._run(self._due() or self._releases(at_ms) or self.cast.act(at_ms))
        self._set(until_ms)

    def end(self) -> None:
        """End the exercise."""
        self.asks(End(confirm="END"))

    def asks(self, command: FacilitatorCommand) -> None:
        """Let the facilitator ask for something now."""
        self._run([self._asks(command)])

    def whole(self, opened_ms: int) -> None:
        """Open, play to the scenario's end, and end."""
        self.open(opened_ms)
        self.play(self.part.scenario.duration_ms)
        self.end()

    def _state(self) -> Exercise:
        state = self.conductor.state
        if state is None:
            raise NotPlayed(self.part.exercise)
        return state

    def _set(self, at_ms: int) -> None:
        wall_ms = self._state().clock.wall_at(at_ms)
        if wall_ms is not None:
            self._clock.set(wall_ms)

    def _next_ms(self) -> int | None:
        """Return the exercise time of whatever comes next."""
        state = self._state()
        wall_ms = next_due(state, self._clock.now_ms())
        times = [None if wall_ms is None else state.clock.now(wall_ms)]
        times += [self.cast.next_ms, *(at for at, _ in self._manual(state))]
        coming = [at_ms for at_ms in times if at_ms is not None]
        return max(state.at_ms, min(coming)) if coming else None

    def _due(self) -> Sequence[Request]:
        state, wall_ms = self._state(), self._clock.now_ms()
        exercise = self.part.exercise
        return [
            system_request(exercise, one, subject(one, state))
            for one in due(state, state.clock.now(wall_ms), wall_ms)
        ]

    def _releases(self, at_ms: int) -> Sequence[Request]:
        manual = self._manual(self._state())
        return [
            self._asks(Release(inject=one)) for when, one in manual if when <= at_ms
        ]

    def _manual(self, state: Exercise) -> list[tuple[int, str]]:
        return [
            (state.due_ms(one), one.id)
            for one in state.scenario.injects
            if one.release == "manual" and state.is_open(one)
        ]

    def _asks(self, command: FacilitatorCommand) -> Request:
        self._asked += 1
        id_ = self._ports.ids.new(f"request/facilitator/{self._asked}")
        return Request(self._facilitator, id_, command)

    def _run(self, batch: Sequence[Request]) -> None:
        """Have a batch recorded, and let the robots hear what it led to."""
        outcomes = self.conductor.run(batch)
        for request, outcome in zip(batch, outcomes, strict=True):
            # What time does falls due again until it is done, and time would stand.
            stands = isinstance(outcome, Refusal) and request.actor == SYSTEM
            if isinstance(outcome, Unanswered) or stands:
                raise NotPlayed(request.command.type)
            if isinstance(outcome, Refusal):
                self.refused.append((request, outcome))
        self._listen()

    def _listen(self) -> None:
        timeline, codec = self._ports.timeline, self._ports.codec
        while self._heard < self.conductor.head.seq:
            for sealed in timeline.after(self.part.exercise, self._heard, PAGE):
                self._heard = sealed.entry.seq
                self.cast.hear(sealed.entry, codec)
