"""Robot delegations: they read one stream and answer by one of seven policies."""

from exercise.service.robots.memory import Heard
from exercise.service.robots.policies import POLICIES, Policy, UnknownPolicy, assigned
from exercise.service.robots.robot import Asked, Robot

__all__ = [
    "POLICIES",
    "Asked",
    "Heard",
    "Policy",
    "Robot",
    "UnknownPolicy",
    "assigned",
]
