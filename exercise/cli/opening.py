"""Commands that open an exercise and hand out ways in."""

from typing import TYPE_CHECKING

import click

from exercise.cli.group import Misused, Refused, as_json
from exercise.cli.scenarios import read_papers, read_scenario
from exercise.cli.stored import address, no_exercise, store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exercise.domain.commands import CarryPlan
    from exercise.offline.store import Invitation, Store
    from exercise.service.enrol import Opened

ROLES = ("facilitator", "evaluator", "trainer", "observer", "room")


@click.command("open")
@click.argument("scenario")
@click.option("--title", required=True, help="What this run is called.")
@click.option(
    "--starts-at", default="", metavar="ISO", help="When it is meant to begin."
)
@click.option(
    "--from",
    "earlier",
    default="",
    metavar="EXERCISE|F.jsonl",
    help="Take over what that run's improvement plan left open.",
)
@click.option("--json", "as_table", is_flag=True, help="Print everything as JSON.")
def open_(
    scenario: str, title: str, starts_at: str, earlier: str, *, as_table: bool
) -> None:
    """Open an exercise: its id, a join code per delegation, and one-time links."""
    from exercise.service.enrol import NotOpened

    loaded = read_scenario(scenario)
    papers = read_papers(scenario, loaded)
    _check_start(starts_at)
    plan = _taken_over(earlier) if earlier else ()
    with store() as kept:
        try:
            opened = kept.open(loaded, title, starts_at, papers)
            kept.enrol.carry(opened.exercise, plan)
        except NotOpened as no:
            message = "the exercise could not be recorded; run `detente doctor`."
            raise Refused(message) from no
        links = _links(kept, opened)
        if as_table:
            as_json(
                {
                    "exercise": opened.exercise,
                    "codes": dict(opened.codes),
                    "links": links,
                }
            )
            return
        _print_opened(kept, opened, links)


def _taken_over(earlier: str) -> "Sequence[CarryPlan]":
    from exercise.cli.reporting import record_of
    from exercise.domain.events import ExerciseOpened
    from exercise.service.review.carried import taken_over

    entries = record_of(earlier).entries
    opened = next((one.event for one in entries), None)
    title = opened.title if isinstance(opened, ExerciseOpened) else earlier
    return taken_over(entries, title)


def _check_start(starts_at: str) -> None:
    from datetime import datetime

    if not starts_at:
        return
    try:
        datetime.fromisoformat(starts_at)
    except ValueError as no:
        message = f"--starts-at {starts_at} is no time; write 2031-03-12T09:00:00Z."
        raise Misused(message) from no


def _links(kept: "Store", opened: "Opened") -> dict[str, str]:
    from exercise.offline.store import LINKED

    base = address(kept)
    roles = (*LINKED, "room")
    return {one: base + kept.path(opened.exercise, one) for one in roles}


def _print_opened(kept: "Store", opened: "Opened", links: dict[str, str]) -> None:
    from exercise.domain.chain import in_fours

    click.echo(f"exercise     {opened.exercise}")
    for delegation, code in opened.codes.items():
        shown = in_fours(code)
        click.echo(f"{delegation:<12} {shown}  {address(kept)}/j/{shown}")
    for role, link_ in links.items():
        click.echo(f"{role:<12} {link_}")


@click.command()
@click.argument("exercise", required=False)
@click.option("--role", type=click.Choice(ROLES), help="Whose link.")
@click.option("--host", is_flag=True, help="A link with the right to open exercises.")
@click.option("--json", "as_table", is_flag=True, help="Print url and token as JSON.")
def link(exercise: str | None, role: str | None, *, host: bool, as_table: bool) -> None:
    """Make a fresh one-time link, any time: for another laptop, or after a crash.

    The link is spent when its page is confirmed. With --json there is a token for
    programs beside it.
    """
    if host and (exercise or role):
        message = "--host belongs to no exercise; leave out EXERCISE and --role."
        raise Misused(message)
    if not host and not (exercise and role):
        message = "give EXERCISE and --role, or --host alone."
        raise Misused(message)
    with store() as kept:
        if as_table:
            as_json(_invitation(kept, exercise, role))
            return
        click.echo(_address(kept, exercise, role))


def _invitation(kept: "Store", exercise: str | None, role: str | None) -> object:
    from exercise.offline.store import NotMade

    with no_exercise(exercise or ""):
        try:
            made: Invitation = (
                kept.invite(exercise, role)  # type: ignore[arg-type] # click checked the role
                if exercise
                else kept.invite_host()
            )
        except NotMade as no:
            message = "the link could not be recorded; try again in a moment."
            raise Refused(message) from no
    return {"url": address(kept) + made.path, "token": made.token}


def _address(kept: "Store", exercise: str | None, role: str | None) -> str:
    base = address(kept)
    if not exercise:
        return base + kept.host_path()
    with no_exercise(exercise):
        kept.opening(exercise)
        return base + kept.path(exercise, role)  # type: ignore[arg-type] # click checked the role
