"""Forms of time and text that are the same in every language."""

import re
from collections.abc import Container, Iterable
from datetime import UTC, datetime

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
# As `domain.clauses` parts them; a test holds the two together.
_CLAUSES = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t]*\d{1,3}\.[ \t])")
# As file managers count.
MEGABYTE = 1_000_000
_NUMBER = re.compile(r"\A\d{1,3}\.[ \t]+")


def t_plus(at_ms: int) -> str:
    """Return exercise time as the room reads it: `T+01:12:40`, `T−00:05:00`."""
    sign = "+" if at_ms >= 0 else "−"
    return f"T{sign}{_hms(abs(at_ms) // 1000)}"


def clock(ms: int) -> str:
    """Return a span as `07:20`, with hours in front from the first one on."""
    seconds = abs(ms) // 1000
    return _hms(seconds) if seconds >= 3600 else _hms(seconds)[3:]  # noqa: PLR2004 - an hour


def moment(given: datetime | str) -> datetime:
    """Return a moment of the record as an aware time in UTC."""
    at = datetime.fromisoformat(given) if isinstance(given, str) else given
    if at.tzinfo is None:
        raise ValueError(at)
    return at.astimezone(UTC)


def filesize(size: int) -> str:
    """Return how large a file is as people say it: `48 KB`, `1.2 MB`."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / MEGABYTE:.1f} MB"


def paragraphs(text: str) -> list[str]:
    """Return the parts between blank lines, unescaped: the template escapes them."""
    parts = _BLANK_LINES.split(text.replace("\r\n", "\n").strip())
    return [part.strip() for part in parts if part.strip()]


def clauses(text: str) -> list[str]:
    """Return a joint text's clauses as the rules count them, without their numbers."""
    parts = _CLAUSES.split(text.replace("\r\n", "\n").strip())
    return [_NUMBER.sub("", part.strip()) for part in parts if part.strip()]


def among(ids: Iterable[str], known: Container[str]) -> list[str]:
    """Return those of some ids that are known, in their order."""
    return [one for one in ids if one in known]


def _hms(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}"
