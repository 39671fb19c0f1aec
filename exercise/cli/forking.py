"""The command that plays a record on from one of its moments."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exercise.cli.group import Misused, Refused, as_json, refusals
from exercise.cli.records import FILE, readable
from exercise.cli.reporting import record_of

if TYPE_CHECKING:
    from exercise.adapters.record import Record
    from exercise.offline.rehearsing import Played


@click.command()
@click.argument("source", metavar="EXERCISE|F.jsonl")
@click.option("--at", "moment", required=True, metavar="T+h:mm", help="From when on.")
@click.option("-o", "--output", type=FILE, required=True, help="The record to write.")
@click.option(
    "--robots",
    default="cooperative",
    show_default=True,
    metavar="POLICY",
    help="One policy for all, or ID=policy,… as in rehearse.",
)
@click.option("--seed", default=1, show_default=True, help="What chance is drawn from.")
@click.option("--json", "as_table", is_flag=True, help="Print the result as JSON.")
def fork(  # noqa: PLR0913 - one argument an option
    source: str,
    moment: str,
    output: Path,
    robots: str,
    seed: int,
    *,
    as_table: bool,
) -> None:
    """Ask what if: take a record up at a moment and let robots play it on.

    What was done by then stays as it was. The new record says in its first line that
    it is a rehearsal, and of which record it is a fork; the old one is not touched.
    """
    from exercise.domain.scoring import printed_points

    record = record_of(source)
    played = _played(record, source, moment, robots, seed)
    with refusals():
        output.write_bytes(b"".join(played.record))
    if as_table:
        as_json({**played.json(), "fork_of": record.exercise})
        return
    card = played.card
    headline = "–" if card.headline is None else str(printed_points(card.headline))
    click.echo(f"{output}: {played.entries} entries, {headline} of 100")


def _played(
    record: "Record", source: str, moment: str, robots: str, seed: int
) -> "Played":
    from exercise.adapters.scenario_files.times import milliseconds
    from exercise.offline.forking import fork_record
    from exercise.service.review import NothingToPlay
    from exercise.service.robots import UnknownPolicy

    at_ms = milliseconds("at", moment)
    if at_ms is None:
        message = f"{moment} is no moment; write it as T+0:45 or T+1:02:30."
        raise Misused(message)
    with readable(Path(source)):
        try:
            return fork_record(record, at_ms, robots=robots, seed=seed)
        except UnknownPolicy as no:
            message = f"{no}."
            raise Misused(message) from no
        except NothingToPlay as no:
            message = f"nothing is left to play at {moment}; take one before ENDEX."
            raise Refused(message) from no
