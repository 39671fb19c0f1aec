"""A long exercise costs no more: a command, the fold of the score, the card."""

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from bench import heart
from bench.table import Size, Table
from exercise.adapters.record import read_record
from exercise.domain.moment import Recorded
from exercise.domain.scenario import Scenario
from exercise.domain.scoring.scoreboard import Scoreboard
from exercise.offline.rehearsing import read_scenario, rehearse

SCENARIO, EARLY, LOT = "quiet-harbour", 100, 1_000
LOTS = 5


@dataclass(frozen=True, slots=True)
class Folding:
    """Microseconds an entry, in a real run and early and late in a long one."""

    played_us: float
    early_us: float
    late_us: float
    card_ms: float
    entries: int


def measure(size: Size) -> Table:
    """Return what a command, the fold and the card cost, early and late."""
    cost = heart.measure(size.entries)
    folding = _folding(size)
    gates = {
        "long-command": cost.late_us / cost.early_us,
        "long-fold": folding.played_us,
        "long-fold-growth": folding.late_us / folding.early_us,
        "long-card": folding.card_ms,
    }
    return Table("A long exercise", tuple(_rows(cost, folding)), gates, size.runs)


def _folding(size: Size) -> Folding:
    scenario = read_scenario(SCENARIO)
    entries = _played(scenario)
    board = Scoreboard(scenario)
    for one in entries:
        board.feed(one)
    at_ms = entries[-1].at_ms
    cards = [_timed(lambda: board.card(at_ms, final=True)) for _ in range(size.runs)]
    early, late = _long(scenario, entries, size.entries)
    return Folding(
        played_us=_whole(scenario, entries, size.runs),
        early_us=early,
        late_us=late,
        card_ms=median(cards) * 1e3,
        entries=len(entries),
    )


def _played(scenario: Scenario) -> list[Recorded]:
    """Return the entries of a whole run with robots."""
    return list(read_record(rehearse(scenario).record).entries)


def _whole(scenario: Scenario, entries: Sequence[Recorded], runs: int) -> float:
    """Return microseconds an entry over a whole run."""
    return median(_fed(Scoreboard(scenario), entries) for _ in range(runs))


def _long(
    scenario: Scenario, entries: Sequence[Recorded], until: int
) -> tuple[float, float]:
    """Return microseconds an entry after few and after many answers."""
    acts = [at for at, one in enumerate(entries) if one.event.KIND == "act_issued"]
    board, act = Scoreboard(scenario), entries[acts[0]]
    for one in entries[: acts[0]]:
        board.feed(one)
    _fed(board, _again(act, 0, EARLY))
    early = _least(board, act, EARLY)
    for at in range(10_000, until - 10_000, 10_000):
        _fed(board, _again(act, at, 10_000))
    return early, _least(board, act, until)


def _least(board: Scoreboard, act: Recorded, start: int) -> float:
    lots = range(start, start + LOTS * LOT, LOT)
    return min(_fed(board, _again(act, at, LOT)) for at in lots)


def _again(act: Recorded, start: int, many: int) -> list[Recorded]:
    """Return the same answer many times, each an entry of its own."""
    return [
        replace(act, seq=act.seq + at, id=f"again-{at}")
        for at in range(start, start + many)
    ]


def _fed(board: Scoreboard, entries: Sequence[Recorded]) -> float:
    start = time.process_time()
    for one in entries:
        board.feed(one)
    return (time.process_time() - start) / len(entries) * 1e6


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _rows(cost: heart.HeartCost, folding: Folding) -> Iterator[str]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"| what | after {EARLY} entries | after {cost.late_at:,} |"
    yield "|---|---|---|"
    yield (
        f"| an answer: decided, sealed, committed in groups of {heart.GROUP}"
        f" | {cost.early_us:.0f} µs | {cost.late_us:.0f} µs |"
    )
    yield (
        f"| an entry folded into nine indicators | {folding.early_us:.1f} µs"
        f" | {folding.late_us:.1f} µs |"
    )
    yield ""
    yield (
        f"A whole run of {folding.entries:,} entries with robots:"
        f" {folding.played_us:.1f} µs an entry, and the final card in"
        f" {folding.card_ms:.0f} ms. A process that holds {cost.late_at:,} entries in"
        f" its state: {peak:,.0f} MB at its peak."
    )
