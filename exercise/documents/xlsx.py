"""The annex of a report as a workbook: the tables to count and filter in."""

import re
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from exercise.documents.annex import sheets
from exercise.documents.archive import repacked
from exercise.documents.cells import Cell, Figure, Table
from exercise.documents.marking import moment
from exercise.documents.phrases import Phrases, phrases
from exercise.documents.plain import legal, plain
from exercise.domain.report import Aar
from exercise.words import words_in

# What people wrote stays text, whatever it begins with.
TEXT_STAYS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# A cell of a workbook holds no more.
MOST = 32_767
# One hundredth of a sheet, in characters.
_UNIT = 1.3
_FIRST_ROW = 2
_NOT_IN_NAMES, _LONGEST_NAME = re.compile(r"[\[\]:*?/\\]"), 31


def render(report: Aar, language: str = "en") -> bytes:
    """Return the annex as XLSX; the same record gives the same bytes."""
    words, made = words_in(language), BytesIO()
    book = Workbook(made, {"in_memory": True, **TEXT_STAYS_TEXT})
    says, looks = phrases(words, report), _looks(book)
    book.set_properties(
        {
            "title": legal(says.running),
            "comments": f"{says.banner} {says.tlp}",
            "created": moment(report).replace(tzinfo=None),
        }
    )
    for name, table in sheets(words, report):
        sheet = book.add_worksheet(_named(name))
        if words.direction == "rtl":
            sheet.right_to_left()
        _mark(sheet, says, looks)
        _fill(sheet, table, looks)
    book.close()
    return repacked(made.getvalue())


def _named(name: str) -> str:
    """Return a sheet's name as a workbook takes it."""
    return _NOT_IN_NAMES.sub("", name)[:_LONGEST_NAME]


def _looks(book: Workbook) -> dict[str, Any]:
    return {
        "banner": book.add_format({"bold": True}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }


def _mark(sheet: Worksheet, says: Phrases, looks: dict[str, Any]) -> None:
    """Print banner and TLP above the table, and on each sheet of paper."""
    sheet.write_string(0, 0, f"{says.banner}  {says.tlp}", looks["banner"])
    sheet.set_header(f"&L{says.banner}&R&B{says.tlp}")
    sheet.set_footer(f"&L&P / &N&R&B{says.tlp}")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.freeze_panes(_FIRST_ROW, 0)


def _fill(sheet: Worksheet, table: Table, looks: dict[str, Any]) -> None:
    last = len(table.columns) - 1
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, max(8, column.width * _UNIT))
        sheet.write_string(1, at, legal(column.title), looks["head"])
    rows = (*table.rows, *table.foot)
    for down, row in enumerate(rows, _FIRST_ROW):
        for at, cell in enumerate(row):
            _write(sheet, down, at, cell, looks)
    if table.rows:
        sheet.autofilter(1, 0, 1 + len(table.rows), last)
    else:
        sheet.write_string(_FIRST_ROW, 0, legal(table.nothing), looks["text"])


def _write(
    sheet: Worksheet, row: int, column: int, cell: Cell, looks: dict[str, Any]
) -> None:
    match cell:
        case ():
            pass
        case (Figure(value=value),):
            sheet.write_number(row, column, value, looks["number"])
        case _:
            sheet.write_string(row, column, legal(plain(cell))[:MOST], looks["text"])
