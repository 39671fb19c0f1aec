"""The gate, the guard and the strict JSON of the live channel, without a server."""

import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from engineio.socket import Socket
from flask import Flask
from flask_socketio import SocketIO
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import create_environ

from exercise.engine import load
from exercise.web import strict_json
from exercise.web.direct import Direct
from exercise.web.gate import Gate
from exercise.web.guard import Guard, NobodyAddressedError, socket_options

HANDSHAKE = {
    "REQUEST_METHOD": "GET",
    "PATH_INFO": "/socket.io/",
    "QUERY_STRING": "EIO=4&transport=websocket",
    "HTTP_UPGRADE": "WebSocket",
    "HTTP_HOST": "hall.example:8000",
}


def passed(**changes: str | None) -> dict[str, Any] | str:
    """Return what reaches the application behind the gate, or the refusal."""
    seen: list[dict[str, Any]] = []
    said: list[str] = []

    def app(environ: dict[str, Any], _start: Callable[..., Any]) -> list[bytes]:
        seen.append(environ)
        return []

    environ = {**HANDSHAKE, **changes}
    environ = {name: value for name, value in environ.items() if value is not None}
    gate = Gate(app, origins=["https://ours.example/"])
    list(gate(environ, lambda status, _headers: said.append(status)))
    return seen[0] if seen else said[0]


@pytest.mark.parametrize(
    "origin",
    [
        "http://hall.example:8000",
        "https://hall.example:8000",
        "https://ours.example",
    ],
)
def test_our_own_origin_brings_its_cookie(origin: str) -> None:
    environ = passed(HTTP_ORIGIN=origin, HTTP_COOKIE="session=1")
    assert isinstance(environ, dict)
    assert environ["HTTP_COOKIE"] == "session=1"


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "https://evil.example",
        "http://hall.example",
        "http://hall.example:8001",
        "http://hall.example:8000.evil.example",
        "http://user@hall.example:8000",
        "http://hall.example:8000/path",
        "http://hall.example:port",
        "https://ours.example.evil.example",
        "ftp://hall.example:8000",
    ],
)
def test_any_other_origin_is_turned_away(origin: str) -> None:
    assert passed(HTTP_ORIGIN=origin) == "403 Forbidden"


def test_a_cookie_without_an_origin_does_not_count() -> None:
    environ = passed(HTTP_COOKIE="session=1")
    assert isinstance(environ, dict)
    assert "HTTP_COOKIE" not in environ


def test_default_ports_need_not_be_named() -> None:
    environ = passed(HTTP_ORIGIN="https://hall.example", HTTP_HOST="hall.example")
    assert isinstance(environ, dict)


@pytest.mark.parametrize(
    "changes",
    [
        {"QUERY_STRING": "EIO=4&transport=polling"},
        {"QUERY_STRING": "transport=websocket"},
        {"QUERY_STRING": "EIO=4&transport=websocket&sid=abc"},
        {"HTTP_UPGRADE": None},
        {"REQUEST_METHOD": "POST"},
        {"PATH_INFO": "/socket.io"},
    ],
)
def test_only_websocket_handshakes_reach_the_live_channel(
    changes: dict[str, str | None],
) -> None:
    expected = "400 Bad Request" if changes != {"PATH_INFO": "/socket.io"} else dict
    answer = passed(**changes)
    assert answer == expected or isinstance(answer, dict) is (expected is dict)


def test_other_pages_pass_untouched() -> None:
    environ = passed(
        PATH_INFO="/desk/1", HTTP_ORIGIN="https://evil.example", HTTP_COOKIE="a=1"
    )
    assert isinstance(environ, dict)
    assert environ["HTTP_COOKIE"] == "a=1"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**53), max_value=2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",))),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcé"), inner),
    max_leaves=20,
)


@given(JSON)
def test_json_survives_the_round_trip_and_python_agrees(value: object) -> None:
    text = strict_json.dumps(value, separators=(",", ":"))
    assert strict_json.loads(text) == strict_json.loads(text.encode()) == value
    assert json.loads(text) == value


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        {"deep": [1, {"er": -math.inf}]},
        (None, math.nan),
        "half \ud800",
        "a\x00b",
        {"a\x00": 1},
        {1: "key"},
        {1, 2},
        2**64,
    ],
)
def test_what_browsers_cannot_read_is_never_written(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        strict_json.dumps(value)


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "[Infinity]",
        "[-Infinity]",
        "1e999",
        '"\\ud800"',
        '"\\udc00\\ud800"',
        '"a\\u0000"',
        '{"a\\u0000": 1}',
        b'["\\u0000"]',
        '"\x00"',
        "[1,]",
        "[" * 5_000,
        "",
    ],
)
def test_what_browsers_cannot_write_is_never_read(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        strict_json.loads(text)


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    assert strict_json.loads('"\\\\u0000"') == "\\u0000"
    assert strict_json.dumps(["\\u0000", None]) == '["\\\\u0000",null]'


class Clock:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def live() -> Iterator[SocketIO]:
    app = Flask(__name__)
    socketio = SocketIO(app, **socket_options(load("threading")))
    socketio.server_options["app"] = app
    socketio.on_event("connect", lambda _auth: True, namespace="/live")
    yield socketio
    socketio.server.eio.sockets.clear()


def connected(live: SocketIO) -> Socket:
    """Return an Engine.IO socket that is open and has said nothing yet."""
    eio = live.server.eio
    client = Socket(eio, eio.generate_id())
    eio.sockets[client.sid] = client
    environ = create_environ("/socket.io/", environ_base=HANDSHAKE)
    app = live.server_options["app"]
    eio.handlers["connect"](client.sid, {**environ, "flask.app": app})
    return client


def says(live: SocketIO, client: Socket, packet: str) -> None:
    live.server.eio.handlers["message"](client.sid, packet)


def test_a_socket_without_a_namespace_is_cut_after_ten_seconds(live: SocketIO) -> None:
    clock = Clock()
    guard = Guard(live, now=clock)
    idle, joined = connected(live), connected(live)
    says(live, joined, "0/live,{}")
    guard.sweep()
    clock.now = 9.9
    guard.sweep()
    assert not idle.closed
    clock.now = 10.0
    guard.sweep()
    assert idle.closed
    assert not joined.closed
    assert guard.dropped == {"never_joined": 1}


def test_a_socket_that_leaves_its_namespace_is_cut_too(live: SocketIO) -> None:
    clock = Clock()
    guard = Guard(live, now=clock)
    client = connected(live)
    says(live, client, "0/live,{}")
    guard.sweep()
    clock.now = 100.0
    says(live, client, "1/live,")
    guard.sweep()
    assert not client.closed
    clock.now = 110.0
    guard.sweep()
    assert client.closed


def test_emit_without_an_addressee_is_an_error(live: SocketIO) -> None:
    Guard(live)
    for nobody in ([], "", None):
        with pytest.raises(NobodyAddressedError):
            live.emit("entries", 1, to=nobody, namespace="/live")


def test_direct_raises_on_nobody_and_passes_over_who_is_gone(live: SocketIO) -> None:
    direct = Direct(live, load("threading"))
    for nobody in ([], (), "", "a-sid-and-no-list", [""], ["sid", None], None):
        with pytest.raises(NobodyAddressedError):
            direct.send("/live", nobody, "entries", b"1")  # type: ignore[arg-type]
    direct.send("/live", ["long-gone"], "entries", b"1")
    direct.forget("long-gone")
    direct.hang_up("/live", "long-gone")


def test_a_client_of_flasks_test_kit_hears_direct_too(live: SocketIO) -> None:
    direct = Direct(live, load("threading"))
    client = live.test_client(live.server_options["app"])
    client.connect("/live", auth={"token": "x"})
    sids = list(live.server.manager.rooms["/live"][None])
    direct.send("/live", sids, "entries", b'{"audience":"VES"}')
    (got,) = client.get_received("/live")
    assert (got["name"], got["args"]) == ("entries", [{"audience": "VES"}])
