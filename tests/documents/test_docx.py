"""The report in Word, read again: headings, tables, captions, alt texts, templates."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn

from exercise.documents import formats
from exercise.documents.docx import TEMPLATE
from exercise.documents.docx.template import made as shipped
from exercise.documents.tables import tables
from exercise.words import words_in
from tests.documents.conftest import PAYLOADS, Printed


def opened(made: bytes) -> Paper:
    return Document(BytesIO(made))


def styled(paper: Paper, style: str) -> list[str]:
    return [
        one.text for one in paper.paragraphs if one.style and one.style.name == style
    ]


def own(tmp_path: Path, *lines: str) -> Path:
    paper = Document()
    for line in lines:
        paper.add_paragraph(line)
    file = tmp_path / "own.docx"
    paper.save(str(file))
    return file


def test_the_shipped_template_is_what_the_code_says() -> None:
    assert TEMPLATE.read_bytes() == shipped()


def test_headings_are_headings_in_the_order_readers_expect(printed: Printed) -> None:
    paper = opened(printed.made("docx", "full"))
    first = styled(paper, "Heading 1")
    assert [one.split()[0] for one in first[:5]] == ["1", "2", "3", "4", "5"]
    assert "Areas for improvement" in styled(paper, "Heading 2")
    assert styled(paper, "Heading 3") == ["1. Help came late <b>&amp;</b>"]


def test_every_table_has_rows_a_heading_row_and_a_caption(printed: Printed) -> None:
    paper = opened(printed.made("docx"))
    assert len(paper.tables) >= 8
    for table in paper.tables:
        assert len(table.rows) > 1
        assert table.rows[1].cells[0].text
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None  # noqa: SLF001 - python-docx has no name for it
        assert table._tbl.getprevious().tag == qn("w:p")  # noqa: SLF001 - python-docx has no name for it
    captions = styled(paper, "Caption")
    assert len([one for one in captions if one.startswith("Table")]) == len(
        paper.tables
    )


def test_every_picture_says_what_it_shows(printed: Printed) -> None:
    paper = opened(printed.made("docx"))
    pictures = list(paper.element.iter(qn("wp:docPr")))
    assert len(pictures) == 9 + 2
    assert all(one.get("descr") for one in pictures)
    assert len({one.get("id") for one in pictures}) == len(pictures)


def test_every_link_leads_to_an_entry_in_the_document(printed: Printed) -> None:
    paper = opened(printed.made("docx"))
    names = [x.get(qn("w:name")) for x in paper.element.iter(qn("w:bookmarkStart"))]
    links = [x.get(qn("w:anchor")) for x in paper.element.iter(qn("w:hyperlink"))]
    assert len(names) == len(set(names))
    assert links
    assert set(links) <= set(names)


def test_contents_are_a_field_that_word_fills_in(printed: Printed) -> None:
    paper = opened(printed.made("docx"))
    codes = [one.text for one in paper.element.iter(qn("w:instrText"))]
    assert any("TOC" in (one or "") for one in codes)
    assert "A-11 Evidence" in styled(paper, "toc 1")


def test_what_people_wrote_is_text_with_what_xml_cannot_hold_replaced(
    printed: Printed,
) -> None:
    paper = opened(printed.made("docx"))
    told = "\n".join(one.text for one in paper.paragraphs)
    assert "Two lines:\nthe second, with a bell \ufffd in it." in told
    plan = next(t for t in paper.tables if t.rows[0].cells[1].text == "Action")
    assert len(plan.rows) == 1 + len(PAYLOADS)


def test_a_document_says_when_play_ended_and_not_when_it_was_printed(
    printed: Printed,
) -> None:
    about = opened(printed.made("docx")).core_properties
    assert f"{about.created:%Y-%m-%d %H:%M}" == "2000-01-01 03:00"
    assert about.modified == about.created


def test_right_to_left_languages_run_from_right_to_left(printed: Printed) -> None:
    paper = opened(printed.made("docx", language="qps"))
    for one in paper.paragraphs:
        assert one._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None  # noqa: SLF001 - python-docx has no name for it
    for table in paper.tables:
        assert table._tbl.tblPr.find(qn("w:bidiVisual")) is not None  # noqa: SLF001 - python-docx has no name for it


def test_a_template_of_ones_own_is_filled(printed: Printed, tmp_path: Path) -> None:
    file = own(tmp_path, "Our house: {{ report.title }}, {{ says.tlp }}")
    wish = formats.Wish(form="docx", template=file)
    paper = opened(formats.render(printed.value(), wish))
    assert paper.paragraphs[0].text == "Our house: Quiet Harbour, TLP:GREEN"


@pytest.mark.parametrize(
    "line",
    [
        "{{ nothing.of_the_kind }}",
        "{% for x in %}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    ],
)
def test_a_template_reaches_nothing_but_the_report(
    printed: Printed, tmp_path: Path, line: str
) -> None:
    wish = formats.Wish(form="docx", template=own(tmp_path, line))
    with pytest.raises(formats.CannotPrint):
        formats.render(printed.value(), wish)


def test_each_table_in_word_has_every_column(printed: Printed) -> None:
    """The template names them one by one, so it could forget one."""
    paper = opened(printed.made("docx", "full"))
    heads = {tuple(x.text for x in one.rows[0].cells) for one in paper.tables}
    assert ("Area", "Action", "Owner", "Due", "Standing") in heads
    shown = tables(words_in("en"), printed.value("full"))
    for name in shown.__dataclass_fields__:
        table = getattr(shown, name)
        if table.rows:
            assert tuple(one.title for one in table.columns) in heads, name
