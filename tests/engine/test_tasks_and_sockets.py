"""Supervised tasks, jobs, the listening socket, and the choice of an engine."""

import logging
import socket
import subprocess
import sys
from collections.abc import Callable

import engineio
import engineio.socket
import pytest
import socketio

from exercise.engine import jobs, load
from exercise.engine.listen import CannotListenError, listen
from exercise.engine.supervise import supervise


class Enough(BaseException):
    """Ends a supervised task's loop, as the end of the process does."""


def test_a_task_that_ends_or_fails_is_logged_and_started_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pauses: list[float] = []
    runs: list[str] = []

    def task() -> None:
        runs.append("run")
        if len(runs) == 1:
            raise RuntimeError("the first time")

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise Enough

    def spawn(loop: Callable[[], None]) -> None:
        with pytest.raises(Enough):
            loop()

    with caplog.at_level(logging.ERROR):
        supervise("ticker", task, spawn=spawn, sleep=sleep, pause=0.5)
    assert runs == ["run"] * 3
    assert pauses == [0.5] * 3
    assert [each.getMessage() for each in caplog.records] == [
        "task ticker failed and is started again",
        "task ticker ended and is started again",
        "task ticker ended and is started again",
    ]


def test_a_jobs_lines_and_code_are_handed_over() -> None:
    lines: list[str] = []
    script = "print('é'); print('two'); raise SystemExit(4)"
    assert jobs.run([sys.executable, "-X", "utf8", "-c", script], lines.append) == 4
    assert lines == ["é", "two"]


def test_a_job_does_not_outlive_who_reads_it() -> None:
    def refuse(_line: str) -> None:
        raise ValueError("enough")

    script = "import time\nprint('one', flush=True)\ntime.sleep(600)"
    with pytest.raises(ValueError, match="enough"):
        jobs.run([sys.executable, "-c", script], refuse)


def test_a_job_lets_everybody_else_have_the_processor_first() -> None:
    """Its priority is set once it is there, so it looks until it is."""
    script = (
        "import os, time\n"
        "until = time.monotonic() + 20\n"
        f"while os.nice(0) != {jobs.POLITE} and time.monotonic() < until: pass\n"
        "print(os.nice(0))"
    )
    lines: list[str] = []
    assert jobs.run([sys.executable, "-c", script], lines.append) == 0
    assert lines == [str(jobs.POLITE)]


def test_the_listening_socket_is_set_for_a_hall_of_people() -> None:
    with listen("127.0.0.1", 0) as sock:
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)
        port = sock.getsockname()[1]
        with pytest.raises(CannotListenError) as taken:
            listen("127.0.0.1", port)
    fix = f"port {port} is in use: choose another with --port"
    assert str(taken.value) == fix


def test_several_workers_may_share_a_port() -> None:
    one = listen("127.0.0.1", 0, reuse_port=True)
    two = listen("127.0.0.1", one.getsockname()[1], reuse_port=True)
    with one, two:
        assert one.getsockname() == two.getsockname()


def test_an_address_of_another_machine_is_refused_with_the_fix() -> None:
    # In a process of its own: this one may not even name another machine.
    script = "from exercise.engine.listen import listen; listen('192.0.2.1', 0)"
    failed = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert failed.stderr.rstrip().endswith("choose another with --host")


def test_an_unknown_engine_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="choose one of eventlet, gevent, threading"):
        load("asyncio")


def test_names_of_other_peoples_code_that_we_lean_on_are_still_there() -> None:
    eio = engineio.Server(async_mode="threading")
    table = eio._async  # noqa: SLF001 - the test is about this name
    assert isinstance(table["websocket"], type)
    client = dir(engineio.socket.Socket(eio, "sid"))
    assert {"queue", "send", "check_ping_timeout", "_websocket_handler"} <= {*client}
    server, manager = dir(socketio.Server), dir(socketio.Manager)
    handlers = {"_handle_connect", "_handle_disconnect"}
    assert handlers | {"_send_packet", "_send_eio_packet"} <= {*server}
    stages = {"connect", "pre_disconnect", "disconnect", "is_pre_connected"}
    assert stages <= {*manager}
