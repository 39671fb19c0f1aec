"""The matrix's stores and engines, its table, and one ground for each of its cells."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeAlias

import pytest

from tests import FULL
from tests.faults.figures import TABLE, Figures, lines
from tests.faults.ground import Ground
from tests.faults.stores import Postgres, Redis, own_postgres, own_redis

SQLITE, POSTGRESQL = STORES = "SQLite", "PostgreSQL"
# The short form looks at each store once; both engines are in the full one.
SHORT = (("eventlet", SQLITE), ("gevent", POSTGRESQL))
WHOLE = tuple((engine, store) for engine in ("eventlet", "gevent") for store in STORES)

Lay: TypeAlias = Callable[..., AbstractContextManager[Ground]]


def cells(*stores: str, engines: bool = True) -> pytest.MarkDecorator:
    """Run a row on these stores, with both engines in full counts if they matter."""
    chosen = WHOLE if FULL and engines else SHORT
    chosen = tuple(one for one in chosen if one[1] in (stores or STORES))
    return pytest.mark.parametrize(
        ("engine_name", "store_name"), chosen, ids=["-".join(one) for one in chosen]
    )


@pytest.fixture(scope="session")
def cluster() -> Iterator[Postgres]:
    with own_postgres() as made:
        yield made


@pytest.fixture
def own_nudges() -> Iterator[Redis]:
    with own_redis() as made:
        yield made


@pytest.fixture
def lay(
    request: pytest.FixtureRequest, tmp_path: Path, engine_name: str, store_name: str
) -> Lay:
    """Lay the ground of a row; at its end everything promised must hold."""
    table = request.config.stash.setdefault(TABLE, [])

    @contextmanager
    def ground(row: str, **more: object) -> Iterator[Ground]:
        url = ""
        if store_name == POSTGRESQL and "url" not in more:
            url = request.getfixturevalue("cluster").database()
        figures = Figures(row, store_name, engine_name)
        ground = Ground(tmp_path, figures, **{"url": url, **more})  # type: ignore[arg-type]  # fields of a ground
        try:
            yield ground
            ground.check()
        finally:
            ground.close()
        table.append(figures)
        assert not figures.told, "\n".join(figures.told[:40])

    return ground


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    table = terminalreporter.config.stash.get(TABLE, [])
    if table:
        terminalreporter.section("What became of what was acknowledged")
        for line in lines(table):
            terminalreporter.write_line(line)
