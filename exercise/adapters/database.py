"""Connections to SQLite or PostgreSQL, with the settings that make an ack durable."""

import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InterfaceError,
    InvalidatePoolError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from exercise.service.ports import Taken, Unwritable

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL forgets acknowledged entries when the power goes.
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
)
# SQLite waits in C, where nobody else gets a turn: we wait ourselves, in small steps.
PATIENCE = "busy_timeout=10"
STEP_S = 0.02
# A stuck peer is given up before people think that we are stuck.
POSTGRESQL_OPTIONS = (
    "-c lock_timeout=3000 -c statement_timeout=5000 "
    "-c idle_in_transaction_session_timeout=5000 -c synchronous_commit=on"
)
LOCK_S = 5.0
# Rows a statement: far below SQLite's 32,766 parameters at 17 columns.
ROWS = 200
# A connection that was used within this is there, or breaks at its first use.
IDLE_S = 1.0
LEFT = "detente_left"
AWAY = (OperationalError, InterfaceError, PoolTimeout)


class Write:
    """One open write transaction; on SQLite it holds the process's write lock."""

    def __init__(self, connection: Connection, lock: "threading.Lock | None") -> None:
        self.connection = connection
        self._lock = lock

    def commit(self) -> None:
        """Make it durable, and let the next writer in."""
        try:
            with refusals():
                self.connection.commit()
        finally:
            self._close()

    def rollback(self) -> None:
        """Leave everything as it was, and let the next writer in."""
        try:
            # A connection that is gone has rolled back by itself.
            with suppress(SQLAlchemyError):
                self.connection.rollback()
        finally:
            self._close()

    def _close(self) -> None:
        try:
            self.connection.close()
        finally:
            if self._lock is not None:
                self._lock.release()


class Database:
    """One database; reads are snapshots, writes come one at a time on SQLite."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.on_sqlite = engine.dialect.name == "sqlite"
        self._writing = engine.execution_options(sqlite_begin="IMMEDIATE")
        # PostgreSQL's transactions at this level are no snapshots: reading needs none,
        # and BEGIN and ROLLBACK would be two more waits.
        alone = {} if self.on_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._reading = engine.execution_options(**alone)
        # Between BEGIN IMMEDIATE and COMMIT nothing may yield to another writer of
        # this process: on green threads both would wait for each other.
        self._lock = threading.Lock() if self.on_sqlite else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection for reading."""
        with refusals(), self._reading.connect() as connection:
            yield connection

    def begin(self) -> Write:
        """Open a write transaction."""
        if self._lock is not None and not self._lock.acquire(timeout=LOCK_S):
            raise Unwritable("the write lock was not had in time")
        try:
            with refusals():
                connection = self._writing.connect()
                connection.begin()
        except BaseException:
            if self._lock is not None:
                self._lock.release()
            raise
        return Write(connection, self._lock)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection whose work is committed at the end, or undone."""
        write = self.begin()
        try:
            with refusals():
                yield write.connection
        except BaseException:
            write.rollback()
            raise
        write.commit()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


@contextmanager
def refusals() -> Iterator[None]:
    """Say in the ports' words what the database could not do."""
    try:
        yield
    except IntegrityError as error:
        raise Taken(str(error.orig)) from error
    except AWAY as error:
        raise Unwritable(str(error)) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unwritable(str(error.orig)) from error
        raise


def open_database(url: str) -> Database:
    """Return the database at a URL; it is not asked for anything yet."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        return Database(_sqlite(url))
    if parts.drivername == "postgresql":
        parts = parts.set(drivername="postgresql+psycopg")
    engine = create_engine(
        parts,
        isolation_level="READ COMMITTED",
        pool_size=10,
        max_overflow=20,
        pool_timeout=LOCK_S,
        connect_args={"options": POSTGRESQL_OPTIONS, "connect_timeout": 5},
    )
    event.listen(engine, "checkin", _left)
    event.listen(engine, "checkout", partial(_tried, engine.dialect))
    return Database(engine)


def _left(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[LEFT] = time.monotonic()


def _tried(
    dialect: Dialect,
    connection: DBAPIConnection,
    record: ConnectionPoolEntry,
    _proxy: object,
) -> None:
    """Try a connection that nobody used for a while: the other end may be gone."""
    now = time.monotonic()
    if now - record.info.get(LEFT, now) < IDLE_S:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as gone:
        raise InvalidatePoolError from gone


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, record: object) -> None:  # noqa: ANN401 - the driver's own
    """Take transactions into our own hands, and set what each connection needs."""
    del record
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
    connection.execute(f"PRAGMA {PATIENCE}").close()


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    limit = time.monotonic() + LOCK_S
    while True:
        try:
            connection.exec_driver_sql(f"BEGIN {mode}")
        except OperationalError as error:
            if not _is_busy(error) or time.monotonic() > limit:
                raise
            time.sleep(STEP_S)
        else:
            return


def _is_busy(error: OperationalError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_BUSY


# --- Many rows, one statement -------------------------------------------------


def insert_rows(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, object]],
    *,
    replacing: tuple[str, ...] = (),
) -> None:
    """Insert rows with one statement for up to 200: psycopg waits for each one.

    Rows that are there already get new values in the columns `replacing`.
    """
    names = tuple(column.name for column in table.columns)
    place = "?" if connection.dialect.name == "sqlite" else "%s"
    for start in range(0, len(rows), ROWS):
        some = rows[start : start + ROWS]
        values = tuple(row[name] for row in some for name in names)
        text = _insert(table.name, names, len(some), place)
        if replacing:
            text += _instead(table, replacing)
        connection.exec_driver_sql(text, values)


@lru_cache(maxsize=1024)
def _insert(table: str, names: tuple[str, ...], rows: int, place: str) -> str:
    row = f"({', '.join([place] * len(names))})"
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({columns}) VALUES {", ".join([row] * rows)}'  # noqa: S608 - our own table and column names


@lru_cache(maxsize=64)
def _instead(table: Table, columns: tuple[str, ...]) -> str:
    key = ", ".join(f'"{one.name}"' for one in table.primary_key)
    values = ", ".join(f'"{one}" = excluded."{one}"' for one in columns)
    return f" ON CONFLICT ({key}) DO UPDATE SET {values}"
