"""Commands that keep a server well: backups, a look at its health, and erasing."""

from pathlib import Path

import click

from exercise.cli.group import Refused, first_line, refusals
from exercise.cli.stored import no_exercise, store

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("-o", "output", type=FILE, required=True, help="The file to write.")
def backup(output: Path) -> None:
    """Copy the SQLite database whole, while the server runs."""
    from exercise.adapters.backup import NoBackup, back_up

    with store() as kept:
        try:
            back_up(kept.database, output)
        except NoBackup as no:
            message = f"{no}; see docs/operations.md."
            raise Refused(message) from no
    click.echo(f"{output}: {output.stat().st_size} bytes")


@click.command()
@click.argument("file", type=FILE)
@click.option("--check", is_flag=True, help="Only look whether the backup is whole.")
def restore(file: Path, *, check: bool) -> None:
    """Put a backup in the place of everything; stop the server first."""
    from exercise.adapters.backup import NoBackup, broken
    from exercise.adapters.backup import restore as put_back
    from exercise.offline.store import open_bare
    from exercise.settings import Settings

    problem = broken(file)
    if problem:
        message = f"{file} is no whole backup: {problem}; use another one."
        raise Refused(message)
    if check:
        click.echo(f"{file}: whole")
        return
    with refusals(), open_bare(Settings.read()) as database:
        try:
            replaced = put_back(file, database)
        except NoBackup as no:
            message = f"{no}; see docs/operations.md."
            raise Refused(message) from no
    for one in replaced.lost:
        span = f"entries {one.first} to {one.last} are not in this backup"
        click.echo(f"{one.exercise}: {span}; the last was {one.head[:16]}")
    if replaced.aside is not None:
        click.echo(f"what stood here is now {replaced.aside}")
    click.echo(f"restored from {file}; start the server")


@click.command()
def doctor() -> None:
    """Look at machine, settings and stored exercises, and say what helps."""
    from exercise.offline.health import examine
    from exercise.offline.store import stored_faults
    from exercise.settings import Settings

    with refusals():
        findings = list(examine(Settings.read(), stored_faults))
    for one in findings:
        mark = "well " if one.well else "FAULT"
        click.echo(f"{mark}  {one.subject}: {one.told}")
        if not one.well:
            click.echo(f"       fix: {one.fix}")
    ill = sum(1 for one in findings if not one.well)
    if ill:
        message = f"{ill} of {len(findings)} need mending; each has its fix above."
        raise Refused(message)


@click.command()
@click.argument("exercise")
@click.option("--person", default="", metavar="ID", help="Only erase a member's name.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def purge(exercise: str, person: str, *, yes: bool) -> None:
    """Erase an exercise, or one person's name in it, for good."""
    what = f"the name of {person} in {exercise}" if person else f"all of {exercise}"
    with store() as kept, no_exercise(exercise):
        kept.opening(exercise)
        if not yes:
            click.confirm(f"Erase {what} for good?", abort=True, err=True)
        if not person:
            from exercise.adapters.purge import purge_exercise

            purge_exercise(kept.database, exercise)
        elif not kept.erase_name(exercise, person):
            message = f"{person} bears no name in {exercise}; the console shows ids."
            raise Refused(message)
    click.echo(f"erased {what}")


@click.command()
@click.argument("exercise")
@click.option("--to", "url", required=True, metavar="URL", help="The other database.")
def move(exercise: str, url: str) -> None:
    """Take an exercise to another database; stop the server first.

    The record stays the same, byte for byte.
    """
    from exercise.adapters.move import NotMoved
    from exercise.adapters.move import move as take
    from exercise.offline.store import open_store
    from exercise.service.ports import Unwritable
    from exercise.settings import Settings

    with store() as kept, no_exercise(exercise), refusals():
        kept.opening(exercise)
        try:
            with open_store(Settings.read(database_url=url)) as other:
                entries = take(kept.database, other.database, exercise)
        except NotMoved as no:
            raise Refused(str(no)) from no
        except Unwritable as no:
            message = f"the other database cannot be used: {first_line(no)}."
            raise Refused(message) from no
    click.echo(f"moved {exercise}, {entries} entries; start its server on the other")


@click.group()
def db() -> None:
    """Look after the database's schema."""


@db.command()
def restored() -> None:
    """Say that a PostgreSQL backup was brought back: browsers read everything anew."""
    from exercise.adapters.schema import is_current, new_epoch
    from exercise.offline.store import open_bare
    from exercise.settings import Settings

    with refusals(), open_bare(Settings.read()) as database:
        if not is_current(database):
            message = "the backup is of another version; run `detente db upgrade`."
            raise Refused(message)
        with database.write() as connection:
            new_epoch(connection)
    click.echo("every browser reads anew; start the server")


@db.command()
def upgrade() -> None:
    """Bring the database to this version's schema; SQLite does it by itself.

    It does not touch a database in which an exercise runs.
    """
    from exercise.adapters.ports_real import SystemClock
    from exercise.adapters.schema import InPlay, Newer
    from exercise.adapters.schema import upgrade as bring
    from exercise.offline.store import open_bare
    from exercise.settings import Settings

    with refusals(), open_bare(Settings.read()) as database:
        try:
            bring(database, SystemClock().now_ms())
        except InPlay as no:
            message = f"an exercise runs ({no}): pause it, or wait for ENDEX."
            raise Refused(message) from no
        except Newer as no:
            message = "a later version made this database: install that one."
            raise Refused(message) from no
    click.echo("the schema is current")
