"""What was tried, added up, and printed at the end: cases, 5xx, stored."""

import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest


@dataclass
class Tally:
    """One corpus: how many cases were sent, and what became of them."""

    cases: int = 0
    became: Counter[str] = field(default_factory=Counter)
    # What a matrix spans.
    surfaces: set[object] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)

    def add(self, became: str, cases: int = 1) -> None:
        self.cases += cases
        self.became[became] += cases


TALLIES: dict[str, Tally] = {}
# How much longer others waited, beside an attacker of this kind, round by round.
RATIOS: dict[str, list[float]] = {}


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Give the tally of the corpus that the test's module names."""
    return TALLIES.setdefault(request.module.CORPUS, Tally())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not (TALLIES or RATIOS):
        return
    terminalreporter.section("attacks: what was tried")
    for line in (*_corpora(), *_beside(), *_in_all(terminalreporter)):
        terminalreporter.write_line(line)


def _corpora() -> Iterator[str]:
    for corpus, one in sorted(TALLIES.items()):
        became = ", ".join(f"{what} {n:,}" for what, n in sorted(one.became.items()))
        yield f"{corpus:<24} {one.cases:>9,} cases: {became}"
        if one.surfaces:
            yield (
                f"{'':<24} {len(one.surfaces)} surfaces × {len(one.roles)} roles ×"
                f" {len(one.objects)} objects: {one.cases:,} cells"
            )


def _beside() -> Iterator[str]:
    for kind, ratios in RATIOS.items():
        rounds = ", ".join(f"{one:.2f}" for one in ratios)
        median = statistics.median(ratios)
        yield f"others beside {kind:<13} p99 × {median:.2f} (median of {rounds})"


def _in_all(terminalreporter: pytest.TerminalReporter) -> Iterator[str]:
    """Yield what must be nothing, added up; each of these also fails a test."""
    became: Counter[str] = Counter()
    for one in TALLIES.values():
        became.update(one.became)
    failed = sum(n for what, n in became.items() if what.startswith("5"))
    cells = sum(one.cases for one in TALLIES.values() if one.surfaces)
    tests = len(terminalreporter.stats.get("failed", []))
    yield (
        f"5xx {failed} · cells {cells:,}, wrong {became['wrong']} · mutants killed"
        f" {became['killed']} of {became['killed'] + became['survived']} ·"
        f" tests failed (crashes, tracebacks, foreign marks) {tests}"
    )
