"""The matrix's stores and engines, its table, and one ground for each of its cells."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeAlias

import pytest

from tests import FULL
from tests.faults.figures import Figures, Table, row_of
from tests.faults.ground import Ground
from tests.faults.stores import Postgres, Redis, own_postgres, own_redis

SQLITE, POSTGRESQL = STORES = "SQLite", "PostgreSQL"
# The short form looks at each store once; both engines are in the full one.
SHORT = (("eventlet", SQLITE), ("gevent", POSTGRESQL))
WHOLE = tuple((engine, store) for engine in ("eventlet", "gevent") for store in STORES)

Lay: TypeAlias = Callable[..., AbstractContextManager[Ground]]


def cells(*stores: str, engines: bool = False) -> pytest.MarkDecorator:
    """Run a row on these stores; in full counts with both engines if they matter."""
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
def table(request: pytest.FixtureRequest) -> Table:
    """Give the place from which a row comes into the table that is printed."""
    table: Table = request.node.user_properties
    return table


@pytest.fixture
def lay(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    table: Table,
    engine_name: str,
    store_name: str,
) -> Lay:
    """Lay the ground of a row; at its end everything promised must hold."""

    @contextmanager
    def ground(row: str, **more: object) -> Iterator[Ground]:
        url = ""
        if store_name == POSTGRESQL and "url" not in more:
            url = request.getfixturevalue("cluster").database()
        figures = Figures(row, store_name, engine_name)
        ground = Ground(tmp_path, figures, **{"url": url, **more})  # type: ignore[arg-type]  # fields of a ground
        with row_of(table, figures):
            try:
                yield ground
                ground.check()
            finally:
                ground.close()

    return ground
