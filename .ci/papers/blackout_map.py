# ruff: noqa: INP001 - a program on its own
"""Draws the map that comes with the news of the blackouts in Quiet Harbour.

`python .ci/papers/blackout_map.py FILE.png`, with Noto fonts installed; the picture
lies in injects/quiet-harbour/papers, so nobody needs to.
"""

import math
import sys
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SCALE = 2
SIZE = (1200, 760)
FONTS = Path("/usr/share/fonts/truetype/noto")
SEA, LAND, OTHER = "#dfe8ec", "#f6f3ea", "#ebe7da"
LINE, INK, QUIET, DARK = "#8d8778", "#1b1f24", "#575d66", "#5b3a00"
COLOURS = 128

VESMARK = [
    (0, 150),
    (120, 120),
    (260, 140),
    (400, 96),
    (560, 116),
    (700, 90),
    (772, 132),
]
KELL = [(772, 132), (748, 196), (776, 262), (752, 330), (788, 396), (770, 452)]
SHORE = [
    (770, 452),
    (700, 470),
    (640, 444),
    (560, 476),
    (470, 452),
    (380, 486),
    (300, 466),
]
WEST = [(300, 466), (180, 500), (90, 480), (0, 506)]
NORTH = [(772, 132), (880, 110), (1010, 136), (1110, 116), (1240, 124)]
SOUTH = [(1240, 500), (1090, 478), (1010, 506), (920, 470), (840, 488), (770, 452)]
ORLANIA = [(180, 760), (210, 690), (300, 650), (400, 668), (500, 628), (620, 640)]
ORLANIA += [(720, 612), (830, 640), (930, 626), (990, 680), (1060, 700), (1080, 760)]
COAST = [(560, 108), (630, 100), (700, 98), (772, 132)]
WESTWARD = [(770, 452), (700, 464), (640, 452), (580, 466), (540, 390), (566, 300)]
WESTWARD += [(530, 210), (560, 108)]
RAILWAY = [(120, 330), (280, 300), (430, 322), (560, 296), (650, 268), (742, 300)]
HOSPITALS = [(612, 372), (668, 196), (716, 402)]
PORTS = [(520, 634, "Santa Corva"), (846, 640, "Punta Lis")]
CITIES = [(652, 268, "Osterby"), (612, 398, "Varne")]


def font(size: int, style: str = "Regular") -> ImageFont.FreeTypeFont:
    """Return the sheet's one typeface in a size."""
    return ImageFont.truetype(FONTS / f"NotoSans-{style}.ttf", size * SCALE)


def scaled(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return points as they lie on the large sheet."""
    return [(x * SCALE, y * SCALE) for x, y in points]


def smooth(points: list[tuple[int, int]], turns: int = 3) -> list[tuple[int, int]]:
    """Return a line with its corners cut, again and again."""
    for _ in range(turns):
        cut = [points[0]]
        for (ax, ay), (bx, by) in pairwise(points):
            cut.append((round(ax * 0.75 + bx * 0.25), round(ay * 0.75 + by * 0.25)))
            cut.append((round(ax * 0.25 + bx * 0.75), round(ay * 0.25 + by * 0.75)))
        points = [*cut, points[-1]]
    return points


class Sheet:
    """The large sheet, and what is put on it."""

    def __init__(self) -> None:
        """Begin with the sea."""
        self.image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), SEA)
        self.draw = ImageDraw.Draw(self.image)

    def area(self, points: list[tuple[int, int]], fill: str) -> None:
        """Fill land, with its shore."""
        self.draw.polygon(points, fill=fill)
        self.draw.line([*points, points[0]], fill=LINE, width=SCALE, joint="curve")

    def hatch(self, points: list[tuple[int, int]]) -> None:
        """Hatch an area, so that it is told apart without colour too."""
        over = Image.new("RGBA", self.image.size)
        pen = ImageDraw.Draw(over)
        pen.rectangle((0, 0, *over.size), fill="#e0a63a40")
        for x in range(-over.height, over.width, 14 * SCALE):
            line = (x, over.height, x + over.height, 0)
            pen.line(line, fill="#8a5700d0", width=2 * SCALE)
        shape = Image.new("L", self.image.size)
        ImageDraw.Draw(shape).polygon(points, fill=255)
        self.image.paste(
            over, (0, 0), Image.composite(over.getchannel("A"), shape, shape)
        )
        self.draw.line([*points, points[0]], fill=DARK, width=2 * SCALE, joint="curve")

    def text(  # noqa: PLR0913, PLR0917 - where, what and how
        self, x: int, y: int, words: str, size: int, style: str = "Regular",
        fill: str = INK, anchor: str = "ls",
    ) -> None:  # fmt: skip
        """Write words with a light edge, so that they stand on anything."""
        place, face = (x * SCALE, y * SCALE), font(size, style)
        edge = {"stroke_width": 3 * SCALE, "stroke_fill": "#fbfaf7"}
        self.draw.text(place, words, fill, face, anchor, **edge)

    def dashed(self, points: list[tuple[int, int]]) -> None:
        """Draw the railway."""
        for (ax, ay), (bx, by) in pairwise(points):
            steps = max(1, int(math.hypot(bx - ax, by - ay) / 9))
            for step in range(0, steps, 2):
                one = (ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps)
                two = min(1, (step + 1) / steps)
                other = (ax + (bx - ax) * two, ay + (by - ay) * two)
                line = [each * SCALE for each in (*one, *other)]
                self.draw.line(line, fill=QUIET, width=2 * SCALE)

    def dot(self, x: int, y: int, radius: int, fill: str) -> None:
        """Mark a place."""
        box = [
            each * SCALE for each in (x - radius, y - radius, x + radius, y + radius)
        ]
        self.draw.ellipse(box, fill=fill, outline="#fbfaf7", width=2 * SCALE)

    def cross(self, x: int, y: int) -> None:
        """Mark a hospital."""
        box = [each * SCALE for each in (x - 11, y - 11, x + 11, y + 11)]
        self.draw.rounded_rectangle(
            box, 4 * SCALE, fill="#fbfaf7", outline="#b3261e", width=2 * SCALE
        )
        for line in ((x - 6, y, x + 6, y), (x, y - 6, x, y + 6)):
            self.draw.line(
                [each * SCALE for each in line], fill="#b3261e", width=4 * SCALE
            )


def drawn() -> Image.Image:
    """Return the map."""
    sheet = Sheet()
    kell = smooth(KELL)
    coast = smooth([*SHORE, *WEST[1:]])
    sheet.area(scaled([*smooth(VESMARK), *kell, *coast]), LAND)
    sheet.area(scaled([*smooth(NORTH), *smooth(SOUTH), *kell[::-1]]), OTHER)
    sheet.area(scaled(smooth(ORLANIA)), OTHER)
    sheet.hatch(scaled([*smooth(COAST), *kell, *smooth(WESTWARD)]))
    sheet.draw.line(scaled(kell), fill="#5d8aa0", width=5 * SCALE, joint="curve")
    sheet.dashed(RAILWAY)
    _named(sheet)
    _legend(sheet)
    small = sheet.image.resize(SIZE, Image.Resampling.LANCZOS)
    return small.quantize(COLOURS, dither=Image.Dither.NONE)


def _named(sheet: Sheet) -> None:
    sheet.text(250, 232, "VESMARK", 30, "Bold", QUIET)
    sheet.text(920, 270, "KASTROVA", 30, "Bold", QUIET)
    sheet.text(560, 722, "ORLANIA", 30, "Bold", QUIET)
    sheet.text(330, 570, "Meridian Strait", 22, "Italic", "#41687a")
    sheet.text(796, 212, "Kell", 20, "Italic", "#41687a")
    sheet.text(190, 352, "eastern line, trains stopped", 17, "Italic", QUIET)
    for x, y in HOSPITALS:
        sheet.cross(x, y)
    for x, y, name in CITIES:
        sheet.dot(x, y, 7, INK)
        sheet.text(x + 14, y + 26, name, 22, "Bold")
    for x, y, name in PORTS:
        sheet.dot(x, y, 6, QUIET)
        sheet.text(x + 12, y - 12, name, 18, fill=QUIET)


def _legend(sheet: Sheet) -> None:
    sheet.draw.rectangle([0, 0, SIZE[0] * SCALE, 82 * SCALE], fill="#fbfaf7")
    sheet.draw.line(
        [0, 82 * SCALE, SIZE[0] * SCALE, 82 * SCALE], fill=LINE, width=SCALE
    )
    sheet.text(
        28, 40, "Eastern Vesmark without electricity since two o’clock", 28, "Bold"
    )
    about = "About 410,000 homes, 12 March, 03:00 UTC. Positions are approximate."
    sheet.text(28, 68, about, 18, fill=QUIET)
    box = [each * SCALE for each in (890, 366, 1174, 448)]
    sheet.draw.rectangle(box, fill="#fbfaf7", outline=LINE, width=SCALE)
    sheet.hatch(scaled([(906, 380), (938, 380), (938, 400), (906, 400)]))
    sheet.text(950, 398, "without electricity", 18)
    sheet.cross(922, 426)
    sheet.text(950, 433, "hospital, own power", 18)
    sheet.text(
        1184, 748, "Meridian Wire graphics. EXERCISE", 15, fill=QUIET, anchor="rs"
    )


if __name__ == "__main__":
    drawn().save(sys.argv[1], optimize=True)
