"""Commands about records: written out, verified, scored, reported on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exercise.cli.group import Misused, Refused, as_json, refusals
from exercise.cli.stored import no_exercise, store

if TYPE_CHECKING:
    from exercise.adapters.record import Record

FILE = click.Path(path_type=Path, dir_okay=False)


SQLITE = b"SQLite format 3\x00"
FORMS = ("record", "csv", "stix", "xapi")


@click.command()
@click.argument("exercise", metavar="EXERCISE|F.jsonl")
@click.option("-o", "output", type=FILE, required=True, help="The file to write.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="record",
    show_default=True,
    help="record; or csv, stix (2.1, marked as an exercise), xapi (JSON Lines).",
)
@click.option("--bundle", is_flag=True, help="A zip with record, verify.py and key.")
@click.option(
    "--delegation",
    default="",
    metavar="ID",
    help="Its entries only, with proofs.",
)
def export(
    exercise: str, output: Path, *, form: str, bundle: bool, delegation: str
) -> None:
    """Write the record of an exercise, or a bundle that can be checked anywhere.

    Other programs read it as a table (csv), as marked threat reporting (stix) or as
    statements of learning (xapi); these three hold nobody's name.
    """
    if delegation and not bundle:
        message = "--delegation makes a bundle; add --bundle."
        raise Misused(message)
    if form != "record":
        if bundle:
            message = "--bundle holds the record; leave --format out."
            raise Misused(message)
        _hand_on(exercise, form, output)
        return
    from exercise.adapters.bundle import TooEarly, write_bundle
    from exercise.adapters.record import record_lines

    with store() as kept, no_exercise(exercise):
        known = kept.state(exercise).scenario.delegation_ids
        if delegation and delegation not in known:
            message = f"there is no delegation {delegation}; known: {', '.join(known)}."
            raise Refused(message)
        try:
            if bundle:
                around = (kept.timeline, exercise, kept.signer, kept.papers)
                write_bundle(output, *around, delegation)
            else:
                lines = record_lines(kept.timeline, exercise, kept.signer)
                output.write_bytes(b"".join(lines))
        except TooEarly as no:
            message = (
                "a delegation gets its proofs after ENDEX; end the exercise first."
            )
            raise Refused(message) from no
    click.echo(f"{output}: {output.stat().st_size} bytes")


def _hand_on(source: str, form: str, output: Path) -> None:
    from exercise.cli.reporting import record_of
    from exercise.offline.interchange import interchange

    record = record_of(source)
    with refusals(), readable(Path(source)):
        output.write_bytes(b"".join(interchange(record, form)))
    click.echo(f"{output}: {output.stat().st_size} bytes")


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--fingerprint", default="", help="The key's, as it was shown.")
def verify(file: Path | None, fingerprint: str) -> None:
    """Check a record: every hash, every link, every signature.

    Without a file, or with a SQLite file, every exercise in the database is held to
    the promises of docs/reliability.md.
    """
    if file is None or _is_database(file):
        if fingerprint:
            message = "--fingerprint is of a record; `detente export` writes one."
            raise Misused(message)
        _verify_stored(file)
        return
    from exercise.adapters.proof.program import told
    from exercise.offline.records import verify_file

    with refusals():
        verdict = verify_file(file, fingerprint)
    if not verdict.ok:
        fix = "ask for a fresh export."
        where = f" at line {verdict.line}" if verdict.line else ""
        message = f"{file} is broken{where}: {verdict.reason}; {fix}"
        raise Refused(message)
    click.echo(told(verdict, trusted=bool(fingerprint)))


def _is_database(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as start:
        return start.read(len(SQLITE)) == SQLITE


def _verify_stored(file: Path | None) -> None:
    from exercise.offline.promises import NotRead, held

    broken = checked = 0
    with refusals():
        try:
            for told, findings in held(file):
                checked += 1
                broken += len(findings)
                click.echo(told)
                for one in findings:
                    click.echo(f"  {one}")
        except NotRead as no:
            raise Refused(str(no)) from no
    if broken:
        message = f"{broken} broken; restore a good backup: `detente restore FILE`."
        raise Refused(message)
    click.echo(f"{checked} of {checked} keep every promise")


@click.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_table", is_flag=True, help="Print the score as JSON.")
def score(file: Path, *, as_table: bool) -> None:
    """Work the score out again from a record, with nothing else."""
    from exercise.domain.scoring import printed_points
    from exercise.offline.records import score as score_of
    from exercise.offline.records import score_file

    if as_table:
        with refusals(), readable(file):
            as_json(score_file(file))
        return
    record = read(file)
    with readable(file):
        card = score_of(record.entries)
    headline = "–" if card.headline is None else str(printed_points(card.headline))
    click.echo(f"{record.scenario}: {headline} of 100")
    for one in card.indicators:
        share = "n/a" if one.value is None else f"{one.value:.2f}"
        click.echo(f"  {one.id}  {one.title:<20} {share:>5}")


def read(file: Path) -> "Record":
    """Return what a file's record says.

    Raises:
        Refused: it cannot be read.
    """
    from exercise.offline.records import read_file

    with refusals(), readable(file):
        return read_file(file)


class readable:  # noqa: N801 - reads as a sentence: with readable(file)
    """Turns what makes a record unreadable into one line."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        if isinstance(error, ValueError):
            message = (
                f"{self._file} is no record: {error}; `detente verify` tells more."
            )
            raise Refused(message) from error
