"""The report as PDF, read again: tagged, titled, bookmarked, marked on every page."""

from collections import Counter
from io import BytesIO

import pytest
from pypdf import PdfReader

from exercise.documents import pdf
from tests.documents.conftest import Printed


@pytest.fixture(scope="module")
def reader(printed: Printed) -> PdfReader:
    return PdfReader(BytesIO(printed.made("pdf")))


def test_it_is_tagged_titled_and_in_a_language(reader: PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Quiet Harbour, after-action report"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_chapters_are_bookmarks(reader: PdfReader) -> None:
    titles = [one["/Title"] for one in flat(reader.outline)]
    assert "1 Exercise overview" in titles
    assert "A-11 Evidence" in titles


def flat(outline: list[object]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for one in outline:
        found += flat(one) if isinstance(one, list) else [one]  # type: ignore[list-item]
    return found


def test_every_page_is_marked_and_numbered(reader: PdfReader) -> None:
    pages = [one.extract_text() for one in reader.pages]
    assert 8 <= len(pages) <= 30
    for at, text in enumerate(pages, 1):
        assert "EXERCISE EXERCISE EXERCISE" in text
        assert text.count("TLP:GREEN") == 2
        assert f"Page {at} of {len(pages)}" in text


def test_it_says_when_play_ended_and_not_when_it_was_printed(
    reader: PdfReader,
) -> None:
    assert reader.metadata is not None
    assert f"{reader.metadata.creation_date:%Y-%m-%d %H:%M}" == "2000-01-01 03:00"


def test_evidence_is_linked_inside_the_file_and_nowhere_else(
    reader: PdfReader,
) -> None:
    links = [
        one.get_object()
        for page in reader.pages
        for one in page.get("/Annots", [])
        if one.get_object()["/Subtype"] == "/Link"
    ]
    assert len(links) > 100
    assert not [one for one in links if "/URI" in one.get("/A", {})]


def test_nothing_outside_a_report_is_fetched() -> None:
    with pytest.raises(pdf.AddressRefused):
        pdf.refused("http://192.0.2.1/")


def tagged(reader: PdfReader) -> list[dict[str, object]]:
    """Return every element of the structure that a screen reader walks."""
    found: list[dict[str, object]] = []
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            found.append(one)
            waiting += [one["/K"]] if "/K" in one else []
    return found


def test_headings_and_tables_are_tagged_as_what_they_are(reader: PdfReader) -> None:
    kinds = Counter(one.get("/S") for one in tagged(reader))
    assert kinds["/H1"] == 1
    assert kinds["/H2"] >= 8
    assert kinds["/H3"] >= 2
    assert kinds["/Table"] >= 8
    assert kinds["/TH"] > kinds["/Table"]


def test_every_figure_says_what_it_shows(reader: PdfReader) -> None:
    figures = [one for one in tagged(reader) if one.get("/S") == "/Figure"]
    assert len(figures) >= 2
    assert all(one.get("/Alt") for one in figures)
