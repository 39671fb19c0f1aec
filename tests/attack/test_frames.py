"""Frames that no client would send, to a real server: it goes on as if nothing was."""

import base64
import json
import os
import random
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pytest

from tests import many
from tests.attack.conftest import Tally
from tests.e2e.house import House, Opened, running
from tests.e2e.program import Program

pytestmark = [pytest.mark.attack, pytest.mark.server]
CORPUS = "frames"

Json: TypeAlias = Any

CASES = many(short=1_000, full=50_000)
# So many on one connection, if the server does not hang up before.
A_LINE = 40
PATIENCE_S = 20
PATH = "/socket.io/?EIO=4&transport=websocket"


@pytest.fixture(scope="module")
def house(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp(f"frames-{engine}")
    with running(folder, engine) as server:
        yield server


@dataclass
class Raw:
    """A WebSocket of bytes: no library stands between the test and the line."""

    house: House
    line: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        place = ("127.0.0.1", self.house.port)
        self.line = socket.create_connection(place, timeout=PATIENCE_S)
        key = base64.b64encode(os.urandom(16)).decode()
        self.line.sendall(
            f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{self.house.port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        assert b"101 Switching" in self._until(b"\r\n\r\n")

    def _until(self, end: bytes) -> bytes:
        got = b""
        while end not in got:
            data = self.line.recv(4096)
            assert data, got
            got += data
        return got

    def send(self, data: bytes) -> bool:
        """Send; tell whether the line still stands."""
        try:
            self.line.sendall(data)
        except OSError:
            return False
        return True

    def is_answered(self) -> bool:
        """Wait until the server has read everything: it pongs, or has hung up."""
        if not self.send(frame(9, b"barrier")):
            return False
        got = b""
        with suppress(OSError):
            while b"\x8a\x07barrier" not in got:
                data = self.line.recv(65536)
                if not data:
                    return False
                got = got[-16:] + data
            return True
        return False

    def close(self) -> None:
        self.line.close()


def frame(
    opcode: int,
    payload: bytes,
    *,
    final: bool = True,
    masked: bool = True,
    rsv: int = 0,
) -> bytes:
    """Return a frame as a client sends it, or nearly."""
    head = (0x80 if final else 0) | rsv << 4 | opcode
    mask = os.urandom(4) if masked else b""
    bit = 0x80 if masked else 0
    size = len(payload)
    if size < 126:
        start = struct.pack("!BB", head, bit | size)
    elif size < 1 << 16:
        start = struct.pack("!BBH", head, bit | 126, size)
    else:
        start = struct.pack("!BBQ", head, bit | 127, size)
    if masked:
        payload = bytes(b ^ mask[n % 4] for n, b in enumerate(payload))
    return start + mask + payload


def text(told: str) -> bytes:
    return frame(1, told.encode("utf-8", "surrogatepass"))


# --- A grammar of what Engine.IO and Socket.IO say, and of what nobody says -----

EVENTS = (
    "command", "sync", "seen", "connect", "disconnect", "*", "entries", "beat",
    "revoked", "message", "error", "connect_error", "__class__", "", "ping",
)  # fmt: skip
NAMESPACES = (
    "/live",
    "/",
    "",
    "/admin",
    "/live/",
    "/LIVE",
    "/live?x=1",
    "/" + "n" * 300,
)
WORDS = (
    "null", "true", "0", "-1", "1e999", "NaN", "Infinity", '""', '"\\ud800"',
    '"\\u0000"',
    "[]", "{}", "[[]]", '{"a":1}', "[" * 2_000, "[" * 500 + "]" * 500, "{", "}", '"',
    '{"cursors":{"VES":0,"KAS":0}}', '{"cursors":{"facilitators":0}}',
    '{"cursors":{"KAS":-1}}', '{"cursors":{"KAS":99999999999999999999}}',
    '{"cursors":[]}', '{"cursors":{"KAS":true}}', '{"audience":"VES","position":1}',
    '{"audience":"KAS","position":1e3}', '{"audience":"KAS","position":-5}',
    '{"_placeholder":true,"num":0}', '{"token":"x"}', '{"membership":"x"}',
)  # fmt: skip


@dataclass
class Speaker:
    """Makes up packets; what it draws depends on its seed alone."""

    draw: random.Random
    tokens: tuple[str, ...]

    def packet(self) -> bytes:
        """Return what the server should take or drop, and go on."""
        ways: tuple[Callable[[], bytes], ...] = (
            *(self.event, self.event, self.event, self.event, self.connect),
            *(self.engine, self.noise, self.bent, self.fragments, self.binary),
        )
        return self.draw.choice(ways)()

    def farewell(self) -> bytes:
        """Return what the server should hang up on."""
        noise = frame(1, b"4\xff" + self.draw.randbytes(self.draw.randrange(80)))
        bent = frame(1, self._bent(256))
        return self.draw.choice((self.broken(), noise, bent, text("1"), frame(8, b"")))

    def event(self) -> bytes:
        namespace = self.draw.choice(("/live", "/live", *NAMESPACES))
        number = self.draw.choice(("", "0", "1", "-1", "9" * 30, "1-", "٣"))
        kind = self.draw.choice("2222223456789-")
        arguments = ",".join(
            self.argument() for _ in range(self.draw.choice((0, 1, 1, 2)))
        )
        name = json.dumps(self.draw.choice(EVENTS))
        body = f"[{name}{',' if arguments else ''}{arguments}]"
        comma = "," if namespace not in {"", "/"} else ""
        return text(f"4{kind}{namespace}{comma}{number}{body}")

    def argument(self) -> str:
        if self.draw.random() < 0.5:
            return self.draw.choice(WORDS)
        told = {
            "id": self.draw.choice(("x", "", "7fc3da40-a38a-4b2d-8056-9e0a30788ed0")),
            "type": self.draw.choice(
                ("start", "end", "note", "release", "act", "draft")
            ),
        }
        extra = self.draw.choice(("actor", "role", "seq", "text", "inject", "fields"))
        told[extra] = self.draw.choice(("facilitator", "beacon", "VES", "x" * 2_000))
        return json.dumps(told)

    def connect(self) -> bytes:
        namespace = self.draw.choice(("/live", *NAMESPACES))
        token = self.draw.choice((*self.tokens, "", "x", "null"))
        auth = self.draw.choice((json.dumps({"token": token}), *WORDS))
        return text(f"40{namespace},{auth}")

    def engine(self) -> bytes:
        letter = self.draw.choice("023456789bxz \x1e")
        return text(
            letter + self.draw.choice(("", "probe", "{}", "\x00", "é", "x" * 500))
        )

    def noise(self) -> bytes:
        return frame(2, self.draw.randbytes(self.draw.randrange(80)))

    def bent(self) -> bytes:
        return frame(1, self._bent(128))

    def _bent(self, most: int) -> bytes:
        """Return a packet of the grammar with some of its bytes changed."""
        data = bytearray(f'42/live,1["sync",{self.argument()}]'.encode())
        for _ in range(self.draw.randrange(1, 4)):
            data[self.draw.randrange(len(data))] = self.draw.randrange(most)
        # Whoever says goodbye is not heard any more.
        return bytes(data).replace(b"1", b"4", 1) if data[0] == 0x31 else bytes(data)

    def fragments(self) -> bytes:
        parts = [b'42/live,1["sync",', b'{"cursors":', b"{}}", b"]"]
        parts += [b""] * self.draw.choice((0, 3, 200))
        opcodes = [1] + [0] * (len(parts) - 1)
        ends = [False] * (len(parts) - 1) + [True]
        return b"".join(
            frame(opcode, part, final=end)
            for opcode, part, end in zip(opcodes, parts, ends, strict=True)
        )

    def broken(self) -> bytes:
        """What leaves the protocol; after most of these the server hangs up."""
        return self.draw.choice(
            (
                frame(1, b"4", masked=False),
                frame(1, b"42", rsv=self.draw.randrange(1, 8)),
                frame(self.draw.choice((3, 4, 5, 6, 7, 11, 12, 15)), b"x"),
                frame(0, b"goes on with nothing"),
                frame(1, b"begun", final=False) + frame(1, b"begun again"),
                frame(9, b"x" * 126),
                frame(8, b"\x03"),
                frame(8, struct.pack("!H", 1005) + b"\xff"),
                frame(9, b"in pieces", final=False),
                frame(1, b"4" + b"\xff\xfe\xfd"),
                frame(1, b"x" * (64 << 10)),
                struct.pack("!BBQ", 0x81, 0xFF, 1 << 62) + b"abcd" + b"x" * 50,
                struct.pack("!BBQ", 0x81, 0xFF, (1 << 64) - 1) + b"abcd",
                struct.pack("!BBH", 0x81, 0xFE, 3) + b"abcdxyz",
            )
        )

    def binary(self) -> bytes:
        if self.draw.random() < 0.5:
            return text(
                f'45{self.draw.choice(("1", "0", "99", "-1", ""))}-/live,1["sync"]'
            )
        return frame(2, b"\x04" + self.draw.randbytes(40))


# --- What it may not do ---------------------------------------------------------


@dataclass
class Room:
    """Two exercises: one with the attacker in a delegation, and one without."""

    house: House
    here: Opened
    elsewhere: Opened
    mine: Json

    def deeds(self) -> list[list[Json]]:
        """Return what people have done in each of the two; time does things too."""
        streams = (self.house.entries(one) for one in (self.here, self.elsewhere))
        return [[one for one in each if one["author"]["member"]] for each in streams]


@pytest.fixture(scope="module")
def room(house: House) -> Room:
    here, elsewhere = house.open("Here"), house.open("Elsewhere")
    for one in (here, elsewhere):
        house.order(one, "start")
    party = min(here.codes)
    return Room(house, here, elsewhere, house.join(here.codes[party], "Mallory"))


def test_the_server_outlives_thousands_of_frames_and_nothing_has_moved(
    room: Room, tally: Tally
) -> None:
    before = room.deeds()
    drawn = random.Random(7)  # noqa: S311 - the same frames each time
    speaker = Speaker(drawn, (room.mine["token"],))
    sent = 0
    while sent < CASES:
        line = Raw(room.house)
        if speaker.draw.random() < 0.7:
            auth = json.dumps({"token": room.mine["token"]})
            line.send(text(f"40/live,{auth}"))
        for _ in range(A_LINE - 1):
            line.send(speaker.packet())
        stood = line.is_answered()
        line.send(speaker.farewell())
        line.is_answered()
        line.close()
        assert stood, "a packet that should be dropped has cut the line"
        sent += A_LINE
    tally.add("sent", sent)
    still_serves(room, before)


def still_serves(room: Room, before: list[list[Json]]) -> None:
    """Hold the server to be alive, a fresh client to work, and nobody to have acted."""
    assert room.house.process is not None
    assert room.house.process.poll() is None
    assert not room.house.errors
    after = room.deeds()
    assert after[1] == before[1]
    new = after[0][len(before[0]) :]
    strange = [one for one in new if one["author"]["member"] != room.mine["member"]]
    assert not strange, strange
    party = sorted(room.here.codes)[1]
    told = room.house.join(room.here.codes[party], "Honest")
    with Program(room.house, told["token"]) as honest:
        assert honest.everything(party)


def test_ten_thousand_tiny_fragments_are_one_message_or_none(room: Room) -> None:
    before = room.deeds()
    line = Raw(room.house)
    line.send(frame(1, b"4", final=False))
    line.send(frame(0, b"", final=False) * 5_000)
    line.send(frame(0, b"x", final=False) * 5_000)
    line.send(frame(0, b"", final=True))
    assert line.is_answered()
    line.close()
    still_serves(room, before)


def test_a_message_past_the_limit_ends_the_line_however_it_is_cut(room: Room) -> None:
    before = room.deeds()
    for size in (1, 1 << 10, 63 << 10):
        line = Raw(room.house)
        line.send(frame(1, b"4" * size, final=False))
        piece = frame(0, b"x" * size, final=False) * min(2_000, (70 << 10) // size)
        alive = all(line.send(piece) for _ in range(1 + (70 << 10) // len(piece) * 8))
        assert not alive or not line.is_answered()
        line.close()
    still_serves(room, before)


def test_polling_takes_nothing(room: Room) -> None:
    before = room.deeds()
    path = "/socket.io/?EIO=4&transport=polling"
    assert room.house.page(path)[0] == 400
    assert room.house.page(path + "&sid=x")[0] == 400
    assert room.house.page("/socket.io/?EIO=3&transport=websocket")[0] == 400
    still_serves(room, before)
