"""The annex, read again: text stays text, figures are numbers, sheets are marked."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from openpyxl import Workbook

from exercise.documents import xlsx
from tests.documents.conftest import PAYLOADS, Printed

SHEETS = [
    "Timeline",
    "Score",
    "Opportunities",
    "Responses",
    "Network",
    "Compliance",
    "Handling",
    "Files",
    "Sessions",
    "Findings",
    "Plan",
]
# A full-width sign, which some programs take for the plain one.
WIDE = "\uff1d1+1"


@pytest.fixture(scope="module")
def book(printed: Printed) -> Workbook:
    return openpyxl.load_workbook(BytesIO(printed.made("xlsx")))


def test_it_has_its_sheets_each_marked(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert str(sheet["A1"].value).startswith("EXERCISE EXERCISE EXERCISE")
        assert "TLP:GREEN" in sheet.oddHeader.right.text


def test_no_cell_is_a_formula_and_none_a_link(book: Workbook) -> None:
    cells = [one for sheet in book for row in sheet.iter_rows() for one in row]
    assert not [one for one in cells if one.data_type == "f"]
    assert not [one for one in cells if one.hyperlink is not None]


def test_what_people_wrote_stands_as_they_wrote_it(book: Workbook) -> None:
    owners = [row[2].value for row in book["Plan"].iter_rows(min_row=3)]
    assert owners == list(PAYLOADS)


def test_a_wide_sign_begins_no_formula_either(printed: Printed) -> None:
    value = printed.value()
    odd = replace(value, plan=(replace(value.plan[0], owner=WIDE),))
    cell = openpyxl.load_workbook(BytesIO(xlsx.render(odd)))["Plan"]["C3"]
    assert (cell.value, cell.data_type) == (WIDE, "s")


def test_figures_are_numbers_that_add_up(book: Workbook, printed: Printed) -> None:
    rows = list(book["Score"].iter_rows(min_row=3, values_only=True))
    points = [float(str(row[4])) for row in rows if row[4] is not None]
    assert sum(points[:-1]) == pytest.approx(points[-1], abs=0.05)
    timeline = list(book["Timeline"].iter_rows(min_row=3, values_only=True))
    assert len(timeline) == len(printed.value().evidence)
    assert timeline[0][0] == 1


def test_right_to_left_sheets(printed: Printed) -> None:
    turned = openpyxl.load_workbook(BytesIO(printed.made("xlsx", language="qps")))
    assert all(sheet.sheet_view.rightToLeft for sheet in turned)
