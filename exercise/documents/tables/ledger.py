"""Tables of what was alleged and answered, and of what was handled wrongly."""

from collections.abc import Callable

from exercise.documents.cells import Cell, Column, Table, cell, cites, joined
from exercise.documents.tables.played import who
from exercise.documents.titles import Titles
from exercise.domain.report import Aar
from exercise.domain.report.compliance import Allegation
from exercise.domain.scoring import Message
from exercise.words import Words

Told = Callable[[Message], str]


def compliance(words: Words, report: Aar, named: Titles) -> Table:
    """Return the compliance ledger: who alleged what against whom, and the answer."""
    said = words.gettext
    standings = {
        "answered": said("answered"),
        "denied": said("denied"),
        "accepted": said("accepted"),
        "unanswered": said("unanswered"),
        "open": said("no answer yet"),
    }

    def row(one: Allegation) -> tuple[Cell, ...]:
        standing = cell(standings[one.standing])
        late = cell(f", {said('late')}") if one.late else ()
        behind = report.cited((one.answer,)) if one.answer else ()
        answer = (*standing, *late, *cell(" "), *cites(behind))
        return (
            (*cites(report.cited((one.entry,))), *cell(f" {_how(named, one)}")),
            joined(who(report, each) for each in one.by),
            who(report, one.against),
            cell(", ".join(one.norms) or said("none cited")),
            answer,
        )

    return Table(
        id="compliance",
        title=said("Table A-8, compliance"),
        caption=said(
            "Table A-8. Breaches that were alleged, by which norm, and what came back. "
            "That something was alleged does not make it so."
        ),
        columns=(
            Column(said("Alleged"), 28),
            Column(said("By"), 14),
            Column(said("Against"), 12),
            Column(said("Norm"), 22),
            Column(said("Answer"), 24),
        ),
        rows=tuple(map(row, report.allegations)),
        nothing=said("Nobody alleged a breach."),
    )


def _how(named: Titles, one: Allegation) -> str:
    return named.instruments.get(one.instrument, one.instrument)


def handling(words: Words, report: Aar, told: Told) -> Table:
    """Return what went against its label, or with no basis for the data in it."""
    said = words.gettext
    return Table(
        id="handling",
        title=said("Table A-9, handling"),
        caption=said(
            "Table A-9. Information that was passed on against its label, or without "
            "a basis for the data about people in it."
        ),
        columns=(
            Column(said("By"), 14),
            Column(said("What happened"), 66),
            Column(said("Evidence"), 20),
        ),
        rows=tuple(
            (
                who(report, one.delegation),
                cell(told(one.what)),
                cites(report.cited(one.entries)),
            )
            for one in report.breaches
        ),
        nothing=said("All information was handled as its label and its data ask."),
    )
