"""Earlier versions of a delegation's drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXT, NUMBER = sa.Text, sa.BigInteger


def upgrade() -> None:
    """Make the table; a draft that stands gets its first version when it is saved."""
    op.create_table(
        "draft_version",
        sa.Column("exercise", TEXT, nullable=False),
        sa.Column("delegation", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("member", TEXT, nullable=False),
        sa.Column("began_ms", NUMBER, nullable=False),
        sa.Column("wall_ms", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint(
            "exercise", "delegation", "key", "number", name="pk_draft_version"
        ),
        sqlite_with_rowid=False,
    )
