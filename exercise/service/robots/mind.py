"""What every habit of a robot works with, and what a habit leads to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from exercise.domain.commands import DelegationCommand
from exercise.service.robots.brief import Brief
from exercise.service.robots.draws import Draws
from exercise.service.robots.memory import Memory
from exercise.service.robots.notes import Notes
from exercise.service.robots.policies import Policy

Commands: TypeAlias = Sequence[DelegationCommand]

SECOND = 1_000
MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Mind:
    """A policy, a brief, a memory and a share of chance.

    Only a policy that `tries` everything keeps `notes` of what it has tried.
    """

    policy: Policy
    brief: Brief
    memory: Memory
    draws: Draws
    notes: Notes = field(default_factory=Notes)

    @property
    def own(self) -> str:
        """Return the delegation this robot sits in."""
        return self.brief.own


@dataclass(frozen=True, slots=True)
class Plan:
    """Something to be done at an exercise time, judged on what is known then.

    `seat` 1 is the second participant of a delegation whose acts need two.
    """

    at_ms: int
    make: Callable[[int], Commands]
    seat: int = 0
