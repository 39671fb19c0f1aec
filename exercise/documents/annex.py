"""The tables of the annex, which hold everything that the report only sums up."""

from collections.abc import Callable

from exercise.documents.cells import (
    Bar,
    Cell,
    Column,
    Figure,
    Row,
    Table,
    cell,
    cites,
    whole,
)
from exercise.documents.marking import told as wall
from exercise.documents.saying import teller
from exercise.documents.tables import tables
from exercise.documents.tables.played import who
from exercise.domain.report import Aar, Evidence, Finding
from exercise.domain.scoring import Indicator, Message, Opportunity
from exercise.words import Words

Told = Callable[[Message], str]


def sheets(words: Words, report: Aar) -> tuple[tuple[str, Table], ...]:
    """Return the sheets of the annex by name, in their order."""
    said, told, shown = words.gettext, teller(words), tables(words, report)
    return (
        (said("Timeline"), _timeline(words, report, told)),
        (said("Score"), _without_bars(shown.score)),
        (said("Opportunities"), _opportunities(words, report, told)),
        (said("Responses"), shown.responses),
        (said("Network"), shown.network),
        (said("Compliance"), shown.compliance),
        (said("Handling"), shown.handling),
        (said("Files"), shown.files),
        (said("Sessions"), shown.sessions),
        (said("Findings"), _findings(words, report)),
        (said("Plan"), shown.plan),
    )


def _table(id_: str, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> Table:
    return Table(id=id_, title="", caption="", columns=columns, rows=rows)


def _timeline(words: Words, report: Aar, told: Told) -> Table:
    """Return every entry there is evidence of; what was pinned is marked."""
    said = words.gettext
    labels = {one.evidence.entry: one.label for one in report.timeline if one.pinned}

    def row(one: Evidence) -> Row:
        pinned = said("pinned") if one.entry in labels else ""
        return (
            cell(whole(one.seq)),
            cites((one,)),
            cell(wall(one.wall_ms)),
            who(report, one.who),
            cell(told(one.what)),
            cell(labels.get(one.entry) or pinned),
        )

    columns = (
        Column(said("Entry"), 8, number=True),
        Column(said("Time"), 12),
        Column(said("Wall time"), 18),
        Column(said("Delegation"), 12),
        Column(said("What happened"), 60),
        Column(said("Pinned"), 30),
    )
    return _table("timeline", columns, tuple(map(row, report.evidence)))


def _without_bars(score: Table) -> Table:
    """Return the score without the column that is a drawing."""
    drawn = next(
        (
            at
            for row in score.rows
            for at, one in enumerate(row)
            if any(isinstance(piece, Bar) for piece in one)
        ),
        len(score.columns),
    )

    def kept(row: Row) -> tuple[Cell, ...]:
        return row[:drawn] + row[drawn + 1 :]

    columns = score.columns[:drawn] + score.columns[drawn + 1 :]
    rows, foot = tuple(map(kept, score.rows)), tuple(map(kept, score.foot))
    return Table(
        id=score.id, title="", caption="", columns=columns, rows=rows, foot=foot
    )


def _opportunities(words: Words, report: Aar, told: Told) -> Table:
    said = words.gettext
    verdicts = {
        "met": said("met"),
        "partly": said("partly"),
        "missed": said("missed"),
        "against": said("against"),
    }

    def row(indicator: Indicator, one: Opportunity) -> Row:
        return (
            cell(indicator.id),
            who(report, one.delegation),
            cell(told(one.what)),
            cell(verdicts[one.verdict]),
            cell(_rounded(one.earned)),
            cell(_rounded(one.weight)),
            cell(_rounded(one.loss)),
            cites(report.cited(one.entries)),
        )

    columns = (
        Column(said("Indicator"), 9),
        Column(said("Delegation"), 12),
        Column(said("Opportunity"), 60),
        Column(said("Verdict"), 10),
        Column(said("Earned"), 9, number=True),
        Column(said("Weight"), 9, number=True),
        Column(said("Points lost"), 10, number=True),
        Column(said("Evidence"), 24),
    )
    rows = tuple(
        row(indicator, one)
        for indicator in report.score.indicators
        for one in indicator.opportunities
    )
    return _table("opportunities", columns, rows)


def _rounded(value: float) -> Figure:
    return Figure(round(value, 4), f"{value:.4f}")


def _findings(words: Words, report: Aar) -> Table:
    said = words.gettext
    sorts = {
        "strength": said("Strength"),
        "improvement": said("Area for improvement"),
    }

    def row(one: Finding) -> Row:
        return (
            cell(sorts[one.sort]),
            cell(one.title),
            cell(one.observation),
            cell(one.recommendation),
            cites(report.cited(one.entries)),
        )

    columns = (
        Column(said("Sort"), 16),
        Column(said("Title"), 30),
        Column(said("Observation"), 60),
        Column(said("Recommendation"), 50),
        Column(said("Evidence"), 24),
    )
    found = (*report.strengths, *report.improvements)
    return _table("findings", columns, tuple(map(row, found)))
