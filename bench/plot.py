"""Bars as SVG: one a server, in groups, with their figures written beside them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LEFT, RIGHT, BAR, GAP, TOP = 760, 290, 90, 18, 10, 34
SVG = "http://www.w3.org/2000/svg"
COLOURS = ("#1f5f8b", "#9a9a9a", "#c58b2a", "#7a5c99")


@dataclass(frozen=True, slots=True)
class Bars:
    """A figure's bars: group → server → value; longer is more."""

    title: str
    unit: str
    groups: Mapping[str, Mapping[str, float]]

    def svg(self) -> str:
        """Return the picture, as a file."""
        rows = [one for group in self.groups.values() for one in group]
        height = TOP + len(rows) * BAR + len(self.groups) * (BAR + GAP)
        label = f"{self.title}, {self.unit}"
        return "\n".join(
            [
                f'<svg xmlns="{SVG}" viewBox="0 0 {WIDTH} {height}" role="img"',
                f' aria-label="{escape(label)}" font-family="sans-serif"',
                ' font-size="12">',
                f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
                f'<text x="10" y="20" font-weight="bold">{escape(label)}</text>',
                *self._rows(),
                "</svg>",
                "",
            ]
        )

    def _rows(self) -> Iterator[str]:
        most = max(value for group in self.groups.values() for value in group.values())
        y, names = TOP, self._names()
        for group, values in self.groups.items():
            told = f'<text x="10" y="{y + 12}" font-style="italic">'
            yield f"{told}{escape(group)}</text>"
            y += BAR
            for name, value in values.items():
                colour = COLOURS[names.index(name) % len(COLOURS)]
                length = (WIDTH - LEFT - RIGHT) * value / most
                yield (
                    f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">'
                    f"{escape(name)}</text>"
                )
                yield (
                    f'<rect x="{LEFT}" y="{y + 2}" width="{max(1.0, length):.1f}"'
                    f' height="{BAR - 4}" fill="{colour}"/>'
                )
                shown = f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
                yield f'<text x="{LEFT + length + 6:.1f}" y="{y + 13}">{shown}</text>'
                y += BAR
            y += GAP

    def _names(self) -> Sequence[str]:
        return list(dict.fromkeys(name for one in self.groups.values() for name in one))
