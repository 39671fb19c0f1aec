"""What a file is, told from its bytes alone: a whole PNG, a whole PDF, or neither."""

import struct
import zlib
from collections.abc import Iterator

from exercise.domain.scenario import FileType

PNG, PDF = b"\x89PNG\r\n\x1a\n", b"%PDF-"
# A picture of more would fill a phone's memory.
MOST_PIXELS = 40_000_000
_END = b"%%EOF"
_HEAD = struct.Struct(">II")


def filetype(data: bytes) -> FileType:
    """Return what the bytes are; what is both, or carries something behind, is none."""
    if data.startswith(PNG):
        return "png" if _is_whole_png(data) else ""
    if data.startswith(PDF):
        return "pdf" if data.rstrip(b"\r\n\t \x00").endswith(_END) else ""
    return ""


def _is_whole_png(data: bytes) -> bool:
    """Tell whether a picture begins with its size and ends the file with its end."""
    names: list[bytes] = []
    try:
        for name, body in _chunks(data):
            if not names and (name != b"IHDR" or not _is_showable(body)):
                return False
            names.append(name)
    except (struct.error, ValueError):
        return False
    return names[-1:] == [b"IEND"] and names.count(b"IEND") == 1 and b"IDAT" in names


def _is_showable(head: bytes) -> bool:
    width, height = _HEAD.unpack_from(head)
    return bool(0 < width * height <= MOST_PIXELS)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a picture; a broken one is a ValueError."""
    at = len(PNG)
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        (told,) = struct.unpack_from(">I", data, at + 8 + size)
        if zlib.crc32(name + body) != told:
            raise ValueError(name)
        yield name, body
        at += 12 + size
