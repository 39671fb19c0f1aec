"""The thorough policy: every instrument its delegation may use, at a sensible moment.

It is for rehearsing a scenario, not for being imitated: over some seeds its runs show
every inject, both turns of every branch and every instrument.
"""

from collections.abc import Iterator

from exercise.service.robots.memory import Heard
from exercise.service.robots.mind import Mind, Plan
from exercise.service.robots.thorough import agenda, haggling, press, resolve


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan what only a thorough delegation does; nothing for the others."""
    if not mind.policy.tries:
        return
    mind.notes.take(mind.own, heard)
    for habit in (agenda.hear, resolve.hear, press.hear, haggling.hear):
        yield from habit(mind, heard)
