"""Removes a whole exercise: the one way in which entries ever go."""

from sqlalchemy import Connection, delete, insert

from exercise.adapters.database import Database
from exercise.adapters.tables import EXERCISE, OF_AN_EXERCISE, PURGE


def purge_exercise(database: Database, exercise: str) -> None:
    """Delete an exercise with everything that belongs to it.

    The table `purge` names it for the length of the transaction; the append-only
    triggers look there.

    Raises:
        KeyError: there is no such exercise.
    """
    with database.write() as connection:
        purge_rows(connection, exercise)


def purge_rows(connection: Connection, exercise: str) -> None:
    """Delete an exercise's rows in a transaction that is open.

    Raises:
        KeyError: there is no such exercise.
    """
    connection.execute(insert(PURGE), {"exercise": exercise})
    for table in OF_AN_EXERCISE:
        connection.execute(delete(table).where(table.c.exercise == exercise))
    gone = connection.execute(delete(EXERCISE).where(EXERCISE.c.id == exercise))
    if gone.rowcount != 1:
        raise KeyError(exercise)
    connection.execute(delete(PURGE).where(PURGE.c.exercise == exercise))
