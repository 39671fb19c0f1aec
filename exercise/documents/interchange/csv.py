"""The timeline as a table: one line an entry, for a spreadsheet or a notebook."""

import csv
from collections.abc import Iterator
from io import StringIO

from exercise.documents.interchange.story import Story
from exercise.domain.moment import Recorded
from exercise.domain.report import sentence
from exercise.domain.wall import iso
from exercise.words.formats import t_plus

COLUMNS = (
    "seq",
    "id",
    "time",
    "at_ms",
    "wall",
    "kind",
    "delegation",
    "seat",
    "member",
    "instrument",
    "to",
    "audience",
    "what",
)
# A spreadsheet would take a text that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(story: Story) -> Iterator[str]:
    """Yield the table line by line, RFC 4180, with its header."""
    yield _line(COLUMNS)
    for entry in story.told():
        yield _line(_cells(entry))


def _cells(entry: Recorded) -> tuple[str, ...]:
    event, author = entry.event, entry.author
    to = getattr(event, "to", ())
    return (
        str(entry.seq),
        entry.id,
        t_plus(entry.at_ms).removeprefix("T+"),
        str(entry.at_ms),
        iso(entry.wall_ms),
        event.KIND,
        author.delegation,
        author.seat,
        author.member,
        str(getattr(event, "instrument", "")),
        " ".join(to) if isinstance(to, tuple) else str(to),
        " ".join(entry.audience),
        sentence(event, author.delegation).english,
    )


def _line(cells: tuple[str, ...]) -> str:
    written = StringIO()
    safe = [f"'{one}" if one.startswith(FORMULA) else one for one in cells]
    csv.writer(written, lineterminator="\r\n").writerow(safe)
    return written.getvalue()
