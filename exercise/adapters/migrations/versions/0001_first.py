"""The first schema: the record, side tables of time, and the directory."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT, NUMBER, BYTES = sa.Text, sa.BigInteger, sa.LargeBinary


def upgrade() -> None:
    """Make the first schema."""
    _record()
    _deliveries()
    _results()
    _single_rows()
    _time()
    _directory()
    _side_tables()
    _guards()


def _columns(**types: type) -> list[sa.Column[Any]]:
    return [sa.Column(name, type_, nullable=False) for name, type_ in types.items()]


def _table(
    name: str, key: tuple[str, ...], *parts: sa.schema.SchemaItem, rowid: bool = True
) -> None:
    primary = sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")
    op.create_table(name, *parts, primary, sqlite_with_rowid=rowid)


def _record() -> None:
    _table(
        "exercise",
        ("id",),
        *_columns(id=TEXT, title=TEXT, scenario=TEXT, scenario_sha256=TEXT),
        *_columns(opened_wall_ms=NUMBER, first_line=TEXT, status=TEXT),
        *_columns(head_seq=NUMBER, head_hash=BYTES),
    )
    _table(
        "entry",
        ("exercise", "seq"),
        *_columns(exercise=TEXT, seq=NUMBER, id=TEXT, kind=TEXT, version=NUMBER),
        *_columns(actor=TEXT, author_member=TEXT, author_delegation=TEXT),
        *_columns(author_seat=TEXT, audience=TEXT, at_ms=NUMBER, wall_ms=NUMBER),
        *_columns(body_hash=TEXT, envelope_salt=BYTES, leaf=BYTES, prev=BYTES),
        *_columns(hash=BYTES),
        sa.UniqueConstraint("exercise", "id", name="uq_entry_exercise_id"),
        sa.ForeignKeyConstraint(
            ["exercise"], ["exercise.id"], name="fk_entry_exercise"
        ),
    )
    op.create_index("ix_entry_exercise_kind_seq", "entry", ["exercise", "kind", "seq"])
    _table(
        "body",
        ("exercise", "seq"),
        *_columns(exercise=TEXT, seq=NUMBER, body=TEXT, salt=BYTES),
        _of_entry("body"),
    )


def _of_entry(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["exercise", "seq"], ["entry.exercise", "entry.seq"], name=f"fk_{table}_entry"
    )


def _deliveries() -> None:
    key = ("exercise", "audience")
    parts = _columns(exercise=TEXT, audience=TEXT, head=NUMBER)
    _table("audience", key, *parts, rowid=False)
    unique = "uq_delivery_exercise_audience_seq"
    _table(
        "delivery",
        (*key, "position"),
        *_columns(exercise=TEXT, audience=TEXT, position=NUMBER, seq=NUMBER),
        sa.UniqueConstraint(*key, "seq", name=unique),
        _of_entry("delivery"),
        rowid=False,
    )
    op.create_index("ix_delivery_exercise_seq", "delivery", ["exercise", "seq"])


def _results() -> None:
    parts = _columns(exercise=TEXT, member=TEXT, id=TEXT, digest=TEXT, ack=TEXT)
    _table("command", ("exercise", "member", "id"), *parts, rowid=False)
    parts = _columns(exercise=TEXT, inject=TEXT, seq=NUMBER)
    _table("release", ("exercise", "inject"), *parts, rowid=False)
    parts = _columns(exercise=TEXT, member=TEXT)
    _table("surveyed", ("exercise", "member"), *parts, rowid=False)
    _table("purge", ("exercise",), *_columns(exercise=TEXT), rowid=False)


def _single_rows() -> None:
    _table("signing_key", ("id",), *_columns(id=sa.Integer, private=BYTES))
    _table("epoch", ("id",), *_columns(id=sa.Integer, epoch=TEXT))


def _time() -> None:
    parts = _columns(exercise=TEXT, holder=TEXT, until_ms=NUMBER)
    _table("lease", ("exercise",), *parts, rowid=False)
    parts = _columns(exercise=TEXT, at_ms=NUMBER, wall_ms=NUMBER)
    _table("clock_mark", ("exercise",), *parts, rowid=False)


def _directory() -> None:
    _table(
        "session",
        ("token_hash", "exercise", "member"),
        *_columns(token_hash=TEXT, exercise=TEXT, member=TEXT, admitted_ms=NUMBER),
        sa.Column("left_ms", NUMBER),
        rowid=False,
    )
    op.create_index("ix_session_left_ms", "session", ["left_ms"])
    _table(
        "link",
        ("token_hash",),
        *_columns(token_hash=TEXT, exercise=TEXT, role=TEXT, member=TEXT),
        *_columns(made_ms=NUMBER),
        sa.Column("spent_ms", NUMBER),
        rowid=False,
    )
    _table(
        "code",
        ("code_hash",),
        *_columns(code_hash=TEXT, exercise=TEXT, delegation=TEXT, generation=NUMBER),
        sa.UniqueConstraint(
            "exercise", "delegation", name="uq_code_exercise_delegation"
        ),
        rowid=False,
    )


def _side_tables() -> None:
    counted = NUMBER().with_variant(sa.Integer, "sqlite")
    _table(
        "failed_try",
        ("id",),
        sa.Column("id", counted, autoincrement=True, nullable=False),
        *_columns(browser_hash=TEXT, wall_ms=NUMBER),
    )
    op.create_index("ix_failed_try_wall_ms", "failed_try", ["wall_ms"])
    _table(
        "draft",
        ("exercise", "delegation", "key"),
        *_columns(exercise=TEXT, delegation=TEXT, key=TEXT, body=TEXT, member=TEXT),
        *_columns(locked_until_ms=NUMBER),
        rowid=False,
    )
    _table(
        "seen",
        ("exercise", "audience", "member"),
        *_columns(exercise=TEXT, audience=TEXT, member=TEXT, position=NUMBER),
        rowid=False,
    )


# What is on the record stays: no UPDATE ever, no DELETE but in a purge of the whole
# exercise, which says so in a table of its own. A body may go, but not change.
SQLITE_GUARD = """
CREATE TRIGGER {table}_no_{deed} BEFORE {deed} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
SQLITE_UNLESS_PURGED = (
    "WHEN NOT EXISTS (SELECT 1 FROM purge WHERE purge.exercise = OLD.exercise)"
)
POSTGRESQL_GUARD = """
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT 1 FROM purge WHERE purge.exercise = OLD.exercise) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER {table}_no_{deed} BEFORE {deed} ON {table}
FOR EACH ROW EXECUTE FUNCTION append_only()
"""
POSTGRESQL_WHOLE = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION append_only()
"""
GUARDED = (
    ("entry", "UPDATE"),
    ("entry", "DELETE"),
    ("delivery", "UPDATE"),
    ("delivery", "DELETE"),
    ("body", "UPDATE"),
)


def _guards() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if not on_sqlite:
        op.execute(POSTGRESQL_GUARD)
        op.execute(POSTGRESQL_WHOLE.format(table="entry"))
        op.execute(POSTGRESQL_WHOLE.format(table="delivery"))
    for table, deed in GUARDED:
        when = SQLITE_UNLESS_PURGED if deed == "DELETE" else ""
        trigger = SQLITE_GUARD if on_sqlite else POSTGRESQL_TRIGGER
        op.execute(trigger.format(table=table, deed=deed, when=when))
