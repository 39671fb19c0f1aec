"""Rehearsals one after another until every part of a scenario has been exercised."""

from collections.abc import Iterator

from exercise.adapters.record import read_record
from exercise.domain.scenario import Scenario
from exercise.offline.rehearsing import rehearse
from exercise.service.coverage import Coverage
from exercise.service.robots import POLICIES

THOROUGH = "thorough"
SEEDS = 20


class Refused(RuntimeError):
    """A robot asked for what the rules refuse: the run shows less than it seems to."""


def runs(seeds: int = SEEDS) -> Iterator[tuple[str, int]]:
    """Yield policy and seed of each run: every policy once, then the thorough one."""
    yield from ((one, 1) for one in POLICIES)
    yield from ((THOROUGH, seed) for seed in range(2, seeds + 1))


def cover(scenario: Scenario, seeds: int = SEEDS) -> Coverage:
    """Return what the runs of a scenario exercise; the last ones only if need be.

    Raises:
        Refused: a robot was refused something.
    """
    coverage = Coverage(scenario)
    for policy, seed in runs(seeds):
        played = rehearse(scenario, robots=policy, seed=seed)
        if played.refused:
            raise Refused(f"{policy}, seed {seed}: {played.refused[0]}")
        coverage.add(read_record(played.record).entries, played.card)
        if coverage.runs >= len(POLICIES) and coverage.complete:
            break
    return coverage
