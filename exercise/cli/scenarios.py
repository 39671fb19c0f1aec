"""Commands about scenarios: checked for problems, and played by robots."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exercise.cli.group import Misused, Refused, as_json, refusals

if TYPE_CHECKING:
    from exercise.domain.scenario import Scenario
    from exercise.offline.rehearsing import Played
    from exercise.service.papers import Paper


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--json", "as_table", is_flag=True, help="Print the problems as JSON.")
def check(directory: Path, *, as_table: bool) -> None:
    """Find every problem of a scenario at once: file, key, reason, nearest name.

    A warning is about what may be meant; it does not keep a scenario from being played.
    """
    from exercise.adapters.scenario_files import check as problems_of

    if not directory.is_dir():
        message = f"{directory} is no folder; give the one that holds scenario.toml."
        raise Refused(message)
    problems = problems_of(directory)
    if as_table:
        as_json(
            [
                {
                    "file": one.file,
                    "key": one.key,
                    "reason": one.reason,
                    "nearest": one.nearest,
                    "warning": one.warning,
                }
                for one in problems
            ]
        )
    else:
        for one in problems:
            click.echo(str(one))
    faults = sum(not one.warning for one in problems)
    if faults:
        count = f"{faults} problem{'s' if faults > 1 else ''}"
        message = f"{count} in {directory}; mend what is listed and check again."
        raise Refused(message)
    if not as_table:
        click.echo(f"{directory}: no problems")


@click.command()
@click.argument("scenario")
@click.option(
    "--robots",
    default="cooperative",
    show_default=True,
    metavar="POLICY",
    help="One policy for all, or ID=policy,…: cooperative, silent, silo, leaky, "
    "escalating, contradictory, slow, thorough.",
)
@click.option("--seed", default=1, show_default=True, help="What chance is drawn from.")
@click.option("--record", type=click.Path(path_type=Path), help="Write the record.")
@click.option("--json", "as_table", is_flag=True, help="Print the result as JSON.")
@click.option(
    "--coverage",
    is_flag=True,
    help="Play with every policy, then thoroughly with one seed after another, and "
    "print what was exercised.",
)
@click.option(
    "--seeds",
    type=click.IntRange(1, 100),
    default=20,
    show_default=True,
    help="The most seeds for --coverage.",
)
def rehearse(  # noqa: PLR0913 - each is an option of its own
    scenario: str,
    robots: str,
    seed: int,
    record: Path | None,
    seeds: int,
    *,
    as_table: bool,
    coverage: bool,
) -> None:
    """Play a whole exercise with robots, as fast as it goes and without a server.

    SCENARIO is a name (quiet-harbour) or a folder. The same seed gives the same
    record, byte for byte.
    """
    if coverage:
        if record is not None:
            message = "--coverage plays many runs; leave out --record."
            raise Misused(message)
        from exercise.cli.covering import tell

        tell(read_scenario(scenario), seeds, as_table=as_table)
        return
    from exercise.offline.rehearsing import rehearse as play
    from exercise.service.robots import UnknownPolicy

    loaded = read_scenario(scenario)
    try:
        played = play(loaded, robots=robots, seed=seed)
    except UnknownPolicy as no:
        message = f"{no}."
        raise Misused(message) from no
    if record is not None:
        with refusals():
            record.write_bytes(b"".join(played.record))
    for one in played.refused:
        click.echo(f"refused: {one}", err=True)
    if as_table:
        as_json(played.json())
    else:
        _told(loaded, played, robots)


def read_scenario(name: str) -> "Scenario":
    """Return a scenario by name or folder, or say why there is none.

    Raises:
        Refused: there is none, or it has problems.
    """
    from exercise.adapters.scenario_files import ScenarioRefused
    from exercise.offline.rehearsing import NoScenario, own_shelf
    from exercise.offline.rehearsing import read_scenario as read

    with refusals():
        try:
            return read(name, own_shelf())
        except NoScenario as no:
            message = (
                f"there is no scenario “{name}”; give the name of one shipped "
                "(quiet-harbour), or the folder that holds scenario.toml."
            )
            raise Refused(message) from no
        except ScenarioRefused as no:
            faults = [one for one in no.problems if not one.warning]
            message = (
                f"{name} has {len(faults)} problems, the first: {faults[0]}; "
                "run `detente check` on its folder."
            )
            raise Refused(message) from no


def read_papers(name: str, scenario: "Scenario") -> "tuple[Paper, ...]":
    """Return the files of a scenario that was just read.

    Raises:
        Refused: one has changed meanwhile.
    """
    from exercise.adapters.scenario_files import PaperGone
    from exercise.offline.rehearsing import own_shelf
    from exercise.offline.rehearsing import read_papers as read

    with refusals():
        try:
            return read(name, scenario, own_shelf())
        except PaperGone as no:
            message = f"{no} was changed just now; run `detente check` on its folder."
            raise Refused(message) from no


def _told(scenario: "Scenario", played: "Played", robots: str) -> None:
    from exercise.domain.scoring import printed_points

    card = played.card
    headline = "–" if card.headline is None else str(printed_points(card.headline))
    click.echo(f"{scenario.title}, robots {robots}: {headline} of 100")
    for one in card.indicators:
        share = "n/a" if one.value is None else f"{one.value:.2f}"
        click.echo(f"  {one.id}  {one.title:<20} {share:>5}")
    click.echo(f"{played.entries} entries, record {played.record_sha256}")
