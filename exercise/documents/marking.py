"""What is printed on every page of a report: banner, TLP and the moment it is of."""

from datetime import UTC, datetime

from exercise.domain.report import Aar

BANNER = "EXERCISE EXERCISE EXERCISE"

# Names and notes stay in the house; what a delegation alone is shown is its own; the
# other two are for everybody who took part.
_TLP = {
    "full": "AMBER+STRICT",
    "delegation": "AMBER",
    "participants": "GREEN",
    "anonymous": "GREEN",
}
# The first moment that a zip file can name.
_FIRST = datetime(1980, 1, 1, tzinfo=UTC)


def tlp(report: Aar) -> str:
    """Return the label of an edition, without its prefix."""
    return _TLP[report.edition]


def moment(report: Aar) -> datetime:
    """Return the moment a report is of: ENDEX, else its record's last entry.

    The day somebody prints it is nowhere in a report: the same record gives the same
    bytes.
    """
    wall_ms = report.ended_wall_ms or report.head.wall_ms
    return max(_FIRST, datetime.fromtimestamp(wall_ms // 1000, UTC))


def told(wall_ms: int) -> str:
    """Return a wall time of the record as a reader anywhere can place it."""
    return f"{datetime.fromtimestamp(wall_ms / 1000, UTC):%Y-%m-%d %H:%M} UTC"
