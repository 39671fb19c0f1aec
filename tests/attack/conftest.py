"""What was tried, added up, and printed at the end: cases, 5xx, stored."""

from collections import Counter
from dataclasses import dataclass, field

import pytest


@dataclass
class Tally:
    """One corpus: how many cases were sent, and what became of them."""

    cases: int = 0
    became: Counter[str] = field(default_factory=Counter)

    def add(self, became: str, cases: int = 1) -> None:
        self.cases += cases
        self.became[became] += cases


TALLIES: dict[str, Tally] = {}


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Give the tally of the corpus that the test's module names."""
    return TALLIES.setdefault(request.module.CORPUS, Tally())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not TALLIES:
        return
    terminalreporter.section("attacks: what was tried")
    for corpus, one in sorted(TALLIES.items()):
        became = ", ".join(f"{what} {n:,}" for what, n in sorted(one.became.items()))
        terminalreporter.write_line(f"{corpus:<22} {one.cases:>8,} cases: {became}")
