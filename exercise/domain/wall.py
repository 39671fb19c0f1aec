"""Wall time: UTC milliseconds inside, one ISO form on the wire and in the record."""

from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=1024)
def iso(wall_ms: int) -> str:
    """Return UTC milliseconds as `2000-01-01T00:00:00.000Z`."""
    whole = datetime.fromtimestamp(wall_ms // 1000, UTC)
    return f"{whole:%Y-%m-%dT%H:%M:%S}.{wall_ms % 1000:03d}Z"


def from_iso(text: str) -> int:
    """Return the UTC milliseconds of a time in our ISO form; refuse any other."""
    when = datetime.fromisoformat(text)
    wall_ms = int(when.timestamp()) * 1000 + when.microsecond // 1000
    if iso(wall_ms) != text:
        raise ValueError(text)
    return wall_ms
