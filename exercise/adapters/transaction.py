"""The writer's one transaction on SQL."""

import json
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet

import orjson
from sqlalchemy import Connection, Delete, delete, select

from exercise.adapters.database import Write, insert_rows, refusals
from exercise.adapters.rows import (
    KNOWN_COMMANDS,
    LOCKED_HEAD,
    MOVED_HEAD,
    NOTIFY,
    TOUCHED_HEAD,
    entry_row,
    sealed_after,
    sealed_of,
)
from exercise.adapters.tables import (
    AUDIENCE,
    BODY,
    COMMAND,
    DELIVERY,
    ENTRY,
    RELEASE,
    SURVEYED,
)
from exercise.service import failpoints
from exercise.service.ports import Answered, Group, Head, Sealed
from exercise.service.requests import Ack


class SqlTransaction:
    """One open write on an exercise's timeline, its row locked to the end."""

    def __init__(self, write: Write, exercise: str) -> None:
        self._write = write
        self._exercise = exercise
        with refusals():
            found = self._connection.execute(LOCKED_HEAD, {"of": exercise})
            row = found.one_or_none()
        if row is None:
            raise KeyError(exercise)
        self.head = Head(row.epoch, row.head_seq, row.head_hash)

    @property
    def _connection(self) -> Connection:
        return self._write.connection

    def after(self, seq: int) -> Sequence[Sealed]:
        """Return every entry after `seq`."""
        with refusals():
            rows = self._connection.execute(sealed_after(self._exercise, seq)).all()
        return [sealed_of(row) for row in rows]

    def answers(
        self, asked: Collection[tuple[str, str]]
    ) -> Mapping[tuple[str, str], Answered]:
        """Return the stored results among these members' ids."""
        query = KNOWN_COMMANDS[self._connection.dialect.name]
        pairs = json.dumps(list(asked))
        with refusals():
            told = {"of": self._exercise, "asked": pairs}
            rows = self._connection.execute(query, told).all()
        return {
            (member, one): Answered(member, one, digest, Ack(**orjson.loads(ack)))
            for member, one, digest, ack in rows
        }

    def surveyed(self, members: Collection[str]) -> AbstractSet[str]:
        """Return who of `members` has answered an anonymous survey."""
        query = select(SURVEYED.c.member).where(
            SURVEYED.c.exercise == self._exercise, SURVEYED.c.member.in_(members)
        )
        with refusals():
            return set(self._connection.execute(query).scalars())

    def append(self, group: Group) -> None:
        """Add the group's entries, deliveries and results."""
        with refusals():
            if group.entries:
                self._add_entries(group)
                self._move_head(group)
                self._nudge()
            self._add_results(group)
            for entry_id in group.redacted:
                self._connection.execute(_without_body(self._exercise, entry_id))

    def touch(self) -> None:
        """Write something that changes nothing."""
        with refusals():
            self._connection.execute(TOUCHED_HEAD, {"of": self._exercise})

    def commit(self) -> None:
        """Make it durable; an error here leaves open whether it was."""
        failpoints.here(failpoints.BEFORE_COMMIT)
        self._write.commit()

    def rollback(self) -> None:
        """Leave everything as it was."""
        self._write.rollback()

    def _rows(
        self, values: Collection[tuple[object, ...]], *names: str
    ) -> list[Mapping[str, object]]:
        mine = {"exercise": self._exercise}
        return [mine | dict(zip(names, one, strict=True)) for one in values]

    def _add_entries(self, group: Group) -> None:
        entries = [entry_row(self._exercise, sealed) for sealed in group.entries]
        bodies = [(one.entry.seq, one.entry.body, one.salt) for one in group.entries]
        deliveries = [
            (audience, position, sealed.entry.seq)
            for sealed, positions in zip(group.entries, group.positions, strict=True)
            for audience, position in positions.items()
        ]
        insert_rows(self._connection, ENTRY, entries)
        failpoints.here(failpoints.AFTER_ENTRY)
        rows = self._rows(bodies, "seq", "body", "salt")
        insert_rows(self._connection, BODY, rows)
        rows = self._rows(deliveries, "audience", "position", "seq")
        insert_rows(self._connection, DELIVERY, rows)
        failpoints.here(failpoints.AFTER_DELIVERIES)

    def _move_head(self, group: Group) -> None:
        last = group.entries[-1]
        head = {
            "of": self._exercise,
            "head_seq": last.entry.seq,
            "head_hash": last.hash,
            "status": group.status,
        }
        self._connection.execute(MOVED_HEAD, head)
        heads: dict[str, int] = {}
        for positions in group.positions:
            heads |= positions
        rows = self._rows(list(heads.items()), "audience", "head")
        insert_rows(self._connection, AUDIENCE, rows, replacing=("head",))

    def _nudge(self) -> None:
        """Let other workers hear of it with the commit."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(NOTIFY, {"of": self._exercise})

    def _add_results(self, group: Group) -> None:
        results = [
            (one.member, one.id, one.digest, orjson.dumps(one.ack).decode())
            for one in group.answered
        ]
        rows = self._rows(results, "member", "id", "digest", "ack")
        insert_rows(self._connection, COMMAND, rows)
        released = list(group.released.items())
        insert_rows(self._connection, RELEASE, self._rows(released, "inject", "seq"))
        surveyed = [(member,) for member in group.surveyed]
        insert_rows(self._connection, SURVEYED, self._rows(surveyed, "member"))


def _without_body(exercise: str, entry_id: str) -> Delete:
    seq = select(ENTRY.c.seq).where(
        ENTRY.c.exercise == exercise, ENTRY.c.id == entry_id
    )
    return delete(BODY).where(
        BODY.c.exercise == exercise, BODY.c.seq == seq.scalar_subquery()
    )
