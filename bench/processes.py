"""Servers as processes, and what they cost: CPU seconds and resident memory."""

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import median

START_S = 60.0
FILES = 16_384


class Process:
    """One server and its cost so far."""

    def __init__(self, started: "subprocess.Popen[bytes]", port: int) -> None:
        self.port = port
        self._running = started

    @property
    def pids(self) -> list[int]:
        """Return its process id and those of its children, as workers are."""
        path = Path(f"/proc/{self._running.pid}/task/{self._running.pid}/children")
        return [self._running.pid, *map(int, path.read_text().split())]

    @property
    def cpu_s(self) -> float:
        """Return the CPU time of all threads of it and its children, to the ns."""
        spent = 0
        for pid in self.pids:
            for task in Path(f"/proc/{pid}/task").iterdir():
                spent += int((task / "schedstat").read_text().split()[0])
        return spent / 1e9

    @property
    def kilobytes(self) -> int:
        """Return its resident memory."""
        status = Path(f"/proc/{self._running.pid}/status").read_text()
        line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1])

    def is_over(self) -> bool:
        """Tell whether it has ended by itself."""
        return self._running.poll() is not None


@contextmanager
def server(
    arguments: list[str],
    port: int,
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[Process]:
    """Run `python -m …` until it listens on a port; end it afterwards."""
    command = [sys.executable, "-m", *arguments]
    told = environment or {}
    with running(command, port, log, environment=told, meanwhile=meanwhile) as process:
        yield process


def stock_peer(
    kind: str,
    file: Path,
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> AbstractContextManager[Process]:
    """Run Flask-SocketIO's comparator until it listens; end it afterwards."""
    port = free_port()
    arguments = ["bench.peers", kind, str(file), str(port)]
    return server(arguments, port, log, environment=environment, meanwhile=meanwhile)


@contextmanager
def running(
    command: list[str],
    port: int,
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[Process]:
    """Run a command until it listens on a port; end it afterwards."""
    with log.open("wb") as out:
        started = subprocess.Popen(
            command, stdout=out, stderr=out, env=os.environ | (environment or {})
        )
        try:
            process = Process(started, port)
            _listens(process, log, meanwhile)
            yield process
        finally:
            started.terminate()
            try:
                started.wait(5)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


def fsync_ms(folder: Path) -> float:
    """Return how long the disk takes to keep four kilobytes, as a median."""
    waits = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(50):
            file.write(bytes(4096))
            start = time.perf_counter()
            os.fdatasync(file.fileno())
            waits.append(time.perf_counter() - start)
    return median(waits) * 1e3


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def more_files() -> None:
    """Let this process and its children have thousands of connections."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _listens(process: Process, log: Path, meanwhile: Callable[[], object]) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and not process.is_over():
        meanwhile()
        try:
            socket.create_connection(("127.0.0.1", process.port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(log.read_text()[-2000:])
