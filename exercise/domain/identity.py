"""Who takes part: roles, and a participant in a seat."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Role: TypeAlias = Literal[
    "delegate", "facilitator", "evaluator", "trainer", "observer", "room"
]

FACILITATORS = "facilitators"
EVALUATORS = "evaluators"
OBSERVERS = "observers"
ROOM = "room"


@dataclass(frozen=True, slots=True)
class Member:
    """A participant: role, and for delegates the delegation and seat they sit in."""

    id: str
    role: Role
    delegation: str = ""
    seat: str = ""
    revoked: bool = False

    @property
    def stream(self) -> str:
        """Return the one audience this member reads."""
        match self.role:
            case "delegate":
                return self.delegation
            case "facilitator" | "trainer":
                return FACILITATORS
            case "evaluator":
                return EVALUATORS
            case "observer":
                return OBSERVERS
            case "room":
                return ROOM
