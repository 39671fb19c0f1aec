"""Leases and clock marks on SQL."""

from sqlalchemy import select

from exercise.adapters.database import Database, insert_rows
from exercise.adapters.tables import CLOCK_MARK, LEASE
from exercise.service.ports import Lease, Mark

# In a holder's place where the last one left the lease to the others.
NOBODY = ""


class SqlWatch:
    """Who lets time pass in each exercise of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, exercise: str, holder: str, wall_ms: int, lease_ms: int) -> Lease:
        """Take or renew the lease if it is free; return the one in force.

        Another's lease is only read: no write, and no lock, a round.
        """
        held = self._held(exercise)
        if held and held.holder not in {holder, NOBODY} and held.until_ms > wall_ms:
            return held
        row = {"exercise": exercise, "holder": holder, "until_ms": wall_ms + lease_ms}
        mine = LEASE.c.exercise == exercise
        with self._database.write() as connection:
            query = select(LEASE).where(mine).with_for_update()
            now = connection.execute(query).one_or_none()
            if now is None:
                insert_rows(connection, LEASE, [row])
            elif now.holder in {holder, NOBODY} or now.until_ms <= wall_ms:
                connection.execute(LEASE.update().where(mine), row)
            else:
                return Lease(now.holder, now.until_ms)
        handed = now is not None and now.holder == NOBODY and now.until_ms > wall_ms
        return Lease(holder, wall_ms + lease_ms, handed)

    def hand_over(self, exercise: str, holder: str, until_ms: int) -> None:
        """Leave the holder's lease to whoever takes it first, until then as handed."""
        mine = (LEASE.c.exercise == exercise) & (LEASE.c.holder == holder)
        row = {"holder": NOBODY, "until_ms": until_ms}
        with self._database.write() as connection:
            connection.execute(LEASE.update().where(mine), row)

    def mark(self, exercise: str, at_ms: int, wall_ms: int) -> None:
        """Keep the time that exercise time has reached."""
        row = {"exercise": exercise, "at_ms": at_ms, "wall_ms": wall_ms}
        with self._database.write() as connection:
            insert_rows(connection, CLOCK_MARK, [row], replacing=("at_ms", "wall_ms"))

    def last_mark(self, exercise: str) -> Mark | None:
        """Return the last time kept."""
        query = select(CLOCK_MARK).where(CLOCK_MARK.c.exercise == exercise)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Mark(row.at_ms, row.wall_ms)

    def _held(self, exercise: str) -> Lease | None:
        query = select(LEASE).where(LEASE.c.exercise == exercise)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Lease(row.holder, row.until_ms)
