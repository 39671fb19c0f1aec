"""The table of sessions: who met in which room, what went into the minutes."""

from exercise.documents.cells import Cell, Column, Table, cell, cites, joined, strong
from exercise.documents.tables.played import who
from exercise.domain.report import Aar
from exercise.domain.report.sessions import SessionLine
from exercise.words import Words


def sessions(words: Words, report: Aar) -> Table:
    """Return each session with its members, its minutes and its conclusion."""
    said = words.gettext
    return Table(
        id="sessions",
        title=said("Table A-13, sessions"),
        caption=said(
            "Table A-13. Sessions in the order of their opening, with their minutes "
            "where this edition's readers sat in the room."
        ),
        columns=(
            Column(said("Time"), 14),
            Column(said("Session"), 28),
            Column(said("In the room"), 20),
            Column(said("Minutes"), 38),
        ),
        rows=tuple(row for one in report.sessions for row in _rows(words, report, one)),
    )


def _rows(words: Words, report: Aar, one: SessionLine) -> list[tuple[Cell, ...]]:
    said = words.gettext
    statements = words.ngettext("%(n)d statement", "%(n)d statements", one.statements)
    chair = (*cell(said("Chair"), " "), *who(report, one.chair))
    others = (who(report, each) for each in one.members if each != one.chair)
    found: list[tuple[Cell, ...]] = [
        (
            cites(report.cited(one.entries[:1])),
            cell(strong(_sort(words, one.sort)), f" {one.title}" if one.title else ""),
            (*chair, *cell(", "), *joined(others, ", ")),
            cell(statements),
        )
    ]
    found += [
        (
            cites(report.cited((line.entry,))),
            cell(said("Item %(n)d", n=line.item), f": {line.agenda_item}"),
            cell(""),
            cell(line.text),
        )
        for line in one.minutes
    ]
    if one.conclusion:
        ends = cites(report.cited(one.entries[-1:]))
        found.append((ends, cell(said("Conclusion")), cell(""), cell(one.conclusion)))
    return found


def _sort(words: Words, sort: str) -> str:
    said = words.gettext
    return {
        "emergency": said("Emergency session"),
        "plenary": said("Plenary"),
        "technical": said("Technical exchange"),
        "multistakeholder": said("Multistakeholder session"),
    }[sort]
