"""One TOML file of a scenario's folder, read within bounds whatever it holds."""

import tomllib
from pathlib import Path
from stat import S_ISREG
from typing import Any

# Longer files are no scenario; refused before they are read into memory.
LARGEST = 2_000_000
# The longest text there is fits; a key with more parts than this has characters
# would take the parser minutes.
LONGEST_LINE = 24_000


class Unreadable(Exception):
    """The file is no table; `message` is a catalogue id that `values` fill."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


def table_in(file: Path) -> dict[str, Any]:
    """Return the file's table.

    Raises:
        FileNotFoundError: there is no such file.
        Unreadable: it is no file of the folder, too large, or no TOML in UTF-8.
    """
    text = _text(file)
    if max(map(len, text.splitlines()), default=0) > LONGEST_LINE:
        raise Unreadable("a line is longer than {most} characters", most=LONGEST_LINE)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # ValueError also for a number of more digits than Python reads.
        raise Unreadable("no valid TOML: {error}", error=_short(error)) from error


def _text(file: Path) -> str:
    try:
        found = file.stat()
        # A pipe would let us wait for ever, a device read without end.
        if not S_ISREG(found.st_mode) or not _is_at_home(file):
            raise Unreadable("is no file of this folder")
        if found.st_size > LARGEST:
            raise Unreadable("longer than 2 MB")
        return file.read_text("utf-8")
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        message = "cannot be read as UTF-8 text: {error}"
        raise Unreadable(message, error=_short(error)) from error


def _is_at_home(file: Path) -> bool:
    """Tell whether a file lies in its folder, and is no link out of it."""
    return file.resolve().is_relative_to(file.parent.resolve())


def _short(error: Exception) -> str:
    """Return what an error says, without what a terminal would obey."""
    said = "".join(one if one.isprintable() else "�" for one in str(error))
    return said[:200]
