"""Cells as plain text, and text as XML can hold it."""

import re

from exercise.documents.cells import Bar, Cell, Cite, Figure, Piece, Text
from exercise.domain.scoring import number
from exercise.words.formats import t_plus

# What XML 1.0 has no way to write.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """Return a text with what XML cannot hold shown as replaced."""
    return _ILLEGAL.sub("\ufffd", text)


def plain(cell: Cell) -> str:
    """Return a cell as one text."""
    return "".join(map(_said, cell))


def _said(piece: Piece) -> str:
    match piece:
        case Text(text=text) | Figure(text=text):
            return text
        case Cite(evidence=evidence):
            return t_plus(evidence.at_ms)
        case Bar(value=value):
            return "" if value is None else number(value)
        case _:
            return piece.party.id
