"""The parts of a report's tables, whatever the format they are printed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from exercise.domain.report import Evidence, Party
from exercise.domain.scoring import number
from exercise.words.formats import clock


@dataclass(frozen=True, slots=True)
class Text:
    """Words, ours or somebody's."""

    kind: ClassVar[str] = "text"
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Cite:
    """An entry that stands behind a claim."""

    kind: ClassVar[str] = "cite"
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Badge:
    """A delegation's shape and id."""

    kind: ClassVar[str] = "badge"
    party: Party


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and how it is printed."""

    kind: ClassVar[str] = "figure"
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A share drawn as a bar, with its weight as thickness and its range."""

    kind: ClassVar[str] = "bar"
    value: float | None
    weight: int
    low: float | None
    high: float | None


Piece: TypeAlias = Text | Cite | Badge | Figure | Bar
Cell: TypeAlias = tuple[Piece, ...]
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its part of the width, and whether figures stand in it."""

    title: str
    width: int
    number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with what is said under it, and what is said when it is empty."""

    id: str
    title: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    foot: tuple[Row, ...] = ()
    nothing: str = ""


def cell(*pieces: Piece | str) -> Cell:
    """Return a cell; bare strings are words."""
    return tuple(Text(one) if isinstance(one, str) else one for one in pieces)


def strong(text: str) -> Text:
    """Return words that stand out."""
    return Text(text, strong=True)


def whole(value: float, text: str = "") -> Figure:
    """Return a number that is printed as it is, unless told otherwise."""
    return Figure(value, text or str(value))


def share(value: float | None, absent: str) -> Piece:
    """Return a share between 0 and 1, or the words that say there is none."""
    return Text(absent) if value is None else Figure(round(value, 4), number(value))


def minutes(ms: int | None) -> Piece:
    """Return a span, `07:20`; its number is in minutes."""
    return Text("–") if ms is None else Figure(round(ms / 60_000, 2), clock(ms))


def joined(parts: Iterable[Sequence[Piece]], between: str = ", ") -> Cell:
    """Return parts as one cell with a comma between them."""
    found: list[Piece] = []
    for part in parts:
        found += [Text(between)] if found else []
        found += part
    return tuple(found)


def cites(evidence: Iterable[Evidence], most: int = 0) -> Cell:
    """Return entries one after the other; with `most`, no more than so many."""
    known = tuple(evidence)
    shown = known[:most] if most else known
    more = (Text(" …"),) if len(shown) < len(known) else ()
    return (*joined((Cite(one),) for one in shown), *more)
