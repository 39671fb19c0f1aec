"""The table of the files that came with papers."""

from exercise.documents.cells import Column, Figure, Table, cell, cites
from exercise.domain.report import Aar
from exercise.words import Words


def files(words: Words, report: Aar) -> Table:
    """Return each file with its hash, to be compared with what somebody holds."""
    said = words.gettext
    return Table(
        id="files",
        title=said("Table A-12, files"),
        caption=said(
            "Table A-12. Files that came with papers; the record proves each hash."
        ),
        columns=(
            Column(said("Came"), 14),
            Column(said("With"), 28),
            Column(said("File"), 20),
            Column(said("Bytes"), 10, number=True),
            Column(said("SHA-256"), 28),
        ),
        rows=tuple(
            (
                cites(report.cited(one.entries)),
                cell(one.paper),
                cell(one.file),
                cell(Figure(one.bytes, words.number(one.bytes))),
                cell(f"{one.sha256[:32]} {one.sha256[32:]}"),
            )
            for one in report.files
        ),
        nothing=said("No file came with any paper."),
    )
