"""The tables, the same on SQLite and PostgreSQL; times are whole milliseconds."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql.schema import SchemaItem

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


def _number(name: str, *, key: bool = False) -> Column[int]:
    return Column(
        name, BigInteger, primary_key=key, nullable=False, autoincrement=False
    )


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


def _table(name: str, *parts: SchemaItem) -> Table:
    # Every table is looked up by its key alone: the key is the table.
    return Table(name, METADATA, *parts, sqlite_with_rowid=False)


# --- The record ---------------------------------------------------------------

EXERCISE = Table(
    "exercise",
    METADATA,
    _text("id", key=True),
    _text("title"),
    _text("scenario"),
    _text("scenario_sha256"),
    _number("opened_wall_ms"),
    _text("first_line"),
    _text("status"),
    _number("head_seq"),
    _bytes("head_hash"),
)

ENTRY = Table(
    "entry",
    METADATA,
    _text("exercise", key=True),
    _number("seq", key=True),
    _text("id"),
    _text("kind"),
    _number("version"),
    _text("actor"),
    _text("author_member"),
    _text("author_delegation"),
    _text("author_seat"),
    _text("audience"),
    _number("at_ms"),
    _number("wall_ms"),
    _text("body_hash"),
    _bytes("envelope_salt"),
    _bytes("leaf"),
    _bytes("prev"),
    _bytes("hash"),
    UniqueConstraint("exercise", "id"),
    ForeignKeyConstraint(["exercise"], ["exercise.id"]),
    Index(None, "exercise", "kind", "seq"),
)

# Redaction deletes a row here and nothing else.
BODY = Table(
    "body",
    METADATA,
    _text("exercise", key=True),
    _number("seq", key=True),
    _text("body"),
    _bytes("salt"),
    ForeignKeyConstraint(["exercise", "seq"], ["entry.exercise", "entry.seq"]),
)

AUDIENCE = _table(
    "audience",
    _text("exercise", key=True),
    _text("audience", key=True),
    _number("head"),
)

DELIVERY = _table(
    "delivery",
    _text("exercise", key=True),
    _text("audience", key=True),
    _number("position", key=True),
    _number("seq"),
    UniqueConstraint("exercise", "audience", "seq"),
    ForeignKeyConstraint(["exercise", "seq"], ["entry.exercise", "entry.seq"]),
    Index(None, "exercise", "seq"),
)

COMMAND = _table(
    "command",
    _text("exercise", key=True),
    _text("member", key=True),
    _text("id", key=True),
    _text("digest"),
    _text("ack"),
)

RELEASE = _table(
    "release",
    _text("exercise", key=True),
    _text("inject", key=True),
    _number("seq"),
)

# Who has answered an anonymous survey; nothing ties a row to an answer.
SURVEYED = _table("surveyed", _text("exercise", key=True), _text("member", key=True))

# The exercises whose entries may be deleted: filled and emptied by a purge only.
PURGE = _table("purge", _text("exercise", key=True))

# --- Files that come with papers ------------------------------------------------

# Each once an exercise, by its content; the bytes lie beside it in parts.
PAPER = _table(
    "paper",
    _text("exercise", key=True),
    _text("sha256", key=True),
    _text("name"),
    _text("type"),
    _number("bytes"),
)

PAPER_PART = Table(
    "paper_part",
    METADATA,
    _text("exercise", key=True),
    _text("sha256", key=True),
    _number("part", key=True),
    _bytes("data"),
    ForeignKeyConstraint(["exercise", "sha256"], ["paper.exercise", "paper.sha256"]),
)

# --- One row each -------------------------------------------------------------

SIGNING_KEY = Table(
    "signing_key",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _bytes("private"),
)

EPOCH = Table(
    "epoch",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _text("epoch"),
)

# --- Time ---------------------------------------------------------------------

LEASE = _table(
    "lease", _text("exercise", key=True), _text("holder"), _number("until_ms")
)

CLOCK_MARK = _table(
    "clock_mark", _text("exercise", key=True), _number("at_ms"), _number("wall_ms")
)

# --- The directory ------------------------------------------------------------

SESSION = _table(
    "session",
    _text("token_hash", key=True),
    _text("exercise", key=True),
    _text("member", key=True),
    _number("admitted_ms"),
    Column("left_ms", BigInteger),
    Index(None, "left_ms"),
)

LINK = _table(
    "link",
    _text("token_hash", key=True),
    _text("exercise"),
    _text("role"),
    _text("member"),
    _number("made_ms"),
    Column("spent_ms", BigInteger),
)

CODE = _table(
    "code",
    _text("code_hash", key=True),
    _text("exercise"),
    _text("delegation"),
    _number("generation"),
    UniqueConstraint("exercise", "delegation"),
)

FAILED_TRY = Table(
    "failed_try",
    METADATA,
    Column(
        "id",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    _text("browser_hash"),
    _number("wall_ms"),
    Index(None, "wall_ms"),
)

DRAFT = _table(
    "draft",
    _text("exercise", key=True),
    _text("delegation", key=True),
    _text("key", key=True),
    _text("body"),
    _text("member"),
    _number("locked_until_ms"),
)

# The newest of them is what stands above; the oldest ones go.
DRAFT_VERSION = _table(
    "draft_version",
    _text("exercise", key=True),
    _text("delegation", key=True),
    _text("key", key=True),
    _number("number", key=True),
    _text("body"),
    _text("member"),
    _number("began_ms"),
    _number("wall_ms"),
)

SEEN = _table(
    "seen",
    _text("exercise", key=True),
    _text("audience", key=True),
    _text("member", key=True),
    _number("position"),
)

APPEND_ONLY = (ENTRY, DELIVERY)
OF_AN_EXERCISE = (
    BODY,
    DELIVERY,
    ENTRY,
    AUDIENCE,
    COMMAND,
    RELEASE,
    SURVEYED,
    PAPER_PART,
    PAPER,
    LEASE,
    CLOCK_MARK,
    SESSION,
    LINK,
    CODE,
    DRAFT,
    DRAFT_VERSION,
    SEEN,
)
