"""Files that come with papers: each once an exercise, its bytes in parts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT, NUMBER, BYTES = sa.Text, sa.BigInteger, sa.LargeBinary


def upgrade() -> None:
    """Make the two tables; what was stored before stays as it is."""
    op.create_table(
        "paper",
        sa.Column("exercise", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("bytes", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("exercise", "sha256", name="pk_paper"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_part",
        sa.Column("exercise", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("part", NUMBER, nullable=False),
        sa.Column("data", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("exercise", "sha256", "part", name="pk_paper_part"),
        sa.ForeignKeyConstraint(
            ["exercise", "sha256"],
            ["paper.exercise", "paper.sha256"],
            name="fk_paper_part_paper",
        ),
    )
