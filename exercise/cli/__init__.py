"""The `detente` command: exercises opened, rehearsed, served, scored and kept."""

from importlib.metadata import PackageNotFoundError, version

import click

from exercise.cli.forking import fork
from exercise.cli.group import Detente
from exercise.cli.keeping import backup, db, doctor, move, purge, restore
from exercise.cli.opening import link, open_
from exercise.cli.records import export, score, verify
from exercise.cli.reporting import report
from exercise.cli.running import demo, loadtest, serve
from exercise.cli.scenarios import check, rehearse
from exercise.cli.trends import trends


def _version() -> str:
    try:
        return version("detente")
    except PackageNotFoundError:
        return "from a checkout"


@click.group(cls=Detente, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(_version(), prog_name="detente")
def main() -> None:
    """Détente: tabletop cyber-crisis exercises for diplomats, in the browser.

    Begin with `detente demo`. Exit codes: 0 done, 1 refused or found wrong, 2 misuse.
    """


for _command in (
    demo,
    serve,
    check,
    open_,
    link,
    rehearse,
    export,
    verify,
    score,
    report,
    fork,
    trends,
    backup,
    restore,
    doctor,
    purge,
    move,
    db,
    loadtest,
):
    main.add_command(_command)

__all__ = ["main"]
