"""The WebSocket's frames (RFC 6455), as bytes in and messages out.

One reader for all engines: their own accept compressed frames, unmask byte by byte,
or let a fragmented message grow without end.
"""

import base64
import binascii
import hashlib
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_FINAL = 0x80
_MASKED = 0x80
_RESERVED_BITS = 0x70
_LENGTH_IN_16_BITS, _LENGTH_IN_64_BITS = 126, 127
_MOST_IN_CONTROL = 125
_MASK_SIZE = 4
_KEY_SIZE = 16


class Opcode(IntEnum):
    """What a frame carries."""

    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


class Status(IntEnum):
    """Why a connection is closed."""

    NORMAL = 1000
    PROTOCOL_ERROR = 1002
    NOT_UTF8 = 1007
    TOO_BIG = 1009


class BrokenFrameError(Exception):
    """The peer left the protocol; the connection closes with this status."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.name)
        self.status = status


@dataclass(frozen=True, slots=True)
class Control:
    """A frame about the connection."""

    opcode: Opcode
    payload: bytes


def handshake(environ: Mapping[str, Any]) -> bytes | None:
    """Return the answer that upgrades a request, or nothing when it is none.

    No extension is ever granted: compression costs twice the time and four times
    the memory of a client.
    """
    key = str(environ.get("HTTP_SEC_WEBSOCKET_KEY", ""))
    upgrade = str(environ.get("HTTP_UPGRADE", "")).lower()
    version = environ.get("HTTP_SEC_WEBSOCKET_VERSION")
    if upgrade != "websocket" or version != "13" or not _is_key(key):
        return None
    # RFC 6455 prescribes SHA-1 here; it secures nothing.
    digest = hashlib.sha1(key.encode() + _GUID, usedforsecurity=False).digest()
    return (
        b"HTTP/1.1 101 Switching Protocols\r\n"
        b"Upgrade: websocket\r\n"
        b"Connection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + base64.b64encode(digest) + b"\r\n\r\n"
    )


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == _KEY_SIZE
    except (binascii.Error, ValueError):
        return False


def unmask(data: bytes, mask: bytes) -> bytes:
    """Return `data` with the four bytes of `mask` taken off, over and over."""
    # One operation on a long integer: fifty times as fast as a loop over bytes.
    size = len(data)
    key = (mask * (size // _MASK_SIZE + 1))[:size]
    plain = int.from_bytes(data, "little") ^ int.from_bytes(key, "little")
    return plain.to_bytes(size, "little")


def frame(opcode: Opcode, payload: bytes) -> bytes:
    """Return one whole frame as a server sends it."""
    size = len(payload)
    if size < _LENGTH_IN_16_BITS:
        return struct.pack("!BB", _FINAL | opcode, size) + payload
    if size < 1 << 16:
        head = struct.pack("!BBH", _FINAL | opcode, _LENGTH_IN_16_BITS, size)
        return head + payload
    return struct.pack("!BBQ", _FINAL | opcode, _LENGTH_IN_64_BITS, size) + payload


def message_frame(message: str | bytes) -> bytes:
    """Return the frame of one message."""
    if isinstance(message, str):
        return frame(Opcode.TEXT, message.encode())
    return frame(Opcode.BINARY, message)


def close_frame(status: Status) -> bytes:
    """Return the frame that says goodbye."""
    return frame(Opcode.CLOSE, struct.pack("!H", status))


class Reader:
    """Turns the bytes of one client into messages of at most `limit` bytes."""

    __slots__ = ("_buffer", "_limit", "_message", "_opcode")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._buffer = bytearray()
        self._message = bytearray()
        self._opcode: Opcode | None = None

    def feed(self, data: bytes) -> Iterator[str | bytes | Control]:
        """Take bytes and give the messages they complete."""
        self._buffer += data
        while (got := self._next_frame()) is not None:
            opcode, final, payload = got
            if opcode >= Opcode.CLOSE:
                yield Control(opcode, payload)
                continue
            self._add(opcode, payload)
            if final:
                yield self._whole()

    def _next_frame(self) -> tuple[Opcode, bool, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:  # noqa: PLR2004 - the two bytes of a header
            return None
        opcode = self._opcode_of(buffer[0], buffer[1])
        size, start = self._size()
        if size is None:
            return None
        if opcode < Opcode.CLOSE and len(self._message) + size > self._limit:
            raise BrokenFrameError(Status.TOO_BIG)
        body, end = start + _MASK_SIZE, start + _MASK_SIZE + size
        if len(buffer) < end:
            return None
        payload = unmask(bytes(buffer[body:end]), bytes(buffer[start:body]))
        final = bool(buffer[0] & _FINAL)
        del buffer[:end]
        return opcode, final, payload

    def _opcode_of(self, first: int, second: int) -> Opcode:
        if first & _RESERVED_BITS or not second & _MASKED:
            raise BrokenFrameError(Status.PROTOCOL_ERROR)
        try:
            opcode = Opcode(first & 0x0F)
        except ValueError as error:
            raise BrokenFrameError(Status.PROTOCOL_ERROR) from error
        oversized = second & ~_MASKED > _MOST_IN_CONTROL or not first & _FINAL
        if opcode >= Opcode.CLOSE and oversized:
            raise BrokenFrameError(Status.PROTOCOL_ERROR)
        return opcode

    def _size(self) -> tuple[int | None, int]:
        """Return the payload's length, if it is there, and where the mask begins."""
        short = self._buffer[1] & ~_MASKED
        if short < _LENGTH_IN_16_BITS:
            return short, 2
        form, start = ("!H", 4) if short == _LENGTH_IN_16_BITS else ("!Q", 10)
        if len(self._buffer) < start:
            return None, start
        return struct.unpack_from(form, self._buffer, 2)[0], start

    def _add(self, opcode: Opcode, payload: bytes) -> None:
        # A first frame names its kind, and only those that follow continue it.
        if (self._opcode is None) == (opcode is Opcode.CONTINUATION):
            raise BrokenFrameError(Status.PROTOCOL_ERROR)
        if opcode is not Opcode.CONTINUATION:
            self._opcode = opcode
        self._message += payload

    def _whole(self) -> str | bytes:
        opcode, message = self._opcode, bytes(self._message)
        self._opcode = None
        self._message.clear()
        if opcode is Opcode.BINARY:
            return message
        try:
            return message.decode()
        except UnicodeDecodeError as error:
            raise BrokenFrameError(Status.NOT_UTF8) from error
