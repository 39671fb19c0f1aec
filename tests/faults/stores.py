"""PostgreSQL and Redis of our own on free ports, to be stopped as we please."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import redis

from exercise.adapters.database import open_database
from exercise.adapters.schema import upgrade
from tests.conftest import missing
from tests.e2e.house import free_port

PROGRAMS = Path("/usr/lib/postgresql")
# PostgreSQL does not run as root; Debian's package brings this user.
KEEPER = "postgres"
START_S = 30.0


def programs() -> Path:
    """Return the folder of PostgreSQL's newest programs."""
    found = sorted(PROGRAMS.glob("*/bin/pg_ctl"))
    if not found:
        missing(f"no PostgreSQL in {PROGRAMS}")
    return found[-1].parent


@dataclass
class Postgres:
    """One cluster in a folder of its own."""

    folder: Path
    port: int = field(default_factory=free_port)
    _names: "count[int]" = field(default_factory=count)

    def make(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, KEEPER, KEEPER)
        cluster = str(self.folder / "cluster")
        words = ("-D", cluster, "-U", "detente", "-A", "trust", "--wal-segsize", "1")
        self._run("initdb", *words)

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._control("-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, mode: str) -> None:
        """Stop it: `fast`, or `immediate` as a crash does."""
        self._control("-w", "-m", mode, "stop")

    def answers(self) -> bool:
        try:
            psycopg.connect(self.address("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def terminate_all(self) -> int:
        """End every connection from inside; return how many there were."""
        query = (
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        with psycopg.connect(self.address("postgres"), autocommit=True) as server:
            row = server.execute(query).fetchone()
        return int(row[0]) if row else 0

    def kill_backend(self) -> None:
        """Kill the one of its processes that worked for a client last.

        PostgreSQL then ends all the others and recovers, as after a crash.
        """
        query = (
            "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND backend_type = 'client backend' ORDER BY state_change DESC LIMIT 1"
        )
        with psycopg.connect(self.address("postgres"), autocommit=True) as server:
            row = server.execute(query).fetchone()
        assert row is not None
        os.kill(int(row[0]), signal.SIGKILL)

    def address(self, name: str) -> str:
        return f"postgresql://detente@127.0.0.1:{self.port}/{name}"

    def database(self) -> str:
        """Make a database that is up to date and return its address."""
        name = f"ex{next(self._names)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        database = open_database(self.address(name))
        upgrade(database)
        database.close()
        return self.address(name)

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "cluster"), *words)

    def _run(self, program: str, *words: str) -> None:
        user = KEEPER if os.geteuid() == 0 else None
        done = subprocess.run(
            [str(programs() / program), *words],
            cwd=self.folder,
            user=user,
            group=user,
            extra_groups=[] if user else None,
            # A server that inherits a pipe would keep us waiting for its end.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, (program, words)


@contextmanager
def own_postgres(folder: Path | None = None) -> Iterator[Postgres]:
    """Give a running cluster; without a folder, in one that is gone afterwards."""
    programs()
    made = folder or Path(tempfile.mkdtemp(prefix="detente-pg-"))
    cluster = Postgres(made)
    try:
        cluster.make()
        cluster.start()
        yield cluster
    finally:
        with suppress(AssertionError):  # it may be stopped already
            cluster.stop("immediate")
        if folder is None:
            shutil.rmtree(made, ignore_errors=True)


@dataclass
class Redis:
    """One Redis that keeps nothing."""

    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            missing("no redis-server on the path")
        words = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "")
        self.process = subprocess.Popen(
            [str(program), *words, "--appendonly", "no"],
            stdout=subprocess.PIPE,
            cwd=tempfile.gettempdir(),
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if b"Ready to accept connections" in line:
                break
        with redis.Redis.from_url(self.url) as client:
            assert client.ping()

    def freeze(self) -> None:
        """Leave it there, but let it answer nothing."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self.process is not None:
            self.thaw()
            self.process.terminate()
            self.process.wait(10)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None


@contextmanager
def own_redis() -> Iterator[Redis]:
    """Give a running Redis that is gone afterwards."""
    made = Redis()
    try:
        made.start()
        yield made
    finally:
        made.stop()
