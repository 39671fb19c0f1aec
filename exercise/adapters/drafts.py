"""Drafts with their earlier versions, on SQL."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Table, delete, select

from exercise.adapters.database import Database, insert_rows
from exercise.adapters.tables import DRAFT, DRAFT_VERSION
from exercise.service.drafts import Draft, DraftVersion, Edit, Place


class SqlDrafts:
    """What delegations write before sending."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_draft(self, where: Place, edit: Edit) -> Draft:
        """Keep what an edit makes of a draft, and return the draft as it stands."""
        with self._database.write() as connection:
            stands = _standing(connection, where, edit.key)
            newest = _versions(connection, where, edit.key, 1)
            draft, version = edit.on(stands, newest[0] if newest else None)
            if version is not None:
                _keep(connection, where, draft, version)
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

    def draft_versions(self, where: Place, key: str) -> Sequence[DraftVersion]:
        """Return a draft's versions that are kept, the newest first."""
        with self._database.read() as connection:
            return _versions(connection, where, key)

    def drop_draft(self, where: Place, key: str) -> None:
        """Forget a draft and its versions."""
        with self._database.write() as connection:
            for table in (DRAFT, DRAFT_VERSION):
                connection.execute(delete(table).where(_of(table, where, key)))


def _of(table: Table, where: Place, key: str) -> ColumnElement[bool]:
    return (
        (table.c.exercise == where.exercise)
        & (table.c.delegation == where.delegation)
        & (table.c.key == key)
    )


def _standing(connection: Connection, where: Place, key: str) -> Draft | None:
    query = select(DRAFT).where(_of(DRAFT, where, key)).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Draft(key, row.body, row.member, row.locked_until_ms)


def _versions(
    connection: Connection, where: Place, key: str, most: int | None = None
) -> list[DraftVersion]:
    said = DRAFT_VERSION.c
    query = (
        select(said.number, said.body, said.member, said.began_ms, said.wall_ms)
        .where(_of(DRAFT_VERSION, where, key))
        .order_by(said.number.desc())
        .limit(most)
    )
    return [DraftVersion(*row) for row in connection.execute(query)]


def _keep(
    connection: Connection, where: Place, draft: Draft, version: DraftVersion
) -> None:
    """Write the draft and its newest version, and let the outdated go."""
    place: dict[str, object] = {
        "exercise": where.exercise,
        "delegation": where.delegation,
        "key": draft.key,
        "body": draft.body,
        "member": draft.member,
    }
    row = place | {"locked_until_ms": draft.locked_until_ms}
    insert_rows(
        connection, DRAFT, [row], replacing=("body", "member", "locked_until_ms")
    )
    row = place | {
        "number": version.number,
        "member": version.member,
        "began_ms": version.began_ms,
        "wall_ms": version.wall_ms,
    }
    insert_rows(connection, DRAFT_VERSION, [row], replacing=("body", "wall_ms"))
    old = DRAFT_VERSION.c.number < version.oldest
    gone = delete(DRAFT_VERSION).where(_of(DRAFT_VERSION, where, draft.key), old)
    connection.execute(gone)
