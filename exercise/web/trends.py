"""Runs of one exercise after another, for hosts and for trainers of several."""

from collections.abc import Sequence

from flask import Blueprint, Response

from exercise.domain.report.trends import Gap, Run, Series, trends
from exercise.domain.scoring import TITLES, printed_points
from exercise.domain.scoring.spec import NOISE_POINTS
from exercise.domain.wall import iso
from exercise.web.access import need_host, need_member
from exercise.web.language import words
from exercise.web.pages import page
from exercise.web.services import services
from exercise.web.session import members_in

blueprint = Blueprint("trends", __name__)

# The drawing's units: where the first and the last run stand, and 100 and 0 points.
LEFT, RIGHT, TOP, BOTTOM = 44, 616, 12, 172
SCORERS = frozenset({"trainer", "facilitator"})


@blueprint.get("/host/trends")
def of_all() -> Response:
    """Show the runs of every exercise on this server."""
    need_host()
    ended = [
        one.exercise for one in services().timeline.exercises() if one.status == "ended"
    ]
    return _page(ended, back="/host")


@blueprint.get("/review/<exercise>/trends")
def of_mine(exercise: str) -> Response:
    """Show the runs that one may score oneself, of the scenario at hand."""
    state, _ = need_member(exercise, "trainer", "facilitator")
    mine = [
        one.exercise
        for one in services().timeline.exercises()
        if one.status == "ended"
        and one.scenario == state.scenario.id
        and any(each.role in SCORERS for each in members_in(one.exercise))
    ]
    return _page(mine, back=f"/review/{exercise}")


def _page(exercises: Sequence[str], back: str) -> Response:
    runs = services().ground.documents.runs(exercises)
    return page(
        "landing/trends.html",
        series=[_series(one) for one in trends(runs)],
        titles=TITLES,
        noise=NOISE_POINTS,
        back=back,
    )


def _series(one: Series) -> dict[str, object]:
    rows = [
        _row(run, gap, at, len(one.runs))
        for at, (run, gap) in enumerate(zip(one.runs, (None, *one.gaps), strict=True))
    ]
    return {
        "scenario": one.scenario,
        "version": one.scenario_sha256[:8],
        "scoring": one.scoring,
        "fork_of": one.fork_of,
        "rows": rows,
        "dots": [row for row in rows if row["headline"] is not None],
    }


def _row(run: Run, gap: Gap | None, at: int, of: int) -> dict[str, object]:
    """Return a run as a row of the table and as a place in the drawing."""
    return {
        "number": at + 1,
        "title": run.title,
        "exercise": run.origin.exercise,
        "when": words().story(iso(run.wall_ms)),
        "headline": _points(run.headline),
        "low": _points(run.low),
        "high": _points(run.high),
        "partial": run.partial,
        "values": run.values,
        "gap": None if gap is None else _signed(gap.points),
        "gap_low": None if gap is None else _signed(gap.low),
        "gap_high": None if gap is None else _signed(gap.high),
        "noise": gap is not None and gap.within_noise,
        "x": LEFT + round((RIGHT - LEFT) * (at + 0.5) / of),
        "y": _y(run.headline),
        "y_low": _y(run.low),
        "y_high": _y(run.high),
    }


def _points(value: float | None) -> int | None:
    return None if value is None else printed_points(value)


def _signed(points: float) -> str:
    return f"{points:+.0f}".replace("-", "−")


def _y(points: float | None) -> int | None:
    if points is None:
        return None
    return BOTTOM - round((BOTTOM - TOP) * points / 100)
