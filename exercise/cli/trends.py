"""The command that lays runs of one exercise beside each other."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exercise.cli.group import as_json
from exercise.cli.records import readable
from exercise.cli.reporting import record_of
from exercise.cli.stored import store

if TYPE_CHECKING:
    from exercise.domain.report.trends import Gap, Run, Series


@click.command()
@click.argument("sources", nargs=-1, metavar="[EXERCISE|F.jsonl]…")
@click.option("--json", "as_table", is_flag=True, help="Print everything as JSON.")
@click.option("--lines", is_flag=True, hidden=True)
def trends(sources: tuple[str, ...], *, as_table: bool, lines: bool) -> None:
    """Show how runs of one exercise went, one after another.

    Without sources it reads every stored exercise that has ended. Only runs of the
    same scenario, to the byte, and of the same version of the score are compared.
    """
    from exercise.adapters.finished import run_json
    from exercise.domain.report.trends import trends as in_series
    from exercise.offline.trends import series_json

    runs = _runs(sources or _ended())
    if lines:
        for one in runs:
            click.echo(json.dumps(run_json(one)))
        return
    found = in_series(runs)
    if as_table:
        as_json({"series": [series_json(one) for one in found]})
        return
    for series in found:
        _print(series)
    if not found:
        click.echo("No exercise has ended yet.")


def _ended() -> Sequence[str]:
    with store() as kept:
        known = kept.timeline.exercises()
        return [one.exercise for one in known if one.status == "ended"]


def _runs(sources: Sequence[str]) -> "Iterator[Run]":
    from exercise.offline.trends import run_of

    for source in sources:
        record = record_of(source)
        with readable(Path(source)):
            run = run_of(record)
        if run is not None:
            yield run


def _print(series: "Series") -> None:
    version = f"version {series.scenario_sha256[:8]}, scoring {series.scoring}"
    forked = f", forks of {series.fork_of}" if series.fork_of else ""
    click.echo(f"{series.scenario}, {version}{forked}")
    for run, gap in zip(series.runs, (None, *series.gaps), strict=True):
        click.echo(f"  {_told(run)}{_gap(gap)}")


def _told(run: "Run") -> str:
    from exercise.domain.scoring import printed_points
    from exercise.domain.wall import iso

    day = iso(run.wall_ms)[:10]
    if run.headline is None or run.low is None or run.high is None:
        return f"{day}  {run.title:<32}   – of 100"
    low, high = printed_points(run.low), printed_points(run.high)
    return (
        f"{day}  {run.title:<32} {printed_points(run.headline):>3} of 100"
        f" ({low}–{high}){', partial' if run.partial else ''}"
    )


def _gap(gap: "Gap | None") -> str:
    if gap is None:
        return ""
    noise = ", within noise" if gap.within_noise else ""
    return f"  {gap.points:+.0f} ({gap.low:+.0f} to {gap.high:+.0f}{noise})"
