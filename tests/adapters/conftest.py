"""Stores: in memory, on SQLite, on PostgreSQL; a contract holds on each."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import delete

from exercise.adapters.database import Database, open_database
from exercise.adapters.directory import SqlDirectory
from exercise.adapters.purge import purge_exercise
from exercise.adapters.schema import upgrade
from exercise.adapters.tables import (
    CLOCK_MARK,
    CODE,
    DRAFT,
    FAILED_TRY,
    LEASE,
    LINK,
    SEEN,
    SESSION,
)
from exercise.adapters.timeline import SqlTimeline
from exercise.adapters.watch import SqlWatch
from tests.adapters.stand import SECRET, Stand, Store, in_memory

STORES = ("memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.services))
DATABASES = STORES[1:]


def on(database: Database) -> Store:
    return Store(
        SqlTimeline(database), SqlWatch(database), SqlDirectory(database, SECRET)
    )


@pytest.fixture(scope="session")
def shared_postgresql(postgresql_server: str) -> Iterator[Database]:
    """Give a database that is made once: a schema takes most of a second."""
    name = f"detente_test_{secrets.token_hex(6)}"
    with psycopg.connect(postgresql_server, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        database = open_database(postgresql_server.rpartition("/")[0] + f"/{name}")
        upgrade(database)
        yield database
        database.close()
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _emptied(database: Database) -> Database:
    for opening in SqlTimeline(database).exercises():
        purge_exercise(database, opening.exercise)
    with database.write() as connection:
        for table in (CLOCK_MARK, CODE, DRAFT, FAILED_TRY, LEASE, LINK, SEEN, SESSION):
            connection.execute(delete(table))
    return database


def _database(name: str, folder: Path, request: pytest.FixtureRequest) -> Database:
    if name == "postgresql":
        return _emptied(request.getfixturevalue("shared_postgresql"))
    database = open_database(f"sqlite:///{folder / 'detente.db'}")
    upgrade(database)
    return database


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield in_memory()
        return
    database = _database(request.param, tmp_path, request)
    yield on(database)
    database.close()


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    database = _database(request.param, tmp_path, request)
    yield database
    database.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'detente.db'}")
    upgrade(database)
    yield database
    database.close()


@pytest.fixture
def stand(store: Store) -> Stand:
    return Stand(store.timeline)
