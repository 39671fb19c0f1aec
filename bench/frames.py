"""The few bytes of WebSocket and Engine.IO that a load client speaks."""

import os
import struct
import zlib
from base64 import b64encode
from dataclasses import dataclass, field

# A server has to take masks off whatever they are; a fixed one costs us less.
MASK = b"\x37\xfa\x21\x3d"
TEXT = 0x81
COMPRESSED = 0x40
SIXTEEN_BITS, SIXTY_FOUR_BITS = 126, 127
DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
TAIL = b"\x00\x00\xff\xff"


def handshake(port: int, about: str, *, deflate: bool) -> bytes:
    """Return the request that opens a WebSocket, with what browsers offer."""
    key = b64encode(os.urandom(16)).decode()
    return (
        f"GET /socket.io/?exercise={about}&EIO=4&transport=websocket HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{port}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        f"{DEFLATE if deflate else ''}\r\n"
    ).encode()


def masked(text: bytes) -> bytes:
    """Return a client's text frame."""
    size = len(text)
    if size < SIXTEEN_BITS:
        head = bytes((TEXT, 0x80 | size))
    else:
        head = struct.pack("!BBH", TEXT, 0x80 | SIXTEEN_BITS, size)
    key = (MASK * (size // 4 + 1))[:size]
    mixed = int.from_bytes(text, "little") ^ int.from_bytes(key, "little")
    return head + MASK + mixed.to_bytes(size, "little")


@dataclass(slots=True)
class Reader:
    """A server's bytes in, whole messages out."""

    _rest: bytes = b""
    _inflate: "zlib._Decompress | None" = field(default=None, repr=False)

    def feed(self, data: bytes) -> list[bytes]:
        """Return the messages that are whole now."""
        if self._rest:
            data = self._rest + data
        found, at = [], 0
        while (ends := _ends(data, at)) is not None:
            begin, end = ends
            found.append(self._message(data[at], data[begin:end]))
            at = end
        self._rest = data[at:]
        return found

    def _message(self, first: int, payload: bytes) -> bytes:
        if not first & COMPRESSED:
            return payload
        if self._inflate is None:
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._inflate.decompress(payload + TAIL)


def _ends(data: bytes, at: int) -> tuple[int, int] | None:
    """Return where the payload of the frame at `at` lies, if all of it is here."""
    have = len(data) - at
    if have < 2:
        return None
    size, begin = data[at + 1], at + 2
    if size == SIXTEEN_BITS and have >= 4:
        size, begin = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
    elif size == SIXTY_FOUR_BITS and have >= 10:
        size, begin = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
    elif size >= SIXTEEN_BITS:
        return None
    end = begin + size
    return (begin, end) if end <= len(data) else None
