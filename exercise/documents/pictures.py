"""A report's drawings as pictures, for documents that cannot hold our vectors."""

from collections.abc import Sequence
from io import BytesIO
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont

from exercise.documents import layout
from exercise.documents.cells import Bar
from exercise.domain.report import Aar

Point: TypeAlias = tuple[float, float]

# Pixels kept for each unit of a drawing, enough for paper, and drawn for each kept.
KEPT, DRAWN = 3, 2
SCALE = KEPT * DRAWN
INK, QUIET, LINE, BAR, EDGE, LATE = (
    "#1b1f24",
    "#575d66",
    "#d9d6ce",
    "#7d838b",
    "#9a9fa6",
    "#b3261e",
)
NETWORK, BAR_SIZE = (330, 252), (176, 20)
ROW = 22

_PLUS = ((4, 0.3), (8, 0.3), (8, 4), (11.7, 4), (11.7, 8), (8, 8), (8, 11.7))
_STAR = ((6, 0.1), (7.62, 4.07), (11.9, 4.38), (8.62, 7.15), (9.65, 11.31), (6, 9.05))
# What is not here is round: the circle is shape 2, the dome shape 7.
OUTLINES: dict[int, Sequence[Point]] = {
    0: ((6, 0.8), (11.8, 11.2), (0.2, 11.2)),
    1: ((6, 0), (12, 6), (6, 12), (0, 6)),
    3: ((0.8, 0.8), (11.2, 0.8), (11.2, 11.2), (0.8, 11.2)),
    4: (*_PLUS, (4, 11.7), (4, 8), (0.3, 8), (0.3, 4), (4, 4)),
    5: (*_STAR, (2.35, 11.31), (3.38, 7.15), (0.1, 4.38), (4.38, 4.07)),
    6: ((0.2, 0.8), (11.8, 0.8), (6, 11.2)),
}
_DOME = 7


def network(report: Aar) -> bytes:
    """Return who closed loops with whom, as PNG."""
    sheet = _Sheet(*NETWORK)
    for x1, y1, x2, y2, width in layout.lines(report):
        sheet.line(((x1, y1), (x2, y2)), EDGE, width)
    for party, x, y in layout.places(report):
        sheet.box(x - 24, y - 11, x + 32, y + 11, "white")
        sheet.shape(party.shape, layout.COLOURS[party.colour], x - 20, y - 6)
        sheet.text(x - 4, y, party.id, INK, 13)
    return sheet.png()


def times(report: Aar) -> bytes:
    """Return the minutes from delivery to answer, one line a delegation, as PNG."""
    rows, most = layout.times(report)
    sheet = _Sheet(600, len(rows) * ROW + 24)
    for at, (party, dots) in enumerate(rows):
        y = at * ROW + 12
        sheet.text(0, y, party.id, QUIET, 12)
        sheet.line(((48, y), (590, y)), LINE, 1)
        for minutes, late in dots:
            sheet.dot(48 + minutes / most * 542, y, late=late)
    foot = len(rows) * ROW + 14
    sheet.text(48, foot, "0", QUIET, 12)
    sheet.text(590, foot, str(most), QUIET, 12, anchor="rm")
    return sheet.png()


def bar(one: Bar) -> bytes:
    """Return a share as a bar with its weight as thickness, as PNG."""
    sheet = _Sheet(*BAR_SIZE)
    sheet.line(((0, 10), (BAR_SIZE[0], 10)), LINE, 1)
    if one.value is not None:
        half = one.weight / 2
        sheet.box(0, 10 - half, one.value * 175, 10 + half, BAR)
    if one.value is not None and one.low is not None and one.high is not None:
        low, high = one.low * 174 + 1, one.high * 174 + 1
        for ends in (
            ((low, 10), (high, 10)),
            ((low, 5), (low, 15)),
            ((high, 5), (high, 15)),
        ):
            sheet.line(ends, INK, 1.5)
    return sheet.png()


class _Sheet:
    """A white drawing in the units of our vectors."""

    def __init__(self, width: int, height: int) -> None:
        self._image = Image.new("RGB", (width * SCALE, height * SCALE), "white")
        self._draw = ImageDraw.Draw(self._image)

    def line(self, ends: Sequence[Point], colour: str, width: float) -> None:
        points = [(x * SCALE, y * SCALE) for x, y in ends]
        self._draw.line(points, colour, round(width * SCALE))

    def box(self, x1: float, y1: float, x2: float, y2: float, colour: str) -> None:
        self._draw.rectangle([one * SCALE for one in (x1, y1, x2, y2)], colour)

    def dot(self, x: float, y: float, *, late: bool) -> None:
        around = [one * SCALE for one in (x - 4, y - 4, x + 4, y + 4)]
        if late:
            self._draw.ellipse(around, None, LATE, 2 * SCALE)
        else:
            self._draw.ellipse(around, BAR)

    def shape(self, shape: int, colour: str, x: float, y: float) -> None:
        if shape in OUTLINES:
            points = [((x + a) * SCALE, (y + b) * SCALE) for a, b in OUTLINES[shape]]
            self._draw.polygon(points, colour)
            return
        top = 1.8 if shape == _DOME else 0.4
        around = [one * SCALE for one in (x + 0.4, y + top, x + 11.6, y + top + 11.2)]
        if shape == _DOME:
            self._draw.pieslice(around, 180, 360, colour)
            self.box(x + 0.4, y + 7.4, x + 11.6, y + 10.2, colour)
        else:
            self._draw.ellipse(around, colour)

    def text(  # noqa: PLR0913, PLR0917 - where, what and how
        self, x: float, y: float, text: str, colour: str, size: int, anchor: str = "lm"
    ) -> None:
        font = ImageFont.load_default(size * SCALE)
        self._draw.text((x * SCALE, y * SCALE), text, colour, font, anchor)

    def png(self) -> bytes:
        made = BytesIO()
        # Each pixel is the mean of those drawn for it; a finer filter takes ten times
        # as long and looks the same on paper.
        small = self._image.reduce(DRAWN)
        small.quantize(64).save(made, "PNG", optimize=True)
        return made.getvalue()
