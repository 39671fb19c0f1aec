"""Static analysis of branches: which injects can go out at all, and why not."""

from exercise.domain.branching.findings import Finding, findings
from exercise.domain.branching.logic import World, always_holds, can_hold
from exercise.domain.branching.reach import Reach, reach
from exercise.domain.branching.stage import Stage

__all__ = [
    "Finding",
    "Reach",
    "Stage",
    "World",
    "always_holds",
    "can_hold",
    "findings",
    "reach",
]
