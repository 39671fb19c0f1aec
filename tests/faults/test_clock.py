"""The wall clock jumps: exercise time never falls, and nothing falls due unasked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from exercise.adapters.database import Database, open_database
from exercise.adapters.promises import stored_on, verify_exercise
from exercise.adapters.schema import signing_key, upgrade
from exercise.adapters.timeline import SqlTimeline
from exercise.adapters.watch import SqlWatch
from exercise.domain.commands import Note, Pause, Resume, SetRate
from exercise.service.conduct import Conductor, Ticker
from tests import many
from tests.adapters.stand import EXERCISE, Stand
from tests.faults.conftest import POSTGRESQL, SQLITE
from tests.faults.figures import Figures, Table, row_of
from tests.service.test_ticker import AtOnce

pytestmark = [pytest.mark.faults, pytest.mark.services]

HOUR = 3_600_000
# An hour on and back (someone corrects it), a summer time kept by hand, ten minutes
# of sleep, a leap second, a clock that starts in another year.
JUMPS = (HOUR, -HOUR, HOUR, 600_000, -1_000, 1_000, -600_000, -HOUR, 31 * 24 * HOUR)


@pytest.fixture(params=(SQLITE, POSTGRESQL))
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'clock.db'}"
    if request.param == POSTGRESQL:
        url = request.getfixturevalue("cluster").database()
    made = open_database(url)
    upgrade(made)
    yield made
    made.close()


def test_f8_the_clock_jumps(database: Database, table: Table) -> None:
    store = SQLITE if database.on_sqlite else POSTGRESQL
    with row_of(table, Figures("F8 clock jumps", store, "–")) as row:
        row.runs = _jumps(database)
        kept = stored_on(database, EXERCISE)
        row.acknowledged = len(kept.answers)
        for one in verify_exercise(kept):
            row.breaks(one.invariant, str(one))


def _jumps(database: Database) -> int:
    """Let the clock jump at each rate, and pause and resume; return how often."""
    stand = Stand(SqlTimeline(database))
    stand.ports = replace(stand.ports, signer=signing_key(database))
    stand.conductor = stand.another_writer()
    stand.running()
    ticker = Ticker(
        EXERCISE,
        AtOnce(Conductor(EXERCISE, stand.ports)),  # type: ignore[arg-type]  # what a ticker needs of it
        SqlWatch(database),
        stand.clock,
        holder="one",
        sleep=lambda _: None,
        sole=database.on_sqlite,
    )
    jumps = 0
    for rate in (1, 10, 60):
        _goes_on(stand, ticker)
        stand.does("fac", SetRate(rate=rate))
        for jump in JUMPS[: many(short=4, full=len(JUMPS))]:
            stand.clock.wall_ms += jump
            before = _at_ms(stand)
            for _ in range(4):
                ticker.tick()
                stand.clock.wall_ms += 250
            assert _at_ms(stand) >= before
            stand.does("fac", Note(text=f"Jump {jumps}."))
            jumps += 1
            _goes_on(stand, ticker)
    for _ in range(many(short=10, full=60)):
        stand.does("fac", Pause())
        stand.clock.wall_ms += 30_000
        ticker.tick()
        _goes_on(stand, ticker)
    return jumps


def _goes_on(stand: Stand, ticker: Ticker) -> None:
    """Resume as a facilitator does whom an outage has stopped."""
    state = stand.conductor.refresh()
    if state is not None and state.status == "paused":
        stand.does("fac", Resume())
    ticker.tick()


def _at_ms(stand: Stand) -> int:
    state = stand.conductor.refresh()
    assert state is not None
    return state.at_ms
