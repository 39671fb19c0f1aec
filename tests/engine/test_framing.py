"""Where a request ends, told in every way there is."""

from http.client import parse_headers
from io import BytesIO

import pytest

from exercise.engine.framing import is_plain


def headers(*lines: bytes) -> bool:
    told = b"\r\n".join([b"Host: x", *lines, b"", b""])
    return is_plain(parse_headers(BytesIO(told)))


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (b"Content-Length: 0",),
        (b"Content-Length: 262144",),
        (b"content-length:12",),
        (b"Transfer-Encoding: chunked",),
        (b"Transfer-Encoding: CHUNKED", b"Trailer: x"),
        (b"Cookie: a=1", b"Cookie: b=2"),
        (b"X-Name: \xc3\xa9",),
        (b"X-Empty:",),
    ],
)
def test_what_every_client_sends_is_plain(lines: tuple[bytes, ...]) -> None:
    assert headers(*lines)


@pytest.mark.parametrize(
    "lines",
    [
        (b"Content-Length: 3", b"Transfer-Encoding: chunked"),
        (b"Content-Length: 3", b"Content-Length: 3"),
        (b"Content-Length: 3, 3",),
        (b"Content-Length: +3",),
        (b"Content-Length: -3",),
        (b"Content-Length: 0x3",),
        (b"Content-Length: 1_0",),
        (b"Content-Length: \xd9\xa3",),
        (b"Content-Length:",),
        (b"Content-Length : 3",),
        (b"Content-Length:", b" 3"),
        (b"Transfer-Encoding: xchunked",),
        (b"Transfer-Encoding: identity, chunked",),
        (b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"),
        (b"Transfer-Encoding: \x0bchunked",),
        (b"Transfer-Encoding:", b" chunked"),
        (b"Transfer-Encoding : chunked",),
        (b"X-Folded: a", b"\tb"),
        (b"X-Nul: a\x00b",),
        (b"no header at all",),
        (b"Content-Length\x00: 3",),
    ],
)
def test_what_could_be_read_in_two_ways_is_not(lines: tuple[bytes, ...]) -> None:
    assert not headers(*lines)
