"""The WebSocket's frames: what is read, what is refused, what is written."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.engine.frames import (
    BrokenFrameError,
    Control,
    Opcode,
    Reader,
    Status,
    close_frame,
    frame,
    handshake,
    message_frame,
    unmask,
)

LIMIT = 70_000


def by_a_client(opcode: int, payload: bytes, *, final: bool = True) -> bytes:
    mask = b"\x01\x80\xff\x37"
    plain = frame(Opcode.TEXT, payload)
    head = len(plain) - len(payload)
    first = (0x80 if final else 0) | opcode
    return (
        bytes([first, plain[1] | 0x80]) + plain[2:head] + mask + slowly(payload, mask)
    )


def slowly(data: bytes, mask: bytes) -> bytes:
    return bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))


def refusal(*pieces: bytes, limit: int = LIMIT) -> Status:
    reader = Reader(limit)

    def read() -> None:
        for piece in pieces:
            list(reader.feed(piece))

    with pytest.raises(BrokenFrameError) as broken:
        read()
    return broken.value.status


@given(st.binary(max_size=2_000), st.binary(min_size=4, max_size=4))
def test_the_fast_unmask_equals_the_slow_one(data: bytes, mask: bytes) -> None:
    assert unmask(data, mask) == slowly(data, mask)


@given(
    st.lists(st.text() | st.binary(), max_size=5),
    st.integers(min_value=1, max_value=7),
)
def test_messages_arrive_however_the_bytes_are_cut(
    messages: list[str | bytes], step: int
) -> None:
    stream = b"".join(
        by_a_client(1, each.encode()) if isinstance(each, str) else by_a_client(2, each)
        for each in messages
    )
    reader = Reader(LIMIT)
    pieces = [stream[at : at + step] for at in range(0, len(stream), step)]
    assert [got for piece in pieces for got in reader.feed(piece)] == messages


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_every_form_of_length_is_read_and_written(size: int) -> None:
    payload = b"x" * size
    assert list(Reader(LIMIT).feed(by_a_client(2, payload))) == [payload]
    assert message_frame(payload).endswith(payload)
    assert message_frame("x" * size)[1:] == message_frame(payload)[1:]


def test_fragments_with_a_ping_between_them_make_one_message() -> None:
    text = "Détente".encode()
    stream = (
        by_a_client(1, text[:2], final=False)
        + by_a_client(9, b"there?")
        + by_a_client(0, b"", final=False)
        + by_a_client(0, text[2:])
    )
    ping, message = Reader(LIMIT).feed(stream)
    assert ping == Control(Opcode.PING, b"there?")
    assert message == "Détente"


def test_a_message_may_not_exceed_the_limit_in_one_frame_or_in_many() -> None:
    # The length alone refuses it: not a byte of it has to arrive.
    assert refusal(by_a_client(1, b"x" * 11)[:6], limit=10) is Status.TOO_BIG
    parts = [by_a_client(1, b"xxx", final=False)]
    parts += [by_a_client(0, b"xxx", final=False)] * 3
    assert refusal(*parts, limit=10) is Status.TOO_BIG


def test_what_came_before_a_broken_frame_is_kept() -> None:
    messages = Reader(LIMIT).feed(by_a_client(1, b"good") + by_a_client(3, b"bad"))
    assert next(messages) == "good"
    with pytest.raises(BrokenFrameError):
        next(messages)


@pytest.mark.parametrize(
    ("stream", "status"),
    [
        (b"\x81\x01x", Status.PROTOCOL_ERROR),
        (b"\xc1\x81\x00\x00\x00\x00x", Status.PROTOCOL_ERROR),
        (by_a_client(3, b""), Status.PROTOCOL_ERROR),
        (by_a_client(0, b"continues nothing"), Status.PROTOCOL_ERROR),
        (by_a_client(9, b"", final=False), Status.PROTOCOL_ERROR),
        (by_a_client(9, b"x" * 126), Status.PROTOCOL_ERROR),
        (by_a_client(1, b"a", final=False) + by_a_client(1, b"b"), 1002),
        (by_a_client(1, b"\xff"), Status.NOT_UTF8),
        (by_a_client(1, "\ud800".encode(errors="surrogatepass")), Status.NOT_UTF8),
    ],
    ids=[
        "not masked",
        "compressed",
        "unknown kind",
        "continues nothing",
        "ping in pieces",
        "long ping",
        "two at once",
        "not UTF-8",
        "half a surrogate",
    ],
)
def test_what_leaves_the_protocol_is_refused(stream: bytes, status: int) -> None:
    assert refusal(stream) == status


def test_a_goodbye_carries_its_reason() -> None:
    assert struct.unpack("!H", close_frame(Status.TOO_BIG)[2:])[0] == 1009


HANDSHAKE = {
    "HTTP_UPGRADE": "websocket",
    "HTTP_SEC_WEBSOCKET_VERSION": "13",
    # The example of RFC 6455, section 1.3.
    "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==",
    "HTTP_SEC_WEBSOCKET_EXTENSIONS": "permessage-deflate",
}


def test_a_handshake_is_answered_as_the_standard_says_and_grants_nothing() -> None:
    answer = handshake(HANDSHAKE)
    assert answer is not None
    assert b"\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer
    assert b"Extensions" not in answer


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("HTTP_UPGRADE", "h2c"),
        ("HTTP_SEC_WEBSOCKET_VERSION", "8"),
        ("HTTP_SEC_WEBSOCKET_KEY", "c2hvcnQ="),
        ("HTTP_SEC_WEBSOCKET_KEY", "é"),
    ],
)
def test_what_is_no_handshake_is_not_answered(header: str, value: str) -> None:
    assert handshake(HANDSHAKE | {header: value}) is None
