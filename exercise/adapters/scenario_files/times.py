"""Times as authors write them: points as `T+h:mm[:ss]`, lengths as `1h30m`."""

import re

_POINT = re.compile(r"T\+(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
_LENGTH = re.compile(r"(?=\d)(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,5})s)?")

# Fields that name a moment of the exercise; every other time is a length.
POINTS = frozenset({"at", "start", "end", "need_by", "useless_after"})


def milliseconds(key: str, text: str) -> int | None:
    """Return the exercise milliseconds that `text` means under `key`, or None."""
    pattern = _POINT if key in POINTS else _LENGTH
    match = pattern.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000


def form(key: str) -> str:
    """Return an example of how a time under `key` is written."""
    return "T+0:45" if key in POINTS else "20m"


def point(ms: int) -> str:
    """Write a moment of the exercise as `T+h:mm[:ss]`."""
    minutes, seconds = divmod(ms // 1000, 60)
    tail = f":{seconds:02}" if seconds else ""
    return f"T+{minutes // 60}:{minutes % 60:02}{tail}"
