"""Commands that serve: the demo, the server, and a load on it."""

from collections.abc import Callable, Sequence
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exercise.cli.group import Misused, Refused, refusals

if TYPE_CHECKING:
    from exercise.app import Site
    from exercise.settings import Settings

ENGINES = click.Choice(("eventlet", "gevent", "threading"))


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--speed",
    type=click.IntRange(1, 60),
    default=5,
    show_default=True,
    help="Exercise seconds a second, until a person joins a delegation.",
)
@click.option("--engine", type=ENGINES, default=None, help="What carries connections.")
@click.option("--lan", is_flag=True, help="Let phones on the same network in.")
@click.option("--keep", is_flag=True, help="Keep what is played in the data folder.")
@click.option(
    "--robots",
    default="cooperative",
    show_default=True,
    metavar="POLICY",
    help="How the robots play, as for `rehearse`.",
)
def demo(  # noqa: PLR0913 - each is an option of its own
    port: int, speed: int, engine: str | None, robots: str, *, lan: bool, keep: bool
) -> None:
    """Open Quiet Harbour with robot delegations, twelve minutes in, in one process.

    Prints a link for each desk, then a line that begins with `ready`. Ctrl+C stops it.
    """
    from exercise.server import patch

    patch(engine)  # before anything that holds a lock is loaded
    from tempfile import TemporaryDirectory

    if keep:
        _demo(_demo_settings(None, port, engine, lan=lan), speed, robots)
        return
    with TemporaryDirectory(prefix="detente-", ignore_cleanup_errors=True) as folder:
        _demo(_demo_settings(Path(folder), port, engine, lan=lan), speed, robots)


def _demo_settings(
    folder: Path | None, port: int, engine: str | None, *, lan: bool
) -> "Settings":
    from exercise.settings import Settings

    with refusals():
        home = folder or Settings.read().data
        return Settings.read(
            data=home,
            database_url=f"sqlite:///{home / 'detente.db'}",
            host="0.0.0.0" if lan else "127.0.0.1",  # noqa: S104 - asked for by name
            port=port,
            engine=engine,
            workers=1,
            # What goes well is no news to somebody who tries it out.
            log=environ.get("DETENTE_LOG") or "warning",
        )


def _demo(settings: "Settings", speed: int, robots: str) -> None:
    from exercise.demo import Demo
    from exercise.service.robots import UnknownPolicy

    try:
        _run(settings, Demo(speed, robots=robots).prepare)
    except UnknownPolicy as no:
        message = f"{no}."
        raise Misused(message) from no


def _run(
    settings: "Settings",
    prepare: "Callable[[Site, str], Sequence[str]] | None" = None,
) -> None:
    from exercise.server import CannotListenError, NotCurrent, run

    try:
        run(settings, prepare=prepare)
    except (CannotListenError, NotCurrent) as no:
        raise Refused(str(no)) from no


@click.command()
@click.option("--host", default=None, metavar="ADDRESS", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=None)
@click.option("--lan", is_flag=True, help="Listen on every address of this machine.")
@click.option("--workers", type=click.IntRange(1, 64), default=None)
@click.option("--engine", type=ENGINES, default=None, help="What carries connections.")
@click.option("--cert", type=click.Path(path_type=Path), default=None)
@click.option("--key", type=click.Path(path_type=Path), default=None)
def serve(  # noqa: PLR0913, PLR0917 - each is an option of its own
    host: str | None,
    port: int | None,
    workers: int | None,
    engine: str | None,
    cert: Path | None,
    key: Path | None,
    *,
    lan: bool,
) -> None:
    """Run the server; a line that begins with `ready` says that it listens.

    Settings are DETENTE_* variables; the options here go before them. Only this
    machine can reach it unless --lan or --host says otherwise.
    """
    if lan and host:
        message = "--lan listens on every address; leave out --host."
        raise Misused(message)
    from exercise.server import patch

    patch(engine)  # before anything that holds a lock is loaded
    from exercise.settings import Settings

    with refusals():
        settings = Settings.read(
            host="0.0.0.0" if lan else host,  # noqa: S104 - asked for by name
            port=port,
            workers=workers,
            engine=engine,
            cert=cert,
            key=key,
        )
    _run(settings)


@click.command()
@click.option("--clients", type=click.IntRange(1, 5000), default=50, show_default=True)
@click.option("--seconds", type=click.IntRange(1, 3600), default=30, show_default=True)
@click.option(
    "--url", default="http://127.0.0.1:8000", show_default=True, help="The server."
)
@click.option("--code", default="", help="A join code; every client joins with it.")
@click.option("--anywhere", is_flag=True, help="Allow a server on another machine.")
@click.option("--json", "as_table", is_flag=True, help="Print the figures as JSON.")
def loadtest(  # noqa: PLR0913 - each is an option of its own
    clients: int, seconds: int, url: str, code: str, *, anywhere: bool, as_table: bool
) -> None:
    """Put a bounded load on a running server: clients that join, listen and answer."""
    from dataclasses import asdict
    from urllib.parse import urlsplit

    from exercise.cli.group import as_json
    from exercise.loadtest import NotLoaded, Plan, load
    from exercise.settings import is_loopback

    if not code:
        message = "give --code, a join code of an exercise made for this."
        raise Misused(message)
    if not anywhere and not is_loopback(urlsplit(url).hostname or ""):
        message = f"{url} is another machine; add --anywhere if it is yours to load."
        raise Misused(message)
    try:
        figures = load(Plan(url=url, code=code, clients=clients, seconds=seconds))
    except NotLoaded as no:
        raise Refused(str(no)) from no
    if as_table:
        as_json(asdict(figures))
        return
    click.echo(figures.told())
