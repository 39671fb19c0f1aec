"""A small exercise on any store, and what one does with it."""

from dataclasses import dataclass, field, replace
from itertools import count

from exercise.adapters.codec import EventCodec, scenario_sha256
from exercise.adapters.derived import (
    DerivedIds,
    DerivedSalts,
    derived_signer,
    root_secret,
)
from exercise.adapters.memory import MemoryTimeline, MemoryWatch
from exercise.adapters.memory_directory import MemoryDirectory
from exercise.domain.commands import Command, Join, Start
from exercise.domain.due import due, subject
from exercise.domain.moment import SYSTEM
from exercise.domain.scenario import Scenario
from exercise.domain.state import Exercise
from exercise.service.conduct import Conductor, NewExercise, open_timeline
from exercise.service.directory import Directory
from exercise.service.ports import Ports, Timeline, Watch
from exercise.service.requests import Ack, Outcome, Refusal, Request, system_request
from tests.domain.small import a_scenario

OPENED_MS = 946_684_800_000
EXERCISE = "ex"
SECRET = "the server's own secret of a test"


@dataclass
class HandClock:
    """A wall clock that stands until it is moved."""

    wall_ms: int = OPENED_MS

    def now_ms(self) -> int:
        return self.wall_ms


@dataclass
class Store:
    """One store behind all its ports."""

    timeline: Timeline
    watch: Watch
    directory: Directory


def in_memory() -> Store:
    timeline = MemoryTimeline()
    return Store(timeline, MemoryWatch(), MemoryDirectory(timeline, SECRET))


def ports_on(timeline: Timeline, clock: HandClock, seed: int = 1) -> Ports:
    secret = root_secret(seed, "small", "tests")
    return Ports(
        timeline=timeline,
        codec=EventCodec(),
        clock=clock,
        ids=DerivedIds(secret),
        salts=DerivedSalts(secret),
        signer=derived_signer(secret),
    )


@dataclass
class Stand:
    """An exercise on a store, with people called by their roles."""

    timeline: Timeline
    scenario: Scenario = field(default_factory=a_scenario)
    clock: HandClock = field(default_factory=HandClock)
    exercise: str = EXERCISE
    ids: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self.ports = ports_on(self.timeline, self.clock)
        self.conductor = Conductor(self.exercise, self.ports)

    def opened(self) -> "Stand":
        new = NewExercise(
            exercise=self.exercise,
            title="A test",
            scenario=self.scenario,
            scenario_sha256=scenario_sha256(self.scenario),
            opened_ms=OPENED_MS,
        )
        self.kept(open_timeline(self.timeline, new))
        self.join("fac", "facilitator")
        self.join("ves", "delegate", "VES")
        self.join("kas", "delegate", "KAS")
        return self

    def running(self) -> "Stand":
        self.opened()
        self.kept(self.request("fac", Start()))
        return self

    def join(self, member: str, role: str, delegation: str = "") -> Ack:
        command = Join(
            member=member,
            role=role,  # type: ignore[arg-type]  # one of the six
            delegation=delegation,
            seat="legal" if delegation else "",
            name=f"Name of {member}",
        )
        return self.kept(self.request(SYSTEM, command))

    def request(self, member: str, command: Command, id_: str = "") -> Request:
        return Request(member, id_ or f"command-{next(self.ids)}", command)

    def run(self, *requests: Request) -> list[Outcome]:
        return self.conductor.run(requests)

    def kept(self, request: Request) -> Ack:
        (outcome,) = self.run(request)
        assert isinstance(outcome, Ack), outcome
        return outcome

    def refused(self, request: Request) -> Refusal:
        (outcome,) = self.run(request)
        assert isinstance(outcome, Refusal), outcome
        return outcome

    def does(self, member: str, command: Command) -> Ack:
        return self.kept(self.request(member, command))

    def later(self, wall_ms: int) -> "Stand":
        """Let time pass, with what falls due at the end of it."""
        self.clock.wall_ms += wall_ms
        state = self.state
        now = self.clock.wall_ms
        for command in due(state, state.clock.now(now), now):
            self.run(system_request(self.exercise, command, subject(command, state)))
        return self

    @property
    def state(self) -> Exercise:
        state = self.conductor.state
        assert state is not None
        return state

    @property
    def kinds(self) -> list[str]:
        return [one.entry.kind for one in self.timeline.after(self.exercise, 0)]

    def another_writer(self) -> Conductor:
        """Give a second conductor, as another worker would have one."""
        return Conductor(self.exercise, replace(self.ports))
