"""What `doctor` looks at: the machine, the settings, the stored exercises."""

import os
import resource
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from exercise.adapters.ports_real import SystemClock
from exercise.domain.wall import from_iso, iso
from exercise.service.ports import WallClock
from exercise.settings import Settings, strangers

# Room for a record of some exercises, their backup and SQLite's own files.
FREE_BYTES = 500_000_000
# A thousand connections and what the server opens beside them.
FILES = 4096
# Before this code was written no clock that is right can stand.
YOUNGEST_MS = from_iso("2025-01-01T00:00:00.000Z")
# A clock that is set by more than this while we look is being fought over.
JUMP_MS = 500
LOOK_S = 0.05

ENGINES = {"eventlet": "eventlet", "gevent": "gevent", "threading": "simple_websocket"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what helps where it is not well."""

    subject: str
    told: str
    fix: str = ""

    @property
    def well(self) -> bool:
        """Tell whether there is nothing to mend."""
        return not self.fix


def examine(
    settings: Settings,
    stored: Callable[[Settings], list[str]],
    clock: WallClock | None = None,
) -> Iterator[Finding]:
    """Yield a finding for each part; `stored` returns the faults of the database."""
    yield _engine(settings)
    yield _rival_socket()
    yield from (_variable(one) for one in strangers(os.environ))
    yield _folder(settings)
    yield _disk(settings)
    yield _files()
    yield _port(settings)
    yield _clock(clock or SystemClock())
    yield from _database(settings, stored)


def _engine(settings: Settings) -> Finding:
    package = ENGINES[settings.engine]
    if find_spec(package) is None:
        fix = f"run `pip install {package}`, or set DETENTE_ENGINE to another engine."
        return Finding("engine", f"{settings.engine} is not installed", fix)
    return Finding("engine", settings.engine)


def _rival_socket() -> Finding:
    try:
        found = version("gevent-websocket")
    except PackageNotFoundError:
        return Finding("gevent-websocket", "not installed, as it must be")
    fix = "run `pip uninstall gevent-websocket`: with it every websocket fails."
    return Finding("gevent-websocket", f"{found} is installed", fix)


def _variable(name: str) -> Finding:
    fix = "correct the name, or unset it; docs/operations.md lists what there is."
    return Finding("settings", f"{name} is no setting", fix)


def _folder(settings: Settings) -> Finding:
    folder = settings.data
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    if not os.access(existing, os.W_OK | os.X_OK) or not existing.is_dir():
        fix = f"let this user write {existing}, or set DETENTE_DATA to another folder."
        return Finding("data", f"{folder} cannot be written", fix)
    return Finding("data", str(folder))


def _disk(settings: Settings) -> Finding:
    folder = settings.data
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(existing).free
    told = f"{free // 1_000_000} MB free"
    if free < FREE_BYTES:
        fix = f"free at least {FREE_BYTES // 1_000_000} MB on the disk of {existing}."
        return Finding("disk", told, fix)
    return Finding("disk", told)


def _files() -> Finding:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= soft < FILES:
        fix = f"run `ulimit -n {FILES}` first, or LimitNOFILE={FILES} in the unit."
        return Finding("open files", f"{soft} allowed (at most {hard})", fix)
    return Finding("open files", f"{soft} allowed")


def _port(settings: Settings) -> Finding:
    told = f"{settings.host}:{settings.port}"
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with closing(socket.socket(family)) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((settings.host, settings.port))
        except PermissionError:
            fix = "use a port from 1024 up: DETENTE_PORT=8000."
            return Finding("port", f"{told} is not allowed", fix)
        except OSError as error:
            fix = "stop what listens there (this server?), or set DETENTE_PORT."
            return Finding("port", f"{told}: {error.strerror}", fix)
    return Finding("port", f"{told} is free")


def _clock(clock: WallClock) -> Finding:
    now_ms = clock.now_ms()
    told = f"{iso(now_ms)} UTC"
    if now_ms < YOUNGEST_MS:
        return Finding("clock", told, "set the machine's clock; `timedatectl` helps.")
    steady = time.monotonic_ns()
    time.sleep(LOOK_S)
    gone = (clock.now_ms() - now_ms) - (time.monotonic_ns() - steady) // 1_000_000
    if abs(gone) > JUMP_MS:
        fix = "let one service only set the clock, slowly; `timedatectl` shows which."
        return Finding("clock", f"{told}, and it jumps", fix)
    return Finding("clock", told)


def _database(
    settings: Settings, stored: Callable[[Settings], list[str]]
) -> Iterator[Finding]:
    if settings.on_sqlite:
        file = Path(settings.database_url.removeprefix("sqlite:///"))
        if not file.exists():
            yield Finding("database", f"{file} will be made at the first start")
            return
    faults = stored(settings)
    for one in faults:
        fix = "restore the last good backup: `detente restore FILE --check`."
        if one.startswith("cannot be reached"):
            fix = "start PostgreSQL, or correct DETENTE_DATABASE_URL."
        if one.startswith("has another"):
            fix = "run `detente db upgrade`."
        yield Finding("database", one, fix)
    if not faults:
        yield Finding("database", "whole, and of this version")
