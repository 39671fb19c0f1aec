"""Runs of one exercise after another: what moved, and what is only noise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exercise.domain import events as e
from exercise.domain.moment import Recorded
from exercise.domain.scoring import Scoreboard, gap_interval
from exercise.domain.scoring.spec import NOISE_POINTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a run's entries are from: what its record's first line says of it."""

    exercise: str
    scenario_sha256: str
    scoring: str
    fork_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One finished run with its score; `low` and `high` are its 5–95 % range."""

    origin: Origin
    title: str
    scenario: str
    wall_ms: int
    values: tuple[tuple[str, float | None], ...]
    headline: float | None
    low: float | None = None
    high: float | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How far a run lies from the one before it, and the 5–95 % range of that."""

    points: float
    low: float
    high: float

    @property
    def within_noise(self) -> bool:
        """Tell whether it says nothing about the people who played.

        It does not if other weights would turn it, or if two runs of equal quality
        differ as much.
        """
        return self.low <= 0 <= self.high or abs(self.points) < NOISE_POINTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Runs that can be compared: one scenario to the byte, scored by one version.

    `gaps[i]` lies between run i and run i + 1; None where one has no headline.
    """

    scenario: str
    scenario_sha256: str
    scoring: str
    fork_of: str
    runs: tuple[Run, ...]
    gaps: tuple[Gap | None, ...]


def a_run(origin: Origin, entries: Sequence[Recorded]) -> Run | None:
    """Return a run as its record tells it; None for one that has not ended."""
    opened = next((x.event for x in entries), None)
    ended = next((x for x in entries if isinstance(x.event, e.Ended)), None)
    if not isinstance(opened, e.ExerciseOpened) or ended is None:
        return None
    board = Scoreboard(opened.scenario)
    for one in entries:
        board.feed(one)
    card = board.card(entries[-1].at_ms, final=True)
    low, high = card.interval or (None, None)
    return Run(
        origin=origin,
        title=opened.title,
        scenario=opened.scenario.title,
        wall_ms=ended.wall_ms,
        values=tuple((one.id, one.value) for one in card.indicators),
        headline=card.headline,
        low=low,
        high=high,
        partial=card.partial,
    )


def trends(runs: Iterable[Run]) -> tuple[Series, ...]:
    """Return the runs in series, each in order of time; the longest series first.

    A fork shares its beginning with another run, so it stands apart from it.
    """
    found: dict[tuple[str, str, str], list[Run]] = {}
    for one in sorted(runs, key=lambda one: (one.wall_ms, one.origin.exercise)):
        origin = one.origin
        key = origin.scenario_sha256, origin.scoring, origin.fork_of
        found.setdefault(key, []).append(one)
    series = [_series(tuple(one)) for one in found.values()]
    return tuple(sorted(series, key=lambda one: (-len(one.runs), one.scenario)))


def _series(runs: tuple[Run, ...]) -> Series:
    origin = runs[0].origin
    return Series(
        scenario=runs[0].scenario,
        scenario_sha256=origin.scenario_sha256,
        scoring=origin.scoring,
        fork_of=origin.fork_of,
        runs=runs,
        gaps=tuple(_gap(before, after) for before, after in pairwise(runs)),
    )


def _gap(before: Run, after: Run) -> Gap | None:
    if before.headline is None or after.headline is None:
        return None
    bounds = gap_interval(dict(after.values), dict(before.values))
    if bounds is None:
        return None
    low, high = bounds
    return Gap(points=after.headline - before.headline, low=low, high=high)
