"""Tables of what was judged: objectives, score, improvement plan, hot wash."""

from collections.abc import Iterator, Mapping

from exercise.documents.cells import (
    Bar,
    Cell,
    Column,
    Figure,
    Table,
    cell,
    cites,
    joined,
    share,
    strong,
    whole,
)
from exercise.documents.titles import Titles
from exercise.domain.report import Aar, ObjectiveLine, PlanLine, RatingLine, SurveyLine
from exercise.domain.scoring import WEIGHTS, Indicator, number
from exercise.domain.scoring.spec import NOISE_POINTS
from exercise.words import Words


def objectives(words: Words, report: Aar, named: Titles) -> Table:
    """Return each objective with its indicators, its mark and its ratings."""
    said = words.gettext
    return Table(
        id="objectives",
        title=said("Table 1, objectives"),
        caption=said(
            "Table 1. Objectives with the indicators that speak to them, the mark "
            "given in play and the evaluators’ ratings."
        ),
        columns=(
            Column(said("Objective"), 34),
            Column(said("Capability"), 20),
            Column(said("Indicators"), 15),
            Column(said("Met"), 13),
            Column(said("Ratings"), 18),
        ),
        rows=tuple(
            row
            for one in report.objectives
            for row in _objective(words, report, named, one)
        ),
    )


def _objective(
    words: Words, report: Aar, named: Titles, one: ObjectiveLine
) -> Iterator[tuple[Cell, ...]]:
    """Yield an objective's row, then one for each task of its evaluation guide."""
    tasks = [x for x in report.guide if x.objective == one.id and x.id != one.id]
    rated = tasks and not one.ratings
    yield (
        cell(one.title),
        cell(one.capability),
        _indicators(words, one),
        _mark(report, named, one),
        cell(words.gettext("by task"))
        if rated
        else _ratings(words, report, one.ratings),
    )
    for task in tasks:
        ratings = (*task.ratings, *task.settled)
        yield (cell(f"– {task.title}"), (), (), (), _ratings(words, report, ratings))


def _indicators(words: Words, one: ObjectiveLine) -> Cell:
    absent = words.gettext("n/a")
    return joined(
        cell(strong(id_), " ", share(value, absent)) for id_, _, value in one.indicators
    )


def _mark(report: Aar, named: Titles, one: ObjectiveLine) -> Cell:
    note = cell(f" {one.note}") if one.note else ()
    mark = cell(named.marks[one.mark])
    return (*joined((mark, cites(report.cited(one.entries))), " "), *note)


def _ratings(words: Words, report: Aar, ratings: tuple[RatingLine, ...]) -> Cell:
    if not ratings:
        return cell(words.gettext("not evaluated"))
    return joined(_rating(report, one) for one in ratings)


def _rating(report: Aar, one: RatingLine) -> Cell:
    note = cell(f" {one.note}") if one.note else ()
    behind = report.cited(one.entries)
    shown = cell(" ", *cites(behind)) if behind else ()
    return (*cell(f"{one.by}: ", strong(one.rating)), *shown, *note)


def score(words: Words, report: Aar) -> Table:
    """Return the nine indicators with weight, value, range and points."""
    said, card = words.gettext, report.score
    headline = card.headline
    earned = Figure(headline, f"{headline:.1f}") if headline is not None else ""
    return Table(
        id="score",
        title=said("Table 2, indicators"),
        caption=said(
            "Table 2. Computed from the record with scoring %(version)s. The whisker "
            "spans the values with any one opportunity left out. A gap below "
            "%(noise)d points between two runs is within noise.",
            version=card.version,
            noise=NOISE_POINTS,
        ),
        columns=(
            Column(said("Indicator"), 33),
            Column(said("Weight"), 9, number=True),
            Column(said("Value"), 8, number=True),
            Column(said("Range"), 12, number=True),
            Column(said("Value, with weight as thickness"), 29),
            Column(said("Points"), 9, number=True),
        ),
        rows=tuple(_indicator(words, report, one) for one in card.indicators),
        foot=(
            (
                cell(said("All that apply")),
                cell(share(applicable(report) / 100, "")),
                (),
                (),
                (),
                cell(earned),
            ),
        ),
    )


def _indicator(words: Words, report: Aar, one: Indicator) -> tuple[Cell, ...]:
    weakest = words.gettext("(weakest)") if one.id == report.score.weakest else ""
    ranged = one.low is not None and one.high is not None
    return (
        cell(strong(one.id), f" {words.gettext(one.title)} {weakest}".rstrip()),
        cell(share(one.weight, "")),
        cell(share(one.value, words.gettext("n/a"))),
        cell(f"{number(one.low or 0)}–{number(one.high or 0)}") if ranged else (),
        cell(Bar(one.value, round(one.weight * 100), one.low, one.high)),
        cell(points(report, one)) if one.value is not None else (),
    )


def points(report: Aar, one: Indicator) -> Figure:
    """Return what an indicator brought to the headline, in points."""
    total = applicable(report) or 1
    value = 100 * WEIGHTS[one.id] / total * (one.value or 0)
    return Figure(round(value, 2), f"{value:.1f}")


def applicable(report: Aar) -> int:
    """Return the weight of the indicators that apply, in whole percents."""
    return sum(WEIGHTS[x.id] for x in report.score.indicators if x.value is not None)


def plan(words: Words, report: Aar) -> Table:
    """Return the improvement plan."""
    said = words.gettext
    areas = {one.id: one.title for one in (*report.strengths, *report.improvements)}
    return Table(
        id="plan",
        title=said("Table 3, improvement plan"),
        caption=said("Table 3. Improvement plan."),
        columns=(
            Column(said("Area"), 26),
            Column(said("Action"), 32),
            Column(said("Owner"), 17),
            Column(said("Due"), 13),
            Column(said("Standing"), 12),
        ),
        rows=tuple(
            (
                cell(_area(words, one, areas)),
                cell(one.action),
                cell(one.owner),
                cell(one.due),
                cell(_standing(words, one)),
            )
            for one in (*report.carried, *report.plan)
        ),
        nothing=said("No action has been agreed yet."),
    )


def _area(words: Words, one: PlanLine, areas: Mapping[str, str]) -> str:
    if not one.source:
        return areas.get(one.finding, one.finding)
    return words.gettext("%(area)s (from %(run)s)", area=one.area, run=one.source)


def _standing(words: Words, one: PlanLine) -> str:
    match one.status:
        case "done":
            return words.gettext("done")
        case "carried":
            return words.gettext("carried on")
        case "open":
            return words.gettext("open") if one.source else words.gettext("new")


def survey(words: Words, report: Aar) -> Table:
    """Return the hot wash, question by question."""
    said = words.gettext
    return Table(
        id="survey",
        title=said("Table A-5, survey"),
        caption=said("Table A-5. Answers to the survey."),
        columns=(
            Column(said("Question"), 34),
            Column(said("Answers"), 10, number=True),
            Column(said("What was said"), 56),
        ),
        rows=tuple(
            (cell(said(one.question)), cell(whole(one.answers)), cell(_answers(one)))
            for one in report.survey
        ),
    )


def _answers(one: SurveyLine) -> str:
    counted = ", ".join(f"{text} × {n}" for text, n in one.counts)
    return "\n".join((*((counted,) if counted else ()), *one.remarks))
