"""Brings a database to the schema of this version, and its two single rows."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, select, update

from exercise.adapters.database import Database
from exercise.adapters.ports_real import RandomIds
from exercise.adapters.signer import Ed25519Signer, new_private
from exercise.adapters.tables import EPOCH, EXERCISE, LEASE, SIGNING_KEY

MIGRATIONS = Path(__file__).parent / "migrations"


class InPlay(Exception):
    """An exercise runs, so the schema must stay; says which by its id."""


class Newer(Exception):
    """A later version of this program made the database; only that can read it."""


def upgrade(database: Database, now_ms: int | None = None) -> None:
    """Bring the database to this version's schema; nothing happens if it is there.

    With `now_ms` (wall, UTC) exercises that a server lets run at that moment stop it.

    Raises:
        InPlay: an exercise runs.
        Newer: this program is older than the database.
    """
    if is_current(database):
        return
    _refuse_newer(database)
    with database.write() as connection:
        if not database.on_sqlite:
            # Two servers may start at once; a migration may take its time.
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(74281)")
        if now_ms is not None:
            _refuse_in_play(connection, now_ms)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _furnish(connection)


def is_current(database: Database) -> bool:
    """Tell whether the database has this version's schema."""
    with database.read() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def signing_key(database: Database) -> Ed25519Signer:
    """Return the signer with the database's own key."""
    with database.read() as connection:
        query = select(SIGNING_KEY.c.private).where(SIGNING_KEY.c.id == 1)
        return Ed25519Signer(connection.execute(query).scalar_one())


def new_epoch(connection: Connection) -> None:
    """Tell every client that what it holds may be from another history."""
    connection.execute(update(EPOCH).values(epoch=RandomIds().new("epoch")))


def _refuse_newer(database: Database) -> None:
    """Raise for a schema that no migration of ours leads to."""
    with database.read() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and is_newer(found):
        raise Newer(f"its schema is {found}")


def is_newer(revision: str) -> bool:
    """Tell whether no migration of ours leads to a schema."""
    scripts = ScriptDirectory.from_config(_config())
    return revision not in {one.revision for one in scripts.walk_revisions()}


def _refuse_in_play(connection: Connection, now_ms: int) -> None:
    """Raise for what runs: a server's lease on a running exercise is in force."""
    if MigrationContext.configure(connection).get_current_revision() is None:
        return
    query = (
        select(EXERCISE.c.id)
        .join_from(EXERCISE, LEASE, LEASE.c.exercise == EXERCISE.c.id)
        .where(EXERCISE.c.status == "running", LEASE.c.until_ms > now_ms)
        .order_by(EXERCISE.c.id)
    )
    playing = connection.execute(query).scalars().all()
    if playing:
        raise InPlay(", ".join(playing))


def _config() -> Config:
    config = Config()
    # The option is interpolated: a % in the path must be doubled.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _furnish(connection: Connection) -> None:
    """Make the signing key and the epoch, once in a database's life."""
    if connection.execute(select(EPOCH.c.id)).first() is None:
        connection.execute(insert(EPOCH), {"id": 1, "epoch": RandomIds().new("epoch")})
    if connection.execute(select(SIGNING_KEY.c.id)).first() is None:
        key = {"id": 1, "private": new_private()}
        connection.execute(insert(SIGNING_KEY), key)
