"""Whether the tables still agree with each other: asked at start and by `doctor`."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from exercise.adapters.database import Database
from exercise.adapters.rows import sealed_after, sealed_of
from exercise.adapters.tables import AUDIENCE, DELIVERY, ENTRY, EXERCISE
from exercise.domain import chain
from exercise.service.conduct.sealing import content, envelope
from exercise.service.ports import Sealed

# The end of the chain is where a crash would show; the whole is `verify`'s matter.
TAIL = 500


def faults(database: Database) -> list[str]:
    """Return everything that does not agree, in words; nothing when all is well."""
    with database.read() as connection:
        found = list(_of_the_file(connection))
        for row in connection.execute(select(EXERCISE)).all():
            exercise, head = row.id, (row.head_seq, row.head_hash)
            found += _of_the_record(connection, exercise, *head)
            found += _of_the_streams(connection, exercise)
    return found


def _of_the_file(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        told = connection.exec_driver_sql("PRAGMA quick_check").scalar_one()
        if told != "ok":
            yield f"the database file is damaged: {told}"


def _of_the_record(
    connection: Connection, exercise: str, head_seq: int, head_hash: bytes
) -> Iterator[str]:
    mine = ENTRY.c.exercise == exercise
    query = select(func.count(), func.max(ENTRY.c.seq)).where(mine)
    count, last = connection.execute(query).one()
    if not count == (last or 0) == head_seq:
        yield f"{exercise}: {count} entries up to {last}, and the head says {head_seq}"
    query = sealed_after(exercise, max(0, head_seq - TAIL))
    prev = b""
    for row in connection.execute(query):
        sealed = sealed_of(row)
        if not _holds(sealed, prev):
            yield f"{exercise}: entry {sealed.entry.seq} was changed"
            return
        prev = sealed.hash
    if prev and prev != head_hash:
        yield f"{exercise}: the head is not the last entry's"


def _holds(sealed: Sealed, prev: bytes) -> bool:
    entry = sealed.entry
    if prev and sealed.prev != prev:
        return False
    if entry.body is not None and sealed.salt is not None:
        told = chain.body_hash(sealed.salt, entry.body.encode())
        if told != sealed.body_hash:
            return False
    cover = chain.envelope_hash(sealed.envelope_salt, envelope(entry))
    leaf = chain.leaf(cover, content(entry, sealed.body_hash))
    return leaf == sealed.leaf and chain.link(sealed.prev, leaf) == sealed.hash


def _of_the_streams(connection: Connection, exercise: str) -> Iterator[str]:
    at = DELIVERY.c.position
    query = (
        select(DELIVERY.c.audience, func.count(at), func.max(at))
        .where(DELIVERY.c.exercise == exercise)
        .group_by(DELIVERY.c.audience)
    )
    streams = {audience: (n, last) for audience, n, last in connection.execute(query)}
    told = select(AUDIENCE.c.audience, AUDIENCE.c.head)
    told = told.where(AUDIENCE.c.exercise == exercise)
    heads = {audience: (head, head) for audience, head in connection.execute(told)}
    for audience in sorted({*streams, *heads}):
        if streams.get(audience) != heads.get(audience):
            yield f"{exercise}: positions of {audience} have a gap"
