"""Runs the revisions on the connection that the migration was asked for on."""

from alembic import context

from exercise.adapters.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
