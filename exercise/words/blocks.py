"""The one reading of a document's plain text: header lines, then blocks.

A body starts with optional ``KEY: value`` lines and an empty line. After that an empty
line ends a block; ``1. `` numbers a paragraph, ``- `` begins a bullet and ``| a | b |``
is a table row. Everything else is a paragraph, so no text can be wrong.
"""

import re
from dataclasses import dataclass
from typing import Literal

HEADERS = frozenset(
    (
        "FROM",
        "TO",
        "DTG",
        "SUBJECT",
        "CAVEAT",
        "SOURCE",
        "CONFIDENCE",
        "AGENCY",
        "DATELINE",
        "HANDLE",
        "OUTLET",
        "SEVERITY",
        "REF",
    )
)
_HEADER = re.compile(r"([A-Z]+): *(.*)")
_NUMBER = re.compile(r"\d{1,3}[.)] +(.*)")
_BULLET = re.compile(r"[-•] +(.*)")
_RULE = re.compile(r":?-+:?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Numbered:
    """Numbered paragraphs that follow each other."""

    items: tuple[str, ...]
    start: int = 1
    kind: Literal["numbered"] = "numbered"


@dataclass(frozen=True, slots=True)
class Bullets:
    """Bullets that follow each other."""

    items: tuple[str, ...]
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the head is empty when the text does not rule one off."""

    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()
    kind: Literal["table"] = "table"


Block = Paragraph | Numbered | Bullets | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A text taken apart: header lines in their order, then blocks."""

    headers: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]

    def header(self, key: str) -> str:
        """Return the value of a header line, or an empty string."""
        return dict(self.headers).get(key, "")


def blocks(text: str) -> Document:
    """Take a body apart into its header lines and its blocks."""
    lines = text.strip().splitlines()
    headers = _headers(lines)
    return Document(headers, _joined(_pieces(lines[len(headers) :])))


def _headers(lines: list[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for line in lines:
        match = _HEADER.fullmatch(line.strip())
        if match is None or match[1] not in HEADERS:
            # A sentence that merely follows a header line is no header block.
            return tuple(found) if not line.strip() else ()
        found.append((match[1], match[2].strip()))
    return tuple(found)


def _pieces(lines: list[str]) -> list[Block]:
    """Read line by line; a plain line goes on with the piece above it."""
    pieces: list[Block] = []
    fresh = True
    for line in (raw.strip() for raw in lines):
        if not line:
            fresh = True
            continue
        marked = _marked(line)
        if marked is not None:
            pieces.append(marked)
        elif fresh or not pieces or isinstance(pieces[-1], Table):
            pieces.append(Paragraph(line))
        else:
            pieces[-1] = _longer(pieces[-1], line)
        fresh = False
    return pieces


def _marked(line: str) -> Block | None:
    if match := _NUMBER.fullmatch(line):
        return Numbered((match[1],), int(re.split(r"[.)]", line)[0]))
    if match := _BULLET.fullmatch(line):
        return Bullets((match[1],))
    if len(line) > 1 and line.startswith("|") and line.endswith("|"):
        return Table((tuple(cell.strip() for cell in line[1:-1].split("|")),))
    return None


def _longer(piece: Block, line: str) -> Block:
    match piece:
        case Paragraph(text):
            return Paragraph(f"{text} {line}")
        case Numbered(items, start):
            return Numbered((*items[:-1], f"{items[-1]} {line}"), start)
        case Bullets(items):
            return Bullets((*items[:-1], f"{items[-1]} {line}"))
        case Table():
            return piece


def _joined(pieces: list[Block]) -> tuple[Block, ...]:
    """Make neighbours of one kind a list or a table."""
    joined: list[Block] = []
    for piece in pieces:
        both = _both(joined[-1], piece) if joined else None
        if both is None:
            joined.append(piece)
        else:
            joined[-1] = both
    return tuple(
        _headed(block) if isinstance(block, Table) else block for block in joined
    )


def _both(first: Block, second: Block) -> Block | None:
    match first, second:
        case Numbered(items, start), Numbered(more, number) if number == start + len(
            items
        ):
            return Numbered(items + more, start)
        case Bullets(items), Bullets(more):
            return Bullets(items + more)
        case Table(rows), Table(more_rows):
            return Table(rows + more_rows)
        case _:
            return None


def _headed(table: Table) -> Table:
    """Take the first row as head when a row of dashes stands under it."""
    ruled = len(table.rows) > 1 and all(map(_RULE.fullmatch, table.rows[1]))
    return Table(table.rows[2:], table.rows[0]) if ruled else table
