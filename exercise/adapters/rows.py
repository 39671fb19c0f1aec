"""Rows of the record's tables, to and from what the ports exchange."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, select, text, update

from exercise.adapters.tables import BODY, DELIVERY, ENTRY, EPOCH, EXERCISE
from exercise.domain.moment import Author
from exercise.service.ports import Sealed, StoredEntry

STORED = (
    ENTRY.c.seq,
    ENTRY.c.id,
    ENTRY.c.kind,
    ENTRY.c.version,
    ENTRY.c.actor,
    ENTRY.c.author_member,
    ENTRY.c.author_delegation,
    ENTRY.c.author_seat,
    ENTRY.c.audience,
    ENTRY.c.at_ms,
    ENTRY.c.wall_ms,
    BODY.c.body,
)
SEALED = (
    *STORED,
    BODY.c.salt,
    ENTRY.c.body_hash,
    ENTRY.c.envelope_salt,
    ENTRY.c.leaf,
    ENTRY.c.prev,
    ENTRY.c.hash,
)
WITH_BODY = ENTRY.outerjoin(
    BODY, (BODY.c.exercise == ENTRY.c.exercise) & (BODY.c.seq == ENTRY.c.seq)
)
DELIVERED = DELIVERY.join(
    ENTRY, (ENTRY.c.exercise == DELIVERY.c.exercise) & (ENTRY.c.seq == DELIVERY.c.seq)
).outerjoin(BODY, (BODY.c.exercise == ENTRY.c.exercise) & (BODY.c.seq == ENTRY.c.seq))

# --- Asked for at every answer: made once, which halves what one costs ---------

OF: BindParameter[str] = bindparam("of")
AFTER: BindParameter[int] = bindparam("after")
UNTIL: BindParameter[int] = bindparam("until")
HEAD = (
    select(EXERCISE.c.head_seq, EXERCISE.c.head_hash, EPOCH.c.epoch)
    .select_from(EXERCISE.join(EPOCH, EPOCH.c.id == 1))
    .where(EXERCISE.c.id == OF)
)
LOCKED_HEAD = HEAD.with_for_update(of=EXERCISE)
MOVED_HEAD = update(EXERCISE).where(EXERCISE.c.id == OF)
TOUCHED_HEAD = MOVED_HEAD.values(head_seq=EXERCISE.c.head_seq)
# On PostgreSQL, in the same transaction: whoever listens hears it when it is durable.
CHANNEL = "detente"
NOTIFY = text(f"SELECT pg_notify('{CHANNEL}', :of)")
TAIL = (
    select(*STORED)
    .select_from(WITH_BODY)
    .where(ENTRY.c.exercise == OF, ENTRY.c.seq > AFTER)
    .order_by(ENTRY.c.seq)
    .limit(bindparam("most"))
)
POSITIONS = select(DELIVERY.c.seq, DELIVERY.c.audience, DELIVERY.c.position).where(
    DELIVERY.c.exercise == OF, DELIVERY.c.seq > AFTER, DELIVERY.c.seq <= UNTIL
)
# Pairs come as one JSON text: a tuple IN would scan the table, and two lists would look
# for every id under every member. CROSS keeps SQLite from beginning with the table.
ASKED = {
    "sqlite": "json_each(:asked) AS asked CROSS JOIN command AS c"
    " ON c.member = json_extract(asked.value, '$[0]')"
    " AND c.id = json_extract(asked.value, '$[1]')",
    "postgresql": "json_array_elements(CAST(:asked AS json)) AS asked"
    " JOIN command AS c ON c.member = asked.value ->> 0 AND c.id = asked.value ->> 1",
}
KNOWN_COMMANDS = {
    dialect: text(
        f"SELECT c.member, c.id, c.digest, c.ack FROM {asked} AND c.exercise = :of"  # noqa: S608 - our own words
    )
    for dialect, asked in ASKED.items()
}


def sealed_after(exercise: str, seq: int) -> Select[*tuple[Any, ...]]:
    """Return the query for whole entries after `seq`, in order."""
    return (
        select(*SEALED)
        .select_from(WITH_BODY)
        .where(ENTRY.c.exercise == exercise, ENTRY.c.seq > seq)
        .order_by(ENTRY.c.seq)
    )


def stored_of(row: Row[*tuple[Any, ...]], position: int = 0) -> StoredEntry:
    """Return the entry in a row."""
    return StoredEntry(
        seq=row.seq,
        id=row.id,
        at_ms=row.at_ms,
        wall_ms=row.wall_ms,
        kind=row.kind,
        version=row.version,
        actor=row.actor,
        author=Author(row.author_member, row.author_delegation, row.author_seat),
        audience=tuple(json.loads(row.audience)),
        body=row.body,
        position=position,
    )


def sealed_of(row: Row[*tuple[Any, ...]]) -> Sealed:
    """Return the whole entry in a row."""
    return Sealed(
        entry=stored_of(row),
        body_hash=row.body_hash,
        salt=row.salt,
        envelope_salt=row.envelope_salt,
        leaf=row.leaf,
        prev=row.prev,
        hash=row.hash,
    )


def entry_row(exercise: str, sealed: Sealed) -> Mapping[str, object]:
    """Return an entry as it stands in its table."""
    entry = sealed.entry
    return {
        "exercise": exercise,
        "seq": entry.seq,
        "id": entry.id,
        "kind": entry.kind,
        "version": entry.version,
        "actor": entry.actor,
        "author_member": entry.author.member,
        "author_delegation": entry.author.delegation,
        "author_seat": entry.author.seat,
        "audience": json.dumps(entry.audience, separators=(",", ":")),
        "at_ms": entry.at_ms,
        "wall_ms": entry.wall_ms,
        "body_hash": sealed.body_hash,
        "envelope_salt": sealed.envelope_salt,
        "leaf": sealed.leaf,
        "prev": sealed.prev,
        "hash": sealed.hash,
    }
