"""Where the figures of a report put their points, so that templates only print."""

from math import cos, pi, sin

from exercise.domain.report import Aar, Party

# The drawing is 330 by 252; labels need room on every side.
CENTRE, RADII = (160, 126), (122, 108)
MINUTE = 60_000

# As static/css/tokens.css has them in light; place 0 is for nobody.
COLOURS = (
    "#1b1f24",
    "#004baa",
    "#c17602",
    "#ac3d08",
    "#09674a",
    "#2487ba",
    "#752963",
    "#443b0a",
    "#747a87",
)

Place = tuple[Party, int, int]
Line = tuple[int, int, int, int, int]
Dots = tuple[tuple[int, bool], ...]


def places(report: Aar) -> tuple[Place, ...]:
    """Return delegations on a ring, the first on top, then clockwise."""
    count = max(1, len(report.parties))
    return tuple(
        (party, *_on_ring(at / count)) for at, party in enumerate(report.parties)
    )


def _on_ring(turn: float) -> tuple[int, int]:
    angle = 2 * pi * turn
    return (
        round(CENTRE[0] + RADII[0] * sin(angle)),
        round(CENTRE[1] - RADII[1] * cos(angle)),
    )


def lines(report: Aar) -> tuple[Line, ...]:
    """Return an edge for every pair that closed a loop, from 1 to 5 wide."""
    at = {party.id: (x, y) for party, x, y in places(report)}
    most = max((one.count for one in report.network), default=1)
    return tuple(
        (*at[one.a], *at[one.b], 1 + round(4 * (one.count - 1) / max(1, most - 1)))
        for one in report.network
        if one.a in at and one.b in at
    )


def times(report: Aar) -> tuple[tuple[tuple[Party, Dots], ...], int]:
    """Return each delegation's answers in minutes, late or not, and the axis' end."""
    rows: list[tuple[Party, Dots]] = []
    longest = 1
    for party in report.parties:
        dots = tuple(
            (one.took_ms // MINUTE, one.verdict != "met")
            for one in report.responses
            if one.delegation == party.id and one.took_ms is not None
        )
        longest = max([longest, *(minutes for minutes, _ in dots)])
        if dots:
            rows.append((party, dots))
    return tuple(rows), longest
