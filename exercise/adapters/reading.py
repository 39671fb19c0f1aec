"""Drafts, and how far each delegation has read, on SQL."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, func, select

from exercise.adapters.database import Database, insert_rows
from exercise.adapters.tables import DELIVERY, DRAFT, ENTRY, SEEN
from exercise.service.conduct.sealing import DESKS
from exercise.service.directory import LOCK_MS, Draft, Place


class SqlReading:
    """What delegations write before sending, and what they have read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_draft(
        self, where: Place, key: str, body: str, member: str, wall_ms: int
    ) -> Draft:
        """Keep a draft and the lock on it; return what stands if another holds it."""
        mine = (
            (DRAFT.c.exercise == where.exercise)
            & (DRAFT.c.delegation == where.delegation)
            & (DRAFT.c.key == key)
        )
        draft = Draft(key, body, member, wall_ms + LOCK_MS)
        row = {
            "exercise": where.exercise,
            "delegation": where.delegation,
            "key": key,
            "body": body,
            "member": member,
            "locked_until_ms": draft.locked_until_ms,
        }
        with self._database.write() as connection:
            stands = connection.execute(
                select(DRAFT).where(mine).with_for_update()
            ).one_or_none()
            if stands and stands.member != member and stands.locked_until_ms > wall_ms:
                return Draft(key, stands.body, stands.member, stands.locked_until_ms)
            new = ("body", "member", "locked_until_ms")
            insert_rows(connection, DRAFT, [row], replacing=new)
        return draft

    def drafts(self, where: Place) -> Sequence[Draft]:
        """Return a delegation's drafts."""
        query = (
            select(DRAFT.c.key, DRAFT.c.body, DRAFT.c.member, DRAFT.c.locked_until_ms)
            .where(
                DRAFT.c.exercise == where.exercise,
                DRAFT.c.delegation == where.delegation,
            )
            .order_by(DRAFT.c.key)
        )
        with self._database.read() as connection:
            return [Draft(*row) for row in connection.execute(query)]

    def drop_draft(self, where: Place, key: str) -> None:
        """Forget a draft."""
        gone = delete(DRAFT).where(
            DRAFT.c.exercise == where.exercise,
            DRAFT.c.delegation == where.delegation,
            DRAFT.c.key == key,
        )
        with self._database.write() as connection:
            connection.execute(gone)

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
