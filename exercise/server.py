"""Serves: patches first, listens, brings the database up to date, says ready."""

import gc
import json
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from exercise import engine as engines
from exercise.engine.listen import CannotListenError, lan_address, listen
from exercise.engine.places import Home, Places
from exercise.engine.workers import LEAVE, Workers

# What is imported up here must not hold locks: nothing is patched yet.
if TYPE_CHECKING:
    from exercise.app import Site
    from exercise.engine import Engine
    from exercise.settings import Settings

__all__ = ["CannotListenError", "NotCurrent", "lan_address", "patch", "run"]

LOG = logging.getLogger(__name__)

# psycopg under eventlet waits in C and stops everyone else without this.
WAIT = {"PSYCOPG_WAIT_FUNC": "wait_selector"}
DEFAULT = "eventlet"
# What these say at every start helps nobody.
TALKATIVE = ("alembic", "engineio", "socketio", "werkzeug")
# New objects before a round of each generation. Rendering makes knots of objects: the
# youngest must go while they are in the processor's cache, the others can wait.
COLLECT_AFTER = (1_000, 20, 50)


class NotCurrent(Exception):
    """The database waits for its migration, or cannot be had at all."""


def patch(engine: str | None = None) -> "Engine":
    """Make the standard library green; the first thing a serving process does."""
    name = engine or os.environ.get("DETENTE_ENGINE") or DEFAULT
    # A wrong name is refused with the other settings, in their words.
    loaded = engines.load(name if name in engines.ENGINES else DEFAULT)
    if loaded.name == "eventlet":
        os.environ.update(WAIT)
    loaded.patch()
    return loaded


def run(
    settings: "Settings",
    *,
    prepare: "Callable[[Site, str], Sequence[str]] | None" = None,
    say: Callable[[str], None] | None = None,
) -> None:
    """Serve until told to stop; `prepare` gets the site and its address first.

    Whatever lines `prepare` returns are printed before the one that begins `ready`.
    """
    log_as(settings)
    if settings.workers > 1:
        _serve_many(settings, say or _say)
        return
    _serve_one(patch(settings.engine), settings, prepare, say or _say)


def log_as(settings: "Settings") -> None:
    """Log to stderr, as the settings say; bodies, codes and tokens never are."""
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonLines() if settings.log_format == "json" else _TEXT)
    logging.basicConfig(level=settings.log.upper(), handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Lines(logging.Formatter):
    """Times in UTC, and one line for a message, whatever stands in it."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    @staticmethod
    def converter(seconds: float | None) -> time.struct_time:
        """Return a moment as UTC has it."""
        return time.gmtime(seconds)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """Return the line without its traceback."""
        line = super().formatMessage(record)
        return line.replace("\r", "\\r").replace("\n", "\\n")


_TEXT = _Lines("%(asctime)s %(levelname)s %(name)s: %(message)s")


class _JsonLines(_Lines):
    """One JSON object a line, for whoever collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as a line."""
        told = {
            "at": self.formatTime(record),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told)


def _serve_one(
    engine: "Engine",
    settings: "Settings",
    prepare: "Callable[[Site, str], Sequence[str]] | None",
    say: Callable[[str], None],
    home: "Home | None" = None,
) -> None:
    sock = listen(settings.host, settings.port, reuse_port=settings.workers > 1)
    from exercise.app import create_app

    migrate(settings)
    site = create_app(settings, engine, home)
    try:
        address = address_of(settings, sock)
        # What is prepared is complete before time passes in it.
        lines = prepare(site, address) if prepare else ()
        site.start()
        for line in (*lines, *_warnings(settings), f"ready {address}"):
            say(line)
        _let_what_stays_alone()
        engine.serve(
            site.app,
            sock,
            certificate=str(settings.cert) if settings.cert else None,
            key=str(settings.key) if settings.key else None,
        )
    finally:
        site.stop(leaving=engine.leaving)


def _let_what_stays_alone() -> None:
    """Spare the collector what lives to the end: its rounds make people wait."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def migrate(settings: "Settings") -> None:
    """Bring a SQLite file up to date; PostgreSQL is by `detente db upgrade`."""
    from exercise.adapters.database import open_database
    from exercise.adapters.schema import Newer, is_current, upgrade
    from exercise.service.ports import Unwritable

    if settings.on_sqlite:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = open_database(settings.database_url)
    try:
        if settings.on_sqlite:
            upgrade(database)
        elif not is_current(database):
            raise NotCurrent("the database is not up to date: run `detente db upgrade`")
    except Newer as no:
        message = "another version, a later one, made this database: install that one"
        raise NotCurrent(message) from no
    except Unwritable as no:
        told = str(no).partition("\n")[0]
        message = f"the database cannot be used: {told}; run `detente doctor`"
        raise NotCurrent(message) from no
    finally:
        database.close()


def address_of(settings: "Settings", sock: socket.socket) -> str:
    """Return the address by which people, or phones in the hall, reach the server."""
    from exercise.web.addresses import EVERYWHERE, in_url

    if settings.origins:
        return settings.origins[0]
    scheme = "https" if settings.cert else "http"
    port = sock.getsockname()[1]
    host = lan_address() if settings.host in EVERYWHERE else settings.host
    return f"{scheme}://{in_url(host)}:{port}"


def _warnings(settings: "Settings") -> list[str]:
    from exercise.settings import is_loopback

    found = []
    if not is_loopback(settings.host) and settings.cert is None:
        found.append(
            "warning: without TLS everyone in this network can read along;"
            " give --cert and --key, or put a proxy in front"
        )
    if settings.flood == "off":
        found.append("warning: limits on tries and commands are off")
    return found


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _serve_many(settings: "Settings", say: Callable[[str], None]) -> None:
    """Serve from several processes that share the port."""
    shared = _with_port(settings)
    # What no worker could mend is said once, before there are any.
    migrate(shared)

    places = Places(shared.workers)

    def serve(place: int, speaks: bool, listens: Callable[[], None]) -> None:  # noqa: FBT001 - the workers' own signature
        def told(line: str) -> None:
            # One of them says that all listen: the port is theirs together.
            if speaks:
                say(line)
            if line.startswith("ready "):
                listens()

        engine = patch(shared.engine)
        signal.signal(LEAVE, lambda _signal, _frame: engine.leave())
        # What is said under TLS only the process that began it can read.
        home = None if shared.cert else Home(places, place, engine)
        _serve_one(engine, shared, None, told, home)

    Workers(places, serve).run()


def _with_port(settings: "Settings") -> "Settings":
    """Return the settings with one port for all where any free one was asked for."""
    if settings.port:
        return settings
    with listen(settings.host, 0, reuse_port=True) as found:
        return settings.model_copy(update={"port": found.getsockname()[1]})
