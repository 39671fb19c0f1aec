"""How far each delegation has read, on SQL."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select

from exercise.adapters.database import insert_rows
from exercise.adapters.drafts import SqlDrafts
from exercise.adapters.tables import DELIVERY, ENTRY, SEEN
from exercise.service.conduct.sealing import DESKS


class SqlReading(SqlDrafts):
    """What delegations write before sending, and what they have read."""

    def see(
        self, exercise: str, audience: str, member: str, position: int
    ) -> tuple[int, int]:
        """Note how far a member has read; return the audience's mark before, after."""
        row = {
            "exercise": exercise,
            "audience": audience,
            "member": member,
            "position": position,
        }
        mine = (SEEN.c.exercise == exercise) & (SEEN.c.audience == audience)
        own = select(SEEN.c.position).where(mine, SEEN.c.member == member)
        with self._database.write() as connection:
            before = _furthest(connection, exercise).get(audience, 0)
            known = connection.execute(own).scalar() or 0
            if position > known:
                insert_rows(connection, SEEN, [row], replacing=("position",))
        return before, max(before, position)

    def read_to(self, exercise: str) -> Mapping[str, int]:
        """Return how far each audience has read: the furthest of its members."""
        with self._database.read() as connection:
            return _furthest(connection, exercise)

    def read_by(
        self, exercise: str, entries: Sequence[str]
    ) -> Mapping[str, Sequence[str]]:
        """Return the delegations that have read each of these entries."""
        query = (
            select(ENTRY.c.id, DELIVERY.c.audience, DELIVERY.c.position)
            .join(
                DELIVERY,
                (DELIVERY.c.exercise == ENTRY.c.exercise)
                & (DELIVERY.c.seq == ENTRY.c.seq),
            )
            .where(ENTRY.c.exercise == exercise, ENTRY.c.id.in_(entries))
            .order_by(DELIVERY.c.audience)
        )
        found: dict[str, list[str]] = {one: [] for one in entries}
        with self._database.read() as connection:
            marks = _furthest(connection, exercise)
            for entry, audience, position in connection.execute(query):
                if audience not in DESKS and position <= marks.get(audience, 0):
                    found[entry].append(audience)
        return found


def _furthest(connection: Connection, exercise: str) -> dict[str, int]:
    query = (
        select(SEEN.c.audience, func.max(SEEN.c.position).label("furthest"))
        .where(SEEN.c.exercise == exercise)
        .group_by(SEEN.c.audience)
    )
    return {row.audience: row.furthest for row in connection.execute(query)}
