"""A schema stays as it is while an exercise runs on a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exercise.adapters.database import Database, open_database
from exercise.adapters.schema import InPlay, is_current, upgrade
from exercise.adapters.timeline import SqlTimeline
from exercise.adapters.watch import SqlWatch
from exercise.domain.commands import Pause
from tests.adapters.stand import EXERCISE, OPENED_MS, Stand

LEASE_MS = 2_000
OLDER = "UPDATE alembic_version SET version_num = '0001'"


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Database]:
    """Give a database of an earlier schema in which an exercise runs."""
    database = open_database(f"sqlite:///{tmp_path / 'd.db'}")
    upgrade(database)
    Stand(SqlTimeline(database)).running()
    SqlWatch(database).take(EXERCISE, "a server", OPENED_MS, LEASE_MS)
    with database.write() as connection:
        connection.exec_driver_sql(OLDER)
    yield database
    database.close()


def test_a_running_exercise_keeps_the_schema_from_changing(older: Database) -> None:
    with pytest.raises(InPlay, match=EXERCISE):
        upgrade(older, OPENED_MS + LEASE_MS - 1)
    assert not is_current(older)


def test_what_a_dead_server_left_running_does_not(older: Database) -> None:
    # The newer tables are there already, so the migration itself begins and fails.
    with pytest.raises(Exception, match="already exists"):
        upgrade(older, OPENED_MS + LEASE_MS)


def test_a_paused_exercise_does_not(older: Database) -> None:
    stand = Stand(SqlTimeline(older))
    stand.kept(stand.request("fac", Pause(reason="The schema changes.")))
    with pytest.raises(Exception, match="already exists"):
        upgrade(older, OPENED_MS)


def test_a_database_without_a_schema_gets_one(tmp_path: Path) -> None:
    fresh = open_database(f"sqlite:///{tmp_path / 'fresh.db'}")
    upgrade(fresh, OPENED_MS)
    assert is_current(fresh)
    fresh.close()
