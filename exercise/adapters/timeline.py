"""The timeline on SQL: readers' queries and the writer's one transaction."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from sqlalchemy import insert, select

from exercise.adapters.codec import NAMED, naming
from exercise.adapters.database import Database
from exercise.adapters.rows import (
    DELIVERED,
    HEAD,
    POSITIONS,
    STORED,
    TAIL,
    WITH_BODY,
    sealed_after,
    sealed_of,
    stored_of,
)
from exercise.adapters.tables import AUDIENCE, DELIVERY, ENTRY, EPOCH, EXERCISE
from exercise.adapters.transaction import SqlTransaction
from exercise.service import failpoints
from exercise.service.ports import (
    PAGE,
    Head,
    Naming,
    Opening,
    Sealed,
    StoredEntry,
    Tailed,
)


class SqlTimeline:
    """Every exercise's record in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def epoch(self) -> str:
        """Return the string that changes only when a backup is restored."""
        with self._database.read() as connection:
            return str(connection.execute(select(EPOCH.c.epoch)).scalar_one())

    def create(self, opening: Opening) -> None:
        """Make an exercise's empty timeline."""
        row = {
            "id": opening.exercise,
            "title": opening.title,
            "scenario": opening.scenario,
            "scenario_sha256": opening.scenario_sha256,
            "opened_wall_ms": opening.opened_wall_ms,
            "first_line": opening.first_line,
            "status": opening.status,
            "head_seq": 0,
            "head_hash": sha256(opening.first_line.encode()).digest(),
        }
        with self._database.write() as connection:
            connection.execute(insert(EXERCISE), row)

    def exercises(self) -> tuple[Opening, ...]:
        """Return every exercise, the latest first."""
        latest = EXERCISE.c.opened_wall_ms.desc()
        query = select(EXERCISE).order_by(latest, EXERCISE.c.id)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Opening(
                exercise=row.id,
                title=row.title,
                scenario=row.scenario,
                scenario_sha256=row.scenario_sha256,
                opened_wall_ms=row.opened_wall_ms,
                first_line=row.first_line,
                status=row.status,
                head_seq=row.head_seq,
            )
            for row in rows
        )

    def begin(self, exercise: str) -> SqlTransaction:
        """Open the write transaction, with the exercise's row locked."""
        failpoints.here(failpoints.BEFORE_BEGIN)
        write = self._database.begin()
        try:
            return SqlTransaction(write, exercise)
        except BaseException:
            write.rollback()
            raise

    def head(self, exercise: str) -> Head:
        """Return how far the timeline is."""
        with self._database.read() as connection:
            row = connection.execute(HEAD, {"of": exercise}).one_or_none()
        if row is None:
            raise KeyError(exercise)
        return Head(row.epoch, row.head_seq, row.head_hash)

    def after(self, exercise: str, seq: int, limit: int = 500) -> Sequence[Sealed]:
        """Return entries after `seq`, in order."""
        query = sealed_after(exercise, seq).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [sealed_of(row) for row in rows]

    def page(
        self,
        exercise: str,
        audience: str,
        *,
        after: int | None = None,
        before: int | None = None,
        limit: int = PAGE,
    ) -> Sequence[StoredEntry]:
        """Return entries of one audience in order: past `after`, or last before."""
        at = DELIVERY.c.position
        query = (
            select(*STORED, at)
            .select_from(DELIVERED)
            .where(DELIVERY.c.exercise == exercise, DELIVERY.c.audience == audience)
            .limit(limit)
        )
        if before is not None:
            query = query.where(at < before).order_by(at.desc())
        else:
            query = query.where(at > (after or 0)).order_by(at)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        entries = [stored_of(row, row.position) for row in rows]
        return entries if before is None else entries[::-1]

    def tail(
        self, exercise: str, after_seq: int, limit: int = PAGE
    ) -> Sequence[Tailed]:
        """Return committed entries after `after_seq` with all their positions."""
        asked = {"of": exercise, "after": after_seq}
        with self._database.read() as connection:
            rows = connection.execute(TAIL, asked | {"most": limit}).all()
            if not rows:
                return []
            to = connection.execute(POSITIONS, asked | {"until": rows[-1].seq})
            positions: dict[int, dict[str, int]] = {}
            for seq, audience, position in to:
                positions.setdefault(seq, {})[audience] = position
        return [Tailed(stored_of(row), positions.get(row.seq, {})) for row in rows]

    def heads(self, exercise: str) -> Mapping[str, int]:
        """Return each audience's last position."""
        query = select(AUDIENCE.c.audience, AUDIENCE.c.head)
        with self._database.read() as connection:
            rows = connection.execute(query.where(AUDIENCE.c.exercise == exercise))
            return {row.audience: row.head for row in rows}

    def entry(self, exercise: str, entry_id: str) -> StoredEntry | None:
        """Return the entry with this id."""
        query = select(*STORED).select_from(WITH_BODY)
        query = query.where(ENTRY.c.exercise == exercise, ENTRY.c.id == entry_id)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else stored_of(row)

    def namings(self, exercise: str) -> tuple[Naming, ...]:
        """Return who was named what from which entry on."""
        query = select(*STORED).select_from(WITH_BODY).order_by(ENTRY.c.seq)
        query = query.where(ENTRY.c.exercise == exercise, ENTRY.c.kind == NAMED)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(naming(stored_of(row)) for row in rows)
