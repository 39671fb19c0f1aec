"""The machine fails: its clock, its disk, its locks, its backups, its version."""

import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from exercise.adapters.database import open_database
from tests import many
from tests.faults.conftest import POSTGRESQL, SQLITE, Lay, cells
from tests.faults.disk import Disk, small_disk
from tests.faults.ground import Ground
from tests.faults.stores import Postgres, own_postgres, programs

pytestmark = [pytest.mark.faults, pytest.mark.services]


# How long somebody else holds the database, and how often others are served meanwhile.
HELD_S, LOOKS = 3.2, 12


@cells()
def test_f8_the_machine_is_suspended(lay: Lay) -> None:
    with lay("F8 suspended, and woken") as ground:
        ground.serve()
        ground.open(each=1)
        for seconds in (1.0, many(short=1, full=11)):
            with ground.talking():
                ground.until(10)
                ground.server.freeze()
                time.sleep(seconds)
                ground.server.thaw()
                ground.figures.runs += 1
                ground.resume()
                ground.until(10)


@cells(SQLITE)
def test_f9_the_disk_is_full(lay: Lay, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 8) as disk, lay("F9 disk full") as ground:
        ground.data = disk.folder / "data"
        ground.serve()
        ground.open(each=1)
        for _ in range(many(short=1, full=3)):
            _fills_up(ground, disk)


@cells(POSTGRESQL)
def test_f9_the_disk_of_postgresql_is_full(lay: Lay) -> None:
    with (
        _on_a_small_disk() as (disk, cluster),
        lay("F9 disk full", url=cluster.database()) as ground,
    ):
        ground.serve()
        ground.open(each=1)
        for _ in range(many(short=1, full=2)):
            _fills_up(ground, disk, cluster)


@contextmanager
def _on_a_small_disk() -> Iterator[tuple[Disk, Postgres]]:
    folder = Path("/tmp") / f"detente-disk-{time.time_ns()}"  # noqa: S108 - where the other user may come
    with small_disk(folder, 96) as disk, own_postgres(folder) as cluster:
        yield disk, cluster


def _fills_up(ground: Ground, disk: Disk, cluster: Postgres | None = None) -> None:
    """Fill the disk until nothing is kept; free it; what waited is kept then."""
    with ground.talking(0.02):
        ground.until(10)
        with disk.full():
            ground.figures.runs += 1
            # Room that was made before still takes some.
            assert ground.waits(lambda: _is_silent(ground))
            with ground.store_away():
                time.sleep(2)
        if cluster is not None and not cluster.answers():
            cluster.start()
        ground.until(10)


def _is_silent(ground: Ground) -> bool:
    before = ground.acknowledged()
    time.sleep(1.5)
    return ground.acknowledged() == before


@cells()
def test_f10_somebody_holds_the_lock(lay: Lay) -> None:
    with lay("F10 lock held, slow disk") as ground:
        ground.serve()
        ground.open(each=1)
        with ground.talking(0.1):
            ground.until(10)
            with _lock_held(ground):
                _others_are_served(ground)
            ground.figures.runs += 1
            ground.until(10)
            if not ground.url:
                with _slow_fsync(ground):
                    ground.until(10)
                ground.figures.runs += 1


@contextmanager
def _lock_held(ground: Ground) -> Iterator[None]:
    if ground.url:
        with psycopg.connect(ground.url) as holder:
            holder.execute("SELECT id FROM exercise FOR UPDATE")
            yield
        return
    with closing(sqlite3.connect(ground.server.data / "detente.db")) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield
        holder.rollback()


def _others_are_served(ground: Ground) -> None:
    """Look at the server all the while; a writer that waits must not stop others."""
    start, looks = time.monotonic(), 0
    while looks < LOOKS or time.monotonic() < start + HELD_S:
        assert time.monotonic() < start + 30, f"{looks} looks"
        url = f"{ground.server.url}/healthz"
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own address
            assert answer.status == 200
        looks += 1
        time.sleep(0.02)


@contextmanager
def _slow_fsync(ground: Ground) -> Iterator[None]:
    """Let every fsync of the server take 200 ms longer."""
    slow = "inject=fsync,fdatasync:delay_exit=200000"
    with _traced(ground, Path("/dev/null"), "-e", slow):
        yield


@contextmanager
def _traced(ground: Ground, into: Path, *more: str) -> Iterator[None]:
    assert ground.server.process is not None
    words = ["-f", "-qq", "-o", str(into), "-e", "trace=fsync,fdatasync", *more]
    pid = str(ground.server.process.pid)
    trace = subprocess.Popen(["strace", *words, "-p", pid])
    try:
        assert ground.waits(lambda: _is_traced(pid), 10)
        yield
    finally:
        trace.terminate()
        trace.wait(10)


def _is_traced(pid: str) -> bool:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return "TracerPid:\t0\n" not in status


@cells()
def test_f11_an_old_backup_is_restored_in_play(lay: Lay, tmp_path: Path) -> None:
    with lay("F11 old backup restored") as ground:
        ground.serve()
        ground.open()
        with ground.talking():
            ground.until(30)
            head = _backed_up(ground, tmp_path)
            ground.until(30)
        ground.settle()
        epochs = {one.epoch for one in ground.people}
        had = ground.ids()
        ground.server.stop()
        said = _restored(ground, tmp_path)
        lost = had - ground.ids()
        assert len(had) - len(lost) == head
        if not ground.url:
            assert f"entries {head + 1} to {len(had)} are not in this" in said
        ground.forget(lost)
        ground.figures.runs += 1
        ground.server.start()
        ground.resume()
        with ground.talking():
            ground.until(30)
        ground.settle()
        assert not epochs & {one.epoch for one in ground.people}


def _backed_up(ground: Ground, folder: Path) -> int:
    """Copy the database while it is written; return the head that the copy has."""
    if ground.url:
        _tool("pg_dump", "-Fc", "-f", str(folder / "copy"), ground.url)
        listed = _tool("pg_restore", "-f", "-", "-a", "-t", "exercise", folder / "copy")
        row = next(
            one for one in listed.splitlines() if one.startswith(ground.exercise)
        )
        return int(row.split("\t")[7])
    ground.server.command("backup", "-o", str(folder / "copy"))
    with closing(sqlite3.connect(folder / "copy")) as copy:
        return int(copy.execute("SELECT head_seq FROM exercise").fetchone()[0])


def _restored(ground: Ground, folder: Path) -> str:
    if not ground.url:
        return ground.server.command("restore", str(folder / "copy"))
    _tool("pg_restore", "--clean", "-d", ground.url, str(folder / "copy"))
    return ground.server.command("db", "restored")


def _tool(program: str, *words: object) -> str:
    done = subprocess.run(
        [str(programs() / program), *map(str, words)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@cells()
def test_f12_nothing_is_acknowledged_before_it_is_on_the_disk(
    lay: Lay, tmp_path: Path
) -> None:
    with lay("F12 syncs against answers") as ground:
        ground.serve()
        ground.open(each=1)
        wanted, before = many(short=40, full=200), _synced(ground)
        with _counted(ground, tmp_path / "syncs"):
            for _ in range(wanted):
                ground.server.order(ground.opened, "note", text="On the disk.")
        ground.figures.runs += wanted
        assert _synced(ground, tmp_path / "syncs") - before >= wanted


@contextmanager
def _counted(ground: Ground, into: Path) -> Iterator[None]:
    if ground.url:
        yield
        return
    with _traced(ground, into):
        yield


def _synced(ground: Ground, traced: Path | None = None) -> int:
    """Return how often the store has waited for the disk so far."""
    if not ground.url:
        return traced.read_text("ascii").count("sync(") if traced else 0
    with psycopg.connect(ground.url) as server:
        time.sleep(1.1)  # PostgreSQL gathers its figures once a second.
        row = server.execute("SELECT wal_sync FROM pg_stat_wal").fetchone()
        return int(row[0]) if row else 0


@cells()
def test_f14_another_version_does_not_touch_it(lay: Lay) -> None:
    with lay("F14 another version's database") as ground:
        ground.serve()
        ground.open(each=1)
        with ground.talking():
            ground.until(20)
        ground.settle()
        ground.server.stop()
        ours = _version(ground, "9999")
        with pytest.raises(AssertionError):
            ground.server.start()
        ground.server.kill()
        told = ground.server.log.read_text("utf-8")
        assert "another version" in told or "not up to date" in told
        assert "Traceback" not in told
        ground.figures.runs += 1
        _version(ground, ours)
        ground.server.start()
        ground.resume()
        with ground.talking():
            ground.until(20)


def _version(ground: Ground, other: str) -> str:
    """Let the database say that another version made it; return what it said."""
    database = open_database(ground.database_url)
    with database.write() as connection:
        query = "SELECT version_num FROM alembic_version"
        ours = str(connection.exec_driver_sql(query).scalar_one())
        change = f"UPDATE alembic_version SET version_num = '{other}'"  # noqa: S608 - our own word
        connection.exec_driver_sql(change)
    database.close()
    return ours
