"""Whole exercises nobody planned: any scenario, any seed, a policy each."""

import random
from functools import cache

from exercise.adapters.memory import MemoryTimeline
from exercise.domain.scenario import Scenario
from exercise.offline.rehearsing import Played, rehearse
from exercise.offline.rehearsing import read_scenario as read
from exercise.service.robots import POLICIES
from tests.builders import a_scenario

NAMES = ("ping", "quiet-harbour", "borrowed-ballot", "red-triage", "small")


@cache
def scenario(name: str) -> Scenario:
    return a_scenario() if name == "small" else read(name)


def draws(of: object) -> random.Random:
    """Return a source of chance that is the same for the same test."""
    return random.Random(str(of))  # noqa: S311 - a test that can be repeated


def mixed(draw: random.Random, whole: Scenario) -> str:
    """Return a policy for each delegation, as `--robots` takes it."""
    names = sorted(POLICIES)
    return ",".join(f"{one}={draw.choice(names)}" for one in whole.delegation_ids)


def a_run(
    draw: random.Random,
    names: tuple[str, ...] = NAMES,
    timeline: MemoryTimeline | None = None,
) -> Played:
    """Return a rehearsal in which everything is drawn."""
    whole = scenario(draw.choice(names))
    robots, seed = mixed(draw, whole), draw.randrange(1_000_000)
    return rehearse(whole, robots=robots, seed=seed, timeline=timeline)
