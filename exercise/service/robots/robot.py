"""A robot: it hears its delegation's stream and says what it does at which time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from exercise.domain import events as e
from exercise.domain.commands import Countersign, DelegationCommand
from exercise.domain.scenario import Scenario
from exercise.service.robots import (
    calls,
    duties,
    peers,
    pressure,
    probes,
    rooms,
    sharing,
    speech,
    texts,
    thorough,
    translations,
)
from exercise.service.robots import (
    help as help_,
)
from exercise.service.robots.brief import brief_of
from exercise.service.robots.draws import Draws
from exercise.service.robots.memory import Heard, Memory
from exercise.service.robots.mind import SECOND, Mind, Plan
from exercise.service.robots.policies import DEFAULT, POLICIES, Policy

HABITS: tuple[Callable[[Mind, Heard], Iterator[Plan]], ...] = (
    duties.hear,
    sharing.hear,
    pressure.hear,
    peers.hear,
    calls.hear,
    rooms.hear,
    help_.hear,
    texts.hear,
    speech.hear,
    probes.hear,
    thorough.hear,
    translations.hear,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A command and which of the robot's participants gives it."""

    command: DelegationCommand
    seat: int = 0


class Robot:
    """One delegation's robot: nothing but its own stream goes in."""

    def __init__(
        self, policy: str, delegation: str, scenario: Scenario, seed: int
    ) -> None:
        brief = brief_of(scenario, delegation)
        rules = POLICIES[policy]
        if rules.names == "first_provocation" and not brief.accusation:
            rules = POLICIES[DEFAULT]
        self.delegation = delegation
        self._mind = Mind(rules, brief, Memory(delegation), Draws(seed, delegation))
        home = scenario.delegation(delegation)
        self._seats = tuple(one.id for one in home.seats) if home else ()
        self._plans: list[tuple[int, int, Plan]] = []
        self._made = 0

    @property
    def policy(self) -> Policy:
        """Return the policy it follows."""
        return self._mind.policy

    @property
    def next_ms(self) -> int | None:
        """Return the exercise time of its next plan, or None."""
        return self._plans[0][0] if self._plans else None

    def hear(self, heard: Heard) -> None:
        """Take the next entry of the delegation's stream."""
        self._mind.memory.take(heard)
        if not self.policy.acts or self._mind.memory.over:
            return
        for plan in self._thoughts(heard):
            heappush(self._plans, (plan.at_ms, self._made, plan))
            self._made += 1

    def act(self, at_ms: int) -> tuple[Asked, ...]:
        """Return what the robot does now: every plan that is due by `at_ms`."""
        asked: list[Asked] = []
        while self._plans and self._plans[0][0] <= at_ms:
            _, _, plan = heappop(self._plans)
            asked += [Asked(command, plan.seat) for command in plan.make(at_ms)]
        return () if self._mind.memory.over else tuple(asked)

    def _thoughts(self, heard: Heard) -> Iterator[Plan]:
        if isinstance(heard.event, e.ActPrepared):
            signed = Countersign(about=heard.id)
            seat = self._seat_of(heard.event.needs)
            yield Plan(heard.at_ms + SECOND, lambda _: (signed,), seat)
        for habit in HABITS:
            yield from habit(self._mind, heard)

    def _seat_of(self, needs: tuple[str, ...]) -> int:
        """Return which of the robot's participants signs; the second one usually."""
        known = [self._seats.index(one) for one in needs if one in self._seats]
        return known[0] if known else 1
