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
from exercise.adapters.tables import EPOCH, SIGNING_KEY

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(database: Database) -> None:
    """Bring the database to this version's schema; nothing happens if it is there."""
    if is_current(database):
        return
    with database.write() as connection:
        if not database.on_sqlite:
            # Two servers may start at once; a migration may take its time.
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(74281)")
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
