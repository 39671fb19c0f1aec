"""A stored record copied to a file, for a process of its own to read."""

from collections.abc import Callable, Iterator
from pathlib import Path

# Some two milliseconds' work.
LINES_AT_ONCE = 25


def write_out(lines: Iterator[bytes], file: Path, rest: Callable[[], object]) -> None:
    """Write a record to a file, and let others run every few lines."""
    with file.open("wb") as written:
        for at, one in enumerate(lines, 1):
            written.write(one)
            if at % LINES_AT_ONCE == 0:
                rest()
