"""Requests whose end is told twice or in a way of their own get one answer each."""

import re
import socket
from collections.abc import Iterator

import pytest

from tests.attack.conftest import Tally
from tests.e2e.house import House, running

pytestmark = [pytest.mark.attack, pytest.mark.server]
CORPUS = "smuggled requests"

HIDDEN = b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
# Hidden behind a last chunk, for whoever reads lengths; and as it is, for whoever
# reads neither.
BODIES = (b"0\r\n\r\n" + HIDDEN, HIDDEN)
BODY = BODIES[0]
# Answered once, whatever is hidden behind it. The length that is told is the one of
# everything, so that a server which believes it sees one request.
ONCE: dict[str, bytes] = {
    "length and chunks": b"Content-Length: %d\r\n" % len(BODY) + CHUNKED,
    "chunks and length": CHUNKED + b"Content-Length: %d\r\n" % len(BODY),
    "two lengths": b"Content-Length: %d\r\nContent-Length: 0\r\n" % len(BODY),
    "two lengths, the other way": b"Content-Length: 0\r\nContent-Length: %d\r\n"
    % len(BODY),
    "lengths in a list": b"Content-Length: 0, %d\r\n" % len(BODY),
    "a length with a sign": b"Content-Length: +%d\r\n" % len(BODY),
    "a length below nothing": b"Content-Length: -1\r\n",
    "a length in hex": b"Content-Length: 0x2b\r\n",
    "a length with an underscore": b"Content-Length: 4_3\r\n",
    "a length in other digits": "Content-Length: ٤٣\r\n".encode(),
    "a length with a space before its colon": b"Content-Length : 43\r\n",
    "a folded length": b"Content-Length:\r\n 43\r\n",
    "chunks under another name": b"Transfer-Encoding: xchunked\r\n",
    "chunks with a vertical tab": b"Transfer-Encoding: \x0bchunked\r\n",
    "chunks with a space before the colon": b"Transfer-Encoding : chunked\r\n",
    "chunks folded": b"Transfer-Encoding:\r\n chunked\r\n",
    "chunks twice": CHUNKED + b"Transfer-Encoding: identity\r\n",
    "chunks in a list": b"Transfer-Encoding: identity, chunked\r\n",
    "a name with a NUL": b"Content-Length\x00: 43\r\n",
    "a bare line feed": b"X: y\nContent-Length: 43\r\n",
}
ANSWER = re.compile(rb"HTTP/1\.[01] (\d{3}) ")
FIRST = b"POST /api/v1/join HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def house(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running(tmp_path_factory.mktemp(f"smuggled-{engine}"), engine) as server:
        yield server


def said(house: House, request: bytes) -> list[int]:
    """Return the status of everything that is answered to some bytes."""
    with socket.create_connection(("127.0.0.1", house.port), timeout=5) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        got = b""
        while part := line.recv(65_536):
            got += part
    return [int(one) for one in ANSWER.findall(got)]


@pytest.mark.parametrize("body", BODIES, ids=["behind a chunk", "as it is"])
@pytest.mark.parametrize("sort", ONCE)
def test_a_hidden_request_is_not_answered(
    house: House, sort: str, body: bytes, tally: Tally
) -> None:
    answers = said(house, FIRST + ONCE[sort] + b"\r\n" + body)
    # 200 would be the hidden one's: the first is refused, whatever is in it.
    assert 200 not in answers, answers
    assert all(one < 500 for one in answers) or answers[:1] == [501], answers
    tally.add(f"{len(answers)} answers")


def test_two_honest_requests_in_one_line_are_two(house: House) -> None:
    first = FIRST + b"Content-Length: 2\r\n\r\n{}"
    answers = said(house, first + HIDDEN)
    assert answers[0] in {400, 422}
    assert answers[1:] in ([200], [])


def test_chunks_with_a_trailer_bring_no_header(house: House) -> None:
    trailer = b"0\r\nAuthorization: Bearer x\r\nCookie: detente=x\r\n\r\n"
    answers = said(house, FIRST + CHUNKED + b"\r\n2\r\n{}\r\n" + trailer + HIDDEN)
    assert len(answers) <= 2
    assert all(one < 500 for one in answers)
