"""The command that writes after-action reports, for people and for the server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exercise.cli.group import Misused, Refused, refusals
from exercise.cli.records import FILE, read, readable
from exercise.cli.stored import no_exercise, store

if TYPE_CHECKING:
    from exercise.adapters.record import Record
    from exercise.offline.reports import Wish

FORMATS = ("html", "docx", "pdf", "xlsx", "json")
TEMPLATE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("source", metavar="EXERCISE|F.jsonl")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option(
    "--edition",
    default="participants",
    show_default=True,
    help="participants, full, anonymous, or delegation:ID.",
)
@click.option("-o", "--output", type=FILE, required=True, help="The file to write.")
@click.option("--template", type=TEMPLATE, help="A Word template of your own.")
@click.option("--language", default="en", show_default=True, help="To be written in.")
@click.option("--preview", is_flag=True, help="Tell what the edition leaves out.")
@click.option("--review", default="", hidden=True)
@click.option("--progress", is_flag=True, hidden=True)
def report(  # noqa: PLR0913, PLR0917 - one argument an option
    source: str,
    form: str,
    edition: str,
    output: Path,
    template: Path | None,
    language: str,
    review: str,
    *,
    preview: bool,
    progress: bool,
) -> None:
    """Write the after-action report of an exercise or of a record."""
    from exercise.documents.job import READING
    from exercise.offline.reports import Wish

    if template is not None and form != "docx":
        message = "--template goes with --format docx."
        raise Misused(message)
    _spoken(language)
    told = _telling if progress else _silent
    told(*READING)
    record = record_of(source)
    wish = Wish(form=form, language=language, template=template, review=review)
    with readable(Path(source)), _fit():
        if preview:
            _tell_what_is_left_out(record, edition, language)
        made = _made(record, wish, edition, told)
    with refusals():
        output.write_bytes(made)
    if not progress:
        digest = sha256(made).hexdigest()
        click.echo(f"{output}: {len(made)} bytes, SHA-256 {digest}")


def _made(
    record: "Record", wish: "Wish", edition: str, told: Callable[[int, str], None]
) -> bytes:
    from exercise.offline.reports import CannotPrint
    from exercise.offline.reports import report as made

    try:
        return made(record, wish, edition, told)
    except CannotPrint as no:
        message = f"{no}."
        raise Refused(message) from no


@contextmanager
def _fit() -> Iterator[None]:
    """Say which editions there are when another is asked for."""
    from exercise.domain.errors import NotFound

    try:
        yield
    except NotFound as no:
        raise Misused(no.sentence()) from no


def _spoken(language: str) -> None:
    """Say which languages there are when another is asked for."""
    from exercise.words import languages, words_in

    try:
        words_in(language)
    except LookupError as no:
        message = f"there is no language {language}; known: {', '.join(languages())}."
        raise Misused(message) from no


def _tell_what_is_left_out(record: "Record", edition: str, language: str) -> None:
    from exercise.offline.reports import left_out

    for one in left_out(record, edition, language):
        click.echo(f"left out: {one.title}, {one.left_out} of {one.of}")


def _telling(percent: int, words: str) -> None:
    from exercise.documents.job import line

    click.echo(line(percent, words))


def _silent(percent: int, words: str) -> None:
    del percent, words


def record_of(source: str) -> "Record":
    """Return a record from a file of that name, else of that stored exercise.

    Raises:
        Refused: there is none, or it cannot be read.
    """
    if Path(source).is_file() or source.endswith(".jsonl"):
        return read(Path(source))
    from exercise.adapters.record import read_record, record_lines

    with store() as kept, no_exercise(source):
        kept.opening(source)
        return read_record(record_lines(kept.timeline, source, kept.signer))
