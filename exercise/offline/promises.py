"""The promises, checked on a database that no server has to serve."""

from collections.abc import Iterator
from pathlib import Path

from exercise.adapters.database import Database
from exercise.adapters.promises import Finding, stored_on, verify_exercise
from exercise.adapters.schema import is_current
from exercise.adapters.timeline import SqlTimeline
from exercise.offline.store import open_bare
from exercise.service.ports import Unwritable
from exercise.settings import Settings


class NotRead(Exception):
    """The database cannot be checked; says why and what helps."""


def held(file: Path | None) -> Iterator[tuple[str, list[Finding]]]:
    """Yield each exercise in words, with what it does not keep.

    Raises:
        NotRead: the database cannot be read, or is of another version.
    """
    url = None if file is None else f"sqlite:///{file.absolute()}"
    with open_bare(Settings.read(database_url=url)) as database:
        try:
            if not is_current(database):
                raise NotRead("it is of another version; run `detente db upgrade`.")
            yield from _each(database)
        except Unwritable as no:
            told = str(no).partition("\n")[0]
            raise NotRead(f"it cannot be read: {told}; run `detente doctor`.") from no


def _each(database: Database) -> Iterator[tuple[str, list[Finding]]]:
    for one in SqlTimeline(database).exercises():
        stored = stored_on(database, one.exercise)
        words = f"{one.exercise}: {len(stored.entries)} entries, {one.status}"
        yield words, verify_exercise(stored)
