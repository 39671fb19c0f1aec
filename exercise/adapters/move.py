"""Takes one exercise from a database to another, with its proofs intact."""

from typing import Any

from sqlalchemy import Connection, Row, Table, func, select, update

from exercise.adapters.database import Database, insert_rows
from exercise.adapters.purge import purge_rows
from exercise.adapters.tables import (
    EXERCISE,
    LEASE,
    OF_AN_EXERCISE,
    PAPER_PART,
    SIGNING_KEY,
)

# Parents before children; who holds the clock's lease is no part of an exercise.
IN_ORDER = (EXERCISE, *(one for one in reversed(OF_AN_EXERCISE) if one is not LEASE))
ROWS = 500
# Of these a few fill the memory that hundreds of others take.
HEAVY = {PAPER_PART: 16}


class NotMoved(Exception):
    """This exercise cannot go there; says what to do instead."""


def move(source: Database, target: Database, exercise: str) -> int:
    """Move an exercise, and return how many entries it has.

    It is copied, committed there, and only then deleted here: whatever stops in
    between leaves it in one place at least, and doing it again finishes it.

    Raises:
        KeyError: there is no such exercise in the source.
        NotMoved: it is running, or the target signs with another key.
    """
    with source.write() as here:
        row = _locked(here, exercise)
        with target.write() as there:
            for one in (here, there):
                _patient(one)
            if not _is_there(there, exercise, row.head_hash):
                _give_key(here, there)
                for table in IN_ORDER:
                    _copy(here, there, table, exercise)
        purge_rows(here, exercise)
    return int(row.head_seq)


def _locked(here: Connection, exercise: str) -> Row[Any]:
    """Return the exercise's row, which nobody else may write until the end."""
    query = select(EXERCISE).where(EXERCISE.c.id == exercise).with_for_update()
    row = here.execute(query).one_or_none()
    if row is None:
        raise KeyError(exercise)
    if row.status == "running":
        raise NotMoved("it is running: pause or end it, and stop its server")
    return row


def _is_there(there: Connection, exercise: str, head_hash: bytes) -> bool:
    """Tell whether an earlier move got as far as this.

    Raises:
        NotMoved: the target knows it with another head.
    """
    query = select(EXERCISE.c.head_hash).where(EXERCISE.c.id == exercise)
    found = there.execute(query).scalar_one_or_none()
    if found is not None and bytes(found) != bytes(head_hash):
        raise NotMoved("the target holds it already, with another history")
    return found is not None


def _give_key(here: Connection, there: Connection) -> None:
    """Let the target sign with the source's key, which the record names.

    Raises:
        NotMoved: its own key has signed other exercises.
    """
    key = select(SIGNING_KEY.c.private).where(SIGNING_KEY.c.id == 1)
    ours = bytes(here.execute(key).scalar_one())
    if bytes(there.execute(key).scalar_one()) == ours:
        return
    if there.execute(select(func.count()).select_from(EXERCISE)).scalar_one():
        raise NotMoved("the target has exercises of another key: use an empty one")
    there.execute(update(SIGNING_KEY).values(private=ours))


def _copy(here: Connection, there: Connection, table: Table, exercise: str) -> None:
    of_it = table.c.id if table is EXERCISE else table.c.exercise
    query = select(table).where(of_it == exercise)
    some = HEAVY.get(table, ROWS)
    streamed = here.execute(query, execution_options={"yield_per": some})
    for rows in streamed.mappings().partitions(some):
        insert_rows(there, table, [dict(row) for row in rows])


def _patient(connection: Connection) -> None:
    """Let PostgreSQL wait: a move takes longer than an answer may."""
    if connection.dialect.name != "sqlite":
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            connection.exec_driver_sql(f"SET LOCAL {limit} = 0")
