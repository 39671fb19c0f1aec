"""What a thorough delegation is like in one run: chance decides, the seed repeats it.

Nobody does everything right every time; what goes wrong in one run is what lets the
other turn of a branch be seen, and lets instruments be used that mend things.
"""

from typing import Literal, TypeAlias

from exercise.domain.scenario import Obligation, Topic
from exercise.service.robots.mind import Mind

Temper: TypeAlias = Literal["patient", "firm", "hard"]
TEMPERS: tuple[Temper, ...] = ("patient", "firm", "hard", "hard")
Stance: TypeAlias = Literal["agrees", "words", "reserves", "refuses", "waits"]
STANCES: tuple[Stance, ...] = (
    "agrees",
    "agrees",
    "agrees",
    "agrees",
    "words",
    "reserves",
    "refuses",
    "waits",
)


def temper(mind: Mind) -> Temper:
    """Return how far this delegation goes when it is provoked."""
    return mind.draws.choice(TEMPERS, "temper") if mind.policy.tries else "patient"


def stance(mind: Mind, text: str) -> Stance:
    """Return what it makes of a joint text, known by its title."""
    if not mind.policy.tries:
        return "agrees"
    return mind.draws.choice(STANCES, f"stance/{text}")


def holds_back(mind: Mind, item: str) -> bool:
    """Tell whether an item waits at home for a clearance that never comes."""
    return item in mind.brief.held and _once_in(mind, 3, f"hold/{item}")


def overlooks(mind: Mind, inject: str, duty: Obligation) -> bool:
    """Tell whether something an inject asks for is left undone."""
    return _once_in(mind, 6, f"overlook/{inject}/{duty.kind}/{duty.instruments}")


def keeps_to_itself(mind: Mind, consultation: str) -> bool:
    """Tell whether it is too proud to ask first."""
    return _once_in(mind, 3, f"proud/{consultation}")


def turns_down(mind: Mind) -> bool:
    """Tell whether it declines, with thanks, whatever help is offered in this run."""
    return _once_in(mind, 3, "declines")


def spun(mind: Mind, topic: Topic, known: tuple[str, ...]) -> str:
    """Return what it says on a topic before it knows better, or "" for the facts."""
    others = [one.id for one in topic.values if one.id not in known]
    if not others or not _once_in(mind, 3, f"spin/{topic.id}"):
        return ""
    if mind.brief.accusation in others:
        return mind.brief.accusation
    return mind.draws.choice(others, f"spin/{topic.id}/value")


def _once_in(mind: Mind, runs: int, subject: str) -> bool:
    return mind.policy.tries and mind.draws.turn(runs, subject) == 0
