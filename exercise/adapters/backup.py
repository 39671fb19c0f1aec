"""Backups of a SQLite database while it is written, and bringing one back."""

import sqlite3
from contextlib import closing
from pathlib import Path

from exercise.adapters.database import Database
from exercise.adapters.schema import new_epoch, upgrade

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


def restore(file: Path, database: Database) -> None:
    """Put a backup in the place of everything; clients drop what they hold."""
    problem = broken(file)
    if problem:
        raise NoBackup(f"{file} is no whole backup: {problem}")
    target = _path(database)
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    database.close()
    with closing(sqlite3.connect(file)) as copy, closing(_made(Path(target))) as live:
        copy.backup(live, pages=PAGES)
    upgrade(database)
    with database.write() as connection:
        new_epoch(connection)


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
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" else str(found)


def _path(database: Database) -> str:
    name = database.engine.url.database
    if not database.on_sqlite or not name:
        raise NoBackup("PostgreSQL is backed up with pg_dump and its WAL archive")
    return name


def _made(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file)
