"""One exercise's rows at one moment, read from a database or from memory."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, select

from exercise.adapters.database import Database
from exercise.adapters.memory import MemoryTimeline
from exercise.adapters.promises.history import Step, history
from exercise.adapters.rows import HEAD, sealed_after, sealed_of
from exercise.adapters.schema import signing_key
from exercise.adapters.tables import (
    AUDIENCE,
    COMMAND,
    DELIVERY,
    EXERCISE,
    RELEASE,
)
from exercise.service.ports import Answered, Head, Sealed, Signer
from exercise.service.requests import Ack


@dataclass(frozen=True)
class Stored:
    """Everything that is kept of an exercise's play.

    `deliveries` maps each audience to (position, entry number) in position order,
    `faults` says what the store itself finds wrong with its pages.
    """

    exercise: str
    first_line: str
    head: Head
    entries: tuple[Sealed, ...]
    deliveries: Mapping[str, tuple[tuple[int, int], ...]]
    heads: Mapping[str, int]
    answers: tuple[Answered, ...]
    released: Mapping[str, int]
    signer: Signer
    faults: tuple[str, ...] = ()

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Return what each entry met and meant, in order."""
        return tuple(history(self.head.epoch, self.entries))

    @cached_property
    def by_id(self) -> Mapping[str, Sealed]:
        """Return the entries by id."""
        return {one.entry.id: one for one in self.entries}

    @cached_property
    def streams(self) -> Mapping[str, tuple[str, ...]]:
        """Return the ids of each audience's entries in position order."""
        ids = {one.entry.seq: one.entry.id for one in self.entries}
        return {
            audience: tuple(ids.get(seq, "") for _, seq in rows)
            for audience, rows in self.deliveries.items()
        }


def stored_on(database: Database, exercise: str) -> Stored:
    """Return what a database holds of an exercise, all at one moment.

    Raises:
        KeyError: there is no such exercise.
    """
    signer = signing_key(database)
    with database.read() as connection:
        if not database.on_sqlite:
            # Each statement would see a later moment than the one before it.
            connection.execution_options(isolation_level="REPEATABLE READ")
        return _read(connection, exercise, signer)


def _read(connection: Connection, exercise: str, signer: Signer) -> Stored:
    head = connection.execute(HEAD, {"of": exercise}).one_or_none()
    if head is None:
        raise KeyError(exercise)
    of = EXERCISE.c.id == exercise
    first = connection.execute(select(EXERCISE.c.first_line).where(of)).scalar_one()
    rows = connection.execute(sealed_after(exercise, 0)).all()
    return Stored(
        exercise=exercise,
        first_line=first,
        head=Head(head.epoch, head.head_seq, head.head_hash),
        entries=tuple(sealed_of(row) for row in rows),
        deliveries=_deliveries(connection, exercise),
        heads=_pairs(connection, exercise, "audience"),
        answers=_answers(connection, exercise),
        released=_pairs(connection, exercise, "release"),
        signer=signer,
        faults=_faults(connection),
    )


def _deliveries(
    connection: Connection, exercise: str
) -> dict[str, tuple[tuple[int, int], ...]]:
    at = DELIVERY.c
    query = select(at.audience, at.position, at.seq).where(at.exercise == exercise)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    rows = connection.execute(query.order_by(at.audience, at.position))
    for audience, position, seq in rows:
        found[audience].append((position, seq))
    return {audience: tuple(some) for audience, some in found.items()}


def _answers(connection: Connection, exercise: str) -> tuple[Answered, ...]:
    of = COMMAND.c
    query = select(of.member, of.id, of.digest, of.ack).where(of.exercise == exercise)
    rows = connection.execute(query.order_by(of.member, of.id))
    return tuple(
        Answered(member, one, digest, Ack(**json.loads(ack)))
        for member, one, digest, ack in rows
    )


def _pairs(connection: Connection, exercise: str, table: str) -> dict[str, int]:
    if table == "audience":
        of = select(AUDIENCE.c.audience, AUDIENCE.c.head)
        query = of.where(AUDIENCE.c.exercise == exercise)
    else:
        of = select(RELEASE.c.inject, RELEASE.c.seq)
        query = of.where(RELEASE.c.exercise == exercise)
    return {row[0]: row[1] for row in connection.execute(query)}


def _faults(connection: Connection) -> tuple[str, ...]:
    if connection.dialect.name != "sqlite":
        return ()
    told = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    lost = (f"a row of {row[0]} belongs to nothing" for row in orphans)
    return (*(one for one in told if one != "ok"), *lost)


def stored_in(timeline: MemoryTimeline, exercise: str, signer: Signer) -> Stored:
    """Return what a timeline in memory holds of an exercise.

    Raises:
        KeyError: there is no such exercise.
    """
    kept = timeline.kept(exercise)
    return Stored(
        exercise=exercise,
        first_line=kept.opening.first_line,
        head=timeline.head(exercise),
        entries=tuple(kept.entries),
        deliveries={
            audience: tuple((n, at + 1) for n, at in enumerate(stream, 1))
            for audience, stream in kept.streams.items()
        },
        heads=timeline.heads(exercise),
        answers=tuple(kept.answered.values()),
        released=dict(kept.releases),
        signer=signer,
    )
