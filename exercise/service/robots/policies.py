"""The eight policies in numbers, so that a rehearsal means the same to everyone."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from exercise.domain.scenario import Scenario

DEFAULT = "cooperative"


class UnknownPolicy(ValueError):
    """A robot is asked to follow a policy, or sit in a delegation, there is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a robot does, and when; times are exercise ms, shares whole fractions.

    `picture` and `line` say where probe answers and public claims come from; `voice`
    is the one instrument it makes claims with, if it keeps to one; `names` says when
    it names its rival in public, if ever. Whoever `tries` uses every instrument that
    is its to use, and has a temper that changes from run to run.
    """

    name: str
    acts: bool = True
    late: bool = False
    peers: bool = True
    shares: Literal["needed", "everybody", "nobody"] = "needed"
    picture: Literal["evidence", "own", "rival", "apart"] = "evidence"
    line: Literal["facts", "own"] = "facts"
    voice: str = ""
    names: Literal["", "second_phase", "first_provocation"] = ""
    tries: bool = False

    def answer_ms(self, target_ms: int, deadline_ms: int) -> int:
        """Return how long after a delivery, or a request, its answer goes out."""
        if self.late:
            return target_ms + (deadline_ms - target_ms) * 9 // 10
        return target_ms * 8 // 10

    def share_ms(self, need_ms: int, useless_ms: int) -> int:
        """Return when an item is passed on."""
        if self.late:
            return need_ms + (useless_ms - need_ms) * 2 // 3
        return need_ms - (useless_ms - need_ms) // 10

    def consult_ms(self, start_ms: int, end_ms: int) -> int:
        """Return when in its window a consultation takes place."""
        return start_ms + (end_ms - start_ms) * 9 // 10 if self.late else start_ms

    def speak_ms(self, start_ms: int, end_ms: int) -> int:
        """Return when a topic is spoken to that nothing else made it speak to."""
        return start_ms + (end_ms - start_ms) * (9 if self.late else 5) // 10

    def keep_ms(self, made_ms: int, due_ms: int) -> int:
        """Return when a promise is kept."""
        return made_ms + (due_ms - made_ms) * (95 if self.late else 80) // 100


POLICIES: Mapping[str, Policy] = MappingProxyType(
    {
        one.name: one
        for one in (
            Policy(name="cooperative"),
            Policy(name="slow", late=True),
            Policy(
                name="silo",
                peers=False,
                shares="nobody",
                picture="own",
                line="own",
                names="second_phase",
            ),
            Policy(name="leaky", shares="everybody"),
            Policy(name="escalating", picture="rival", names="first_provocation"),
            Policy(
                name="contradictory",
                picture="apart",
                line="own",
                voice="public_statement",
            ),
            Policy(name="silent", acts=False, peers=False, shares="nobody"),
            Policy(name="thorough", tries=True),
        )
    }
)
"""Every policy by its name."""


def assigned(told: str, scenario: Scenario) -> dict[str, str]:
    """Return each delegation's policy from one name for all, or `ID=policy,…`.

    Raises:
        UnknownPolicy: a policy or a delegation is not known.
    """
    policies = dict.fromkeys(scenario.delegation_ids, DEFAULT)
    for part in (one.strip() for one in told.split(",")):
        who, equals, policy = part.rpartition("=")
        if policy not in POLICIES:
            known = ", ".join(POLICIES)
            message = f"there is no policy “{policy}”; choose one of: {known}"
            raise UnknownPolicy(message)
        if not equals:
            policies = dict.fromkeys(policies, policy)
        elif who in policies:
            policies[who] = policy
        else:
            known = ", ".join(policies)
            message = f"there is no delegation “{who}”; choose one of: {known}"
            raise UnknownPolicy(message)
    return policies
