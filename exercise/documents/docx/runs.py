"""Cells as WordprocessingML: runs of text, links to evidence, badges, pictures."""

from collections.abc import Callable
from xml.sax.saxutils import escape

from exercise.documents.cells import Badge, Bar, Cell, Cite, Figure, Piece, Text
from exercise.documents.layout import COLOURS
from exercise.documents.plain import legal
from exercise.domain.report import Evidence, Party
from exercise.words.formats import t_plus

# As near to the badges' shapes as every font has them.
GLYPHS = "▲◆●■✚★▼◠"
_BOLD = "<w:b/><w:bCs/>"
_LINK = '<w:rStyle w:val="Hyperlink"/>'

Draw = Callable[[Bar], str]


class Xml(str):
    """WordprocessingML that is ready to be put where runs stand."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return itself: a template prints it as it is."""
        return str(self)


def run(text: str, looks: str = "") -> str:
    """Return one run of text; a line's end is a line's end in Word too."""
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    lines = escape(legal(text).replace("\r\n", "\n").replace("\t", " ")).split("\n")
    told = "<w:br/>".join(f'<w:t xml:space="preserve">{one}</w:t>' for one in lines)
    return f"<w:r>{properties}{told}</w:r>"


def runs(cell: Cell, draw: Draw) -> Xml:
    """Return a cell as runs; `draw` makes the run of a bar."""
    return Xml("".join(_piece(one, draw) for one in cell))


def marked(evidence: Evidence) -> Xml:
    """Return an entry's time as the place that links lead to."""
    mark = f'<w:bookmarkStart w:id="{evidence.seq}" w:name="{_name(evidence)}"/>'
    end = f'<w:bookmarkEnd w:id="{evidence.seq}"/>'
    return Xml(f"{mark}{run(t_plus(evidence.at_ms))}{end}")


def colour(hexadecimal: str) -> str:
    """Return the run property of a colour given as `#rrggbb`."""
    return f'<w:color w:val="{hexadecimal[1:]}"/>'


def _piece(piece: Piece, draw: Draw) -> str:
    match piece:
        case Text(text=text, strong=strong):
            return run(text, _BOLD if strong else "")
        case Figure(text=text):
            return run(text)
        case Cite(evidence=evidence):
            return _cite(evidence)
        case Badge(party=party):
            return _badge(party)
        case Bar():
            return draw(piece)


def _cite(evidence: Evidence) -> str:
    told = run(t_plus(evidence.at_ms), _LINK)
    anchor = _name(evidence)
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{told}</w:hyperlink>'


def _badge(party: Party) -> str:
    glyph = run(GLYPHS[party.shape], colour(COLOURS[party.colour]))
    return glyph + run(f" {party.id}", _BOLD)


def _name(evidence: Evidence) -> str:
    return f"entry_{evidence.seq}"
