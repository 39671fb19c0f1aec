"""Given a story so far, when somebody asks for something, then this happens."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pytest

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.decide import decide
from exercise.domain.due import due
from exercise.domain.errors import Rejected
from exercise.domain.moment import SYSTEM, Moment, Recorded
from exercise.domain.scenario import Scenario
from exercise.domain.state import Exercise, evolve
from exercise.domain.visibility import audience, author, recorded_actor
from tests.domain.small import MINUTE, a_scenario

STARTEX = 1_000_000_000_000  # UTC ms; any wall time will do


@dataclass
class Story:
    """An exercise that a test tells, one command after the other."""

    scenario: Scenario = field(default_factory=a_scenario)
    state: Exercise | None = None
    wall_ms: int = STARTEX
    entries: list[Recorded] = field(default_factory=list)

    def do(self, command: c.Command, by: str = SYSTEM) -> tuple[e.Event, ...]:
        """Decide `command` and take what happens into the story."""
        base = len(self.entries)
        at_ms = 0
        if self.state is not None:
            at_ms = max(self.state.at_ms, self.state.clock.now(self.wall_ms))
        now = Moment(at_ms, self.wall_ms, lambda n: f"e{base + 1 + n}")
        events = decide(self.state, command, by, now)
        for number, event in enumerate(events):
            entry = Recorded(
                seq=base + 1 + number,
                id=now.ids(number),
                at_ms=at_ms,
                wall_ms=self.wall_ms,
                actor=recorded_actor(event, by),
                event=event,
                author=author(self.state, event, by),
                audience=audience(self.state, event, by),
            )
            self.state = evolve(self.state, entry)
            self.entries.append(entry)
        return events

    def refused(self, command: c.Command, by: str = SYSTEM) -> Rejected:
        """Return why `command` is refused; fail if it is not, or if anything moved."""
        before, count = self.state, len(self.entries)
        with pytest.raises(Rejected) as caught:
            self.do(command, by)
        assert self.state is before
        assert len(self.entries) == count
        assert caught.value.sentence()
        return caught.value

    def later(self, minutes: float) -> "Story":
        """Let time pass, doing what falls due at its own moment."""
        end = self.wall_ms + int(minutes * MINUTE)
        while True:
            assert self.state is not None
            commands = due(self.state, self._at(), self.wall_ms)
            for command in commands:
                self.do(command)
            if commands:
                continue
            if self.wall_ms >= end:
                return self
            self.wall_ms = min(end, self.wall_ms + 1000)

    def _at(self) -> int:
        assert self.state is not None
        return self.state.clock.now(self.wall_ms)

    def now(self) -> Exercise:
        """Return the state, which there is once the story is open."""
        assert self.state is not None
        return self.state

    def kinds(self, who: str = "facilitators") -> list[str]:
        """Return the kinds of the entries that `who` reads, in order."""
        return [one.event.KIND for one in self.entries if who in one.audience]

    def last(self, kind: str) -> Recorded:
        """Return the newest entry of a kind."""
        return next(one for one in reversed(self.entries) if kind == one.event.KIND)


def a_lobby(scenario: Scenario | None = None) -> Story:
    """Return an exercise with everybody seated and the clock not started."""
    story = Story(scenario or a_scenario())
    story.do(c.Open(title="Test", scenario=story.scenario))
    story.do(c.Join(member="fac", role="facilitator", name="Okafor"))
    story.do(c.Join(member="fac2", role="facilitator", name="Brandt"))
    story.do(c.Join(member="eva", role="evaluator", name="Marek"))
    story.do(c.Join(member="tra", role="trainer", name="Lind"))
    for one in story.scenario.delegations:
        story.do(
            c.Join(
                member=one.id.lower(),
                role="delegate",
                delegation=one.id,
                seat="lead",
                name=f"Lead of {one.id}",
            )
        )
    return story


def running(scenario: Scenario | None = None) -> Story:
    """Return an exercise that has just started."""
    story = a_lobby(scenario)
    story.do(c.Start(), "fac")
    return story


def with_injects(*injects: object) -> Scenario:
    """Return the small scenario with other injects."""
    return replace(a_scenario(), injects=injects)  # type: ignore[arg-type] # injects


def kinds(events: Iterable[e.Event]) -> list[str]:
    """Return the kinds of `events`."""
    return [one.KIND for one in events]
