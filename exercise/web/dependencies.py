"""The dependency map: who hosts, supplies and relies on whom, drawn on a ring."""

from collections import Counter
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import TypeAlias

from exercise.domain.scenario import Scenario
from exercise.domain.scenario.links import Dependency

Json: TypeAlias = dict[str, object]
Point: TypeAlias = tuple[float, float]

WIDTH, HEIGHT = 560, 400
CENTRE: Point = (WIDTH / 2, HEIGHT / 2)
RADII = (216, 160)
# Half of a badge with the air around it: a line ends at its edge.
BADGE = (38, 19)
# How far each further line between the same two leans to the side.
LEAN = 28
# How far towards the middle of the ring a line bends.
BEND = 0.35


@dataclass(frozen=True, slots=True)
class Drawing:
    """The map: where each delegation stands, and the line of each dependency."""

    places: dict[str, Point]
    lines: dict[str, str]


def drawing(scenario: Scenario) -> Drawing:
    """Return the map of a scenario; a pair joined twice gets two lines apart."""
    tied = {one for each in scenario.dependencies for one in (each.provider, each.user)}
    ring = [one for one in scenario.delegation_ids if one in tied]
    places = {one: _place(at, len(ring)) for at, one in enumerate(ring)}
    drawn: Counter[frozenset[str]] = Counter()
    lines: dict[str, str] = {}
    for one in scenario.dependencies:
        pair = frozenset((one.provider, one.user))
        lines[one.id] = _line(places[one.user], places[one.provider], drawn[pair])
        drawn[pair] += 1
    return Drawing(places, lines)


def links(scenario: Scenario, own: str = "") -> list[Json]:
    """Return the dependencies; `owner` is whose channel a link opens.

    That is whoever provides it; for what a delegation provides itself, its user.
    """
    sketch = drawing(scenario)
    return [_link(one, own, sketch) for one in scenario.dependencies]


def _link(one: Dependency, own: str, sketch: Drawing) -> Json:
    return {
        "id": one.id,
        "provider": one.provider,
        "user": one.user,
        "kind": one.kind,
        "sector": one.sector,
        "what": one.what,
        "line": sketch.lines[one.id],
        "owner": one.user if one.provider == own else one.provider,
        "ours": own in {one.provider, one.user},
    }


def _place(at: int, count: int) -> Point:
    """Return a place on the ring, clockwise from the top."""
    angle = 2 * pi * at / max(1, count) - pi / 2
    x, y = CENTRE[0] + RADII[0] * cos(angle), CENTRE[1] + RADII[1] * sin(angle)
    return round(x, 1), round(y, 1)


def _line(start: Point, end: Point, before: int) -> str:
    """Return a bent line from who needs it to who provides it, as an SVG path."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    across = (end[1] - start[1], start[0] - end[0])
    lean = LEAN * before / (hypot(*across) or 1)
    bend = (
        middle[0] + (CENTRE[0] - middle[0]) * BEND + across[0] * lean,
        middle[1] + (CENTRE[1] - middle[1]) * BEND + across[1] * lean,
    )
    first, last = _towards(start, bend), _towards(end, bend)
    return f"M{_at(first)} Q{_at(bend)} {_at(last)}"


def _towards(place: Point, other: Point) -> Point:
    away = (other[0] - place[0], other[1] - place[1])
    sides = zip(BADGE, away, strict=True)
    share = min((half / abs(far) for half, far in sides if far), default=0.0)
    return place[0] + away[0] * share, place[1] + away[1] * share


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
