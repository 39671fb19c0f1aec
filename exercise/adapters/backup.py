"""Backups of a SQLite database while it is written, and bringing one back."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TypeAlias

from exercise.adapters.database import Database
from exercise.adapters.schema import is_newer, new_epoch, upgrade

PAGES = 512


class NoBackup(Exception):
    """This cannot be backed up or restored here; says what to do instead."""


def back_up(database: Database, file: Path) -> None:
    """Write a whole copy; a copy of the file alone would miss what is in the WAL."""
    source = _path(database)
    draft = file.with_name(f"{file.name}.part")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as live, closing(_made(draft)) as copy:
        live.backup(copy, pages=PAGES)
    draft.replace(file)


def restore(file: Path, database: Database) -> "Replaced":
    """Put a backup in the place of everything; clients drop what they hold.

    What stood there is set aside, and what the backup does not hold of it is told.
    """
    problem = broken(file)
    if problem:
        raise NoBackup(f"{file} is no whole backup: {problem}")
    target = Path(_path(database))
    target.parent.mkdir(parents=True, exist_ok=True)
    replaced = _set_aside(database, target, file)
    database.close()
    with closing(sqlite3.connect(file)) as copy, closing(_made(target)) as live:
        copy.backup(live, pages=PAGES)
    upgrade(database)
    with database.write() as connection:
        new_epoch(connection)
    return replaced


@dataclass(frozen=True, slots=True)
class Lost:
    """Entries of an exercise that a backup does not hold, from `first` to `last`.

    `head` is the hash of the last: who wrote it down can still prove it was there.
    """

    exercise: str
    first: int
    last: int
    head: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a restore replaced: where it is now, and what the backup lacks of it."""

    aside: Path | None = None
    lost: tuple[Lost, ...] = ()


def _set_aside(database: Database, target: Path, file: Path) -> Replaced:
    if not target.is_file():
        return Replaced()
    aside = _unused(target)
    try:
        back_up(database, aside)
        lost = tuple(_lost(_heads(target), _heads(file)))
    except sqlite3.DatabaseError:
        # Damaged: what can still be read of it, a copy of the file holds.
        aside.write_bytes(target.read_bytes())
        lost = ()
    return Replaced(aside, lost)


def _unused(target: Path) -> Path:
    numbers = (f"{target.name}.replaced-{n}" for n in count(1))
    return next(one for one in map(target.with_name, numbers) if not one.exists())


Heads: TypeAlias = Mapping[str, tuple[int, bytes]]


def _lost(had: Heads, has: Heads) -> Iterator[Lost]:
    for exercise, (head, hash_) in had.items():
        kept = has.get(exercise, (0, b""))[0]
        if kept < head:
            yield Lost(exercise, kept + 1, head, hash_.hex())


def _heads(file: Path) -> Heads:
    uri = f"{file.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as db:
        rows = db.execute("SELECT id, head_seq, head_hash FROM exercise ORDER BY id")
        return {exercise: (head, hash_) for exercise, head, hash_ in rows}


def broken(file: Path) -> str:
    """Return what SQLite finds wrong with a backup, or nothing."""
    if not file.is_file():
        return "there is no such file"
    try:
        with closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        ) as db:
            found = db.execute("PRAGMA integrity_check").fetchone()[0]
            db.execute("SELECT epoch FROM epoch").fetchone()
            made_by = db.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    if found == "ok" and is_newer(str(made_by[0])):
        return "a later version of this program made it"
    return "" if found == "ok" else str(found)


def _path(database: Database) -> str:
    name = database.engine.url.database
    if not database.on_sqlite or not name:
        raise NoBackup("PostgreSQL is backed up with pg_dump and its WAL archive")
    return name


def _made(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file)
