"""The traps of the live channel, on every engine's real server."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import socketio
import websocket

from exercise.engine import conflicts
from tests.engine.clients import ENGINES, Client, Server, running

pytestmark = pytest.mark.server


def test_accepted_sockets_answer_without_delay(server: Server) -> None:
    assert server.join().ask("option") == 1


def test_compression_is_refused_when_a_browser_offers_it(server: Server) -> None:
    offer = ["Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"]
    client = server.join(header=offer)
    headers = client.socket.handshake_response.headers
    assert "sec-websocket-extensions" not in headers
    assert client.ask("echo", "plain") == "plain"


def test_a_message_over_the_limit_closes_even_in_fragments(server: Server) -> None:
    client = server.join().socket
    part = websocket.ABNF(0, 0, 0, 0, websocket.ABNF.OPCODE_TEXT, 1, "x" * 20_000)

    def flood() -> None:
        client.send_frame(part)
        part.opcode = websocket.ABNF.OPCODE_CONT
        for _ in range(2_000):
            client.send_frame(part)

    with pytest.raises(ConnectionError):
        flood()


def test_a_long_message_in_fragments_arrives_whole(server: Server) -> None:
    client = server.join()
    text = '42/live,0["echo","' + "é" * 20_000 + '"]'
    data = text.encode()
    first = websocket.ABNF(0, 0, 0, 0, websocket.ABNF.OPCODE_TEXT, 1, data[:9_001])
    last = websocket.ABNF(1, 0, 0, 0, websocket.ABNF.OPCODE_CONT, 1, data[9_001:])
    client.socket.send_frame(first)
    client.socket.ping("between the two")
    client.socket.send_frame(last)
    assert client.answer() == "é" * 20_000


@pytest.mark.parametrize("name", ["connect", "disconnect", "*", "unheard_of"])
def test_reserved_and_unregistered_events_change_nothing(
    server: Server, name: str
) -> None:
    client = server.join("Ada")
    client.send(name, {"name": "Mallory"})
    assert client.ask("echo", "still here") == "still here"
    assert "Mallory" not in server.get()["connects"]
    client.ask("fan", {"count": 1, "size": 1})
    assert client.entries(1)


NONSENSE = [
    "",
    "x",
    "9",
    "4",
    "4x",
    "49",
    "4²",
    "42/live,{",
    "42/live,[NaN]",
    "42/live,17",
    "42/live,[]",
    '42/live,[["echo"]]',
    "4{}",
    "b4AAAA",
    "42/live," + "[" * 60_000,
    "44/live,",
    '451-/live,["echo",{"_placeholder":true,"num":0}]',
    "43/live,5[1]",
    '42/elsewhere,["echo",1]',
    "41/elsewhere",
]


def test_frames_that_mean_nothing_are_dropped_and_counted(server: Server) -> None:
    before = sum(server.get()["dropped"].values())
    client = server.join()
    for nonsense in NONSENSE:
        client.socket.send(nonsense)
    client.socket.send_binary(b"\x04\xff")
    assert client.ask("echo", 1) == 1
    dropped = sum(server.get()["dropped"].values()) - before
    # A farewell to a namespace that one is not in is no nonsense, just needless.
    assert dropped == len(NONSENSE) + 1 - 1


def test_only_namespaces_with_handlers_accept(server: Server) -> None:
    client = server.raw()
    client.recv()
    client.send("40")
    assert client.recv().startswith("44")


def test_what_no_browser_can_parse_is_refused_both_ways(server: Server) -> None:
    client = server.join()
    client.socket.send('42/live,0["echo",NaN]')
    client.socket.send('42/live,1["echo","\\ud800"]')
    client.socket.send('42/live,2["echo","a\\u0000b"]')
    client.sent = 3
    assert client.ask("not_json") == "nan is no number in JSON"
    assert client.events == []


def test_one_clients_events_keep_their_order(server: Server) -> None:
    client = server.join()
    before = client.ask("slowly", 0)
    for number in range(1, 11):
        client.send("slowly", number)
    answers = [client.answer() for _ in range(10)]
    assert answers[-1][len(before) :] == list(range(1, 11))


def test_sending_to_nobody_is_an_error(server: Server) -> None:
    assert server.join().ask("empty") == ["NobodyAddressedError"] * 3


def test_what_is_sent_during_a_connect_comes_after_its_acceptance(
    server: Server,
) -> None:
    client = Client(server.raw())
    assert client.join("early").startswith('40/live,{"sid":')
    assert client.entries(1) == ["early"]


def test_a_refused_connect_receives_nothing(server: Server) -> None:
    client = server.raw()
    client.recv()
    client.send('40/live,{"name":"refused"}')
    assert client.recv().startswith("44/live,")
    # Not even later, when it is let in after all.
    client.send("40/live,{}")
    assert client.recv().startswith("40/live,")
    assert client.recv() == '42/live,["entries",""]'


def test_a_socket_that_is_ended_hears_what_was_sent_before(server: Server) -> None:
    leaving, staying = server.join("leaving"), server.join("staying")
    assert staying.ask("end", "leaving") == "ended"
    assert leaving.entries(1) == ["goodbye"]
    assert leaving.ended()


def test_frames_and_acknowledgements_keep_their_order(server: Server) -> None:
    client, other = server.join(), server.join()
    for _ in range(20):
        client.send("fan", {"count": 10, "size": 2_000})
    assert [client.answer() for _ in range(20)] == ["sent"] * 20
    assert client.order == (["event"] * 10 + ["answer"]) * 20
    for each in (client, other):
        assert [number for number, _ in each.entries(200)] == list(range(10)) * 20


def test_half_sent_requests_keep_nobody_else_waiting(server: Server) -> None:
    halves = []
    for _ in range(50):
        half = socket.create_connection(("127.0.0.1", server.port))
        half.sendall(b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf")
        halves.append(half)
    assert server.join().ask("echo", "quick") == "quick"
    assert server.get()
    for half in halves:
        half.close()


def test_jobs_and_blocking_work_run_beside_the_server(server: Server) -> None:
    assert server.get("/job") == {"code": 3, "lines": ["one", "two"], "sum": 4}


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://evil.example", 403), ("null", 403), ("https://ours.example", 101)],
)
def test_the_gate_holds_on_a_real_server(
    server: Server, origin: str, status: int
) -> None:
    if status == 101:
        assert server.raw(origin=origin, suppress_origin=False).connected
        return
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        server.raw(origin=origin, suppress_origin=False)
    assert refused.value.status_code == status


def test_a_broken_upgrade_is_answered_and_leaves_nothing(server: Server) -> None:
    path = "/socket.io/?EIO=4&transport=websocket"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
        head = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: upgrade, close\r\n"
        client.sendall(f"{head}Upgrade: websocket\r\n\r\n".encode())
        assert client.recv(100).startswith(b"HTTP/1.1 400 ")


def test_python_socketios_own_client_is_at_home(server: Server) -> None:
    with socketio.SimpleClient() as client:
        client.connect(
            f"http://127.0.0.1:{server.port}",
            namespace="/live",
            auth={"name": "library"},
            transports=["websocket"],
        )
        assert client.call("echo", {"é": [1, None]}) == {"é": [1, None]}
        client.emit("fan", {"count": 1, "size": 70_000})
        assert client.receive(timeout=10) == ["entries", "library"]
        event, (number, padding) = client.receive(timeout=10)
        assert (event, number, len(padding)) == ("entries", 0, 70_000)


@pytest.mark.parametrize("chosen", ENGINES)
def test_a_client_that_never_reads_delays_nobody_and_is_cut(chosen: str) -> None:
    with running(chosen, "--frames", "40") as server:
        small = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)]
        server.join("stalled", sockopt=small)
        client = server.join()
        # 200 frames of 60 kB are far more than the kernel holds for one client.
        for _ in range(10):
            assert client.ask("fan", {"count": 20, "size": 60_000}) == "sent"
        assert [number for number, _ in client.entries(200)] == list(range(20)) * 10
        assert server.get()["dropped"] == {"too_slow": 1}


@pytest.mark.parametrize("chosen", ENGINES)
def test_stock_emit_passes_the_same_story(chosen: str) -> None:
    with running(chosen, "--stock") as server:
        client = server.join()
        assert client.ask("empty") == ["NobodyAddressedError"] * 3
        assert client.ask("fan", {"count": 50, "size": 2_000}) == "sent"
        assert [each[0] for each in client.entries(50)] == list(range(50))


@pytest.mark.parametrize("chosen", ENGINES)
def test_a_server_speaks_tls(chosen: str, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"),
            *("-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=localhost"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    pair = ("--certificate", str(certificate), "--key", str(key))
    with running(chosen, *pair) as server:
        silent = socket.create_connection(("127.0.0.1", server.port))
        with socket.create_connection(("127.0.0.1", server.port)) as broken:
            broken.sendall(b"this is no handshake\r\n\r\n")
        client = server.join(sslopt={"cert_reqs": 0})
        assert client.ask("fan", {"count": 40, "size": 60_000}) == "sent"
        assert [each[0] for each in client.entries(40)] == list(range(40))
        silent.close()


@pytest.mark.slow
def test_more_than_1024_clients_connect_on_eventlet() -> None:
    with running("eventlet") as server:
        clients = [server.raw(timeout=20) for _ in range(1_100)]
        assert clients[-1].recv().startswith("0")
        assert server.get()["clients"] == 1_100


def test_no_package_that_breaks_gevent_is_installed() -> None:
    assert conflicts() == ()


def test_choosing_an_engine_loads_no_other() -> None:
    script = "import sys, exercise.engine; print(sorted(sys.modules))"
    loaded = json.loads(
        subprocess.run(
            [sys.executable, "-c", script], check=True, capture_output=True, text=True
        ).stdout.replace("'", '"')
    )
    assert not {"eventlet", "gevent", "flask", "engineio"} & set(loaded)
