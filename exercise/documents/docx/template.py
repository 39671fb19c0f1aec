"""The template that is shipped, written as code so that it can be read and checked."""

from collections.abc import Iterable
from io import BytesIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph

from exercise.documents.archive import repacked
from exercise.documents.docx.styles import dress

# Paper is A4 with side margins of 18 mm: what is left for text, in twentieths of a
# point.
WIDTH = 9865
TWIP = 635
# How the columns of each table share the width, in percents.
TABLES: dict[str, tuple[int, ...]] = {
    "objectives": (34, 20, 15, 13, 18),
    "score": (30, 9, 8, 12, 32, 9),
    "plan": (26, 32, 17, 13, 12),
    "timeline": (14, 86),
    "responses": (24, 13, 18, 9, 9, 12, 15),
    "network": (20, 9, 71),
    "participants": (32, 9, 59),
    "survey": (34, 11, 55),
    "meters": (24, 16, 9, 9, 42),
    "compliance": (28, 14, 12, 22, 24),
    "handling": (14, 66, 20),
    "evidence": (14, 9, 13, 64),
    "files": (14, 28, 20, 10, 28),
    "sessions": (14, 28, 20, 38),
}
NUMBERS = {
    "score": {1, 2, 3, 5},
    "responses": {3, 4},
    "network": {1},
    "participants": {1},
    "survey": {1},
    "meters": {2, 3},
    "evidence": {1},
    "files": {3},
}


def made() -> bytes:
    """Return the template as DOCX, the same bytes every time."""
    paper = Document()
    dress(paper)
    _sheet(paper)
    _front(paper)
    _score(paper)
    _analysis(paper)
    _appendices(paper)
    written = BytesIO()
    paper.save(written)
    return repacked(written.getvalue())


def _sheet(paper: Paper) -> None:
    """Set A4, margins, and what stands at the head and foot of each page."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(27), Mm(25)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for one in (head, foot):
        one.paragraph_format.tab_stops.clear_all()
        one.paragraph_format.tab_stops.add_tab_stop(Mm(87), WD_TAB_ALIGNMENT.CENTER)
        one.paragraph_format.tab_stops.add_tab_stop(Mm(174), WD_TAB_ALIGNMENT.RIGHT)
    _spans(head, ("{{ says.running }}", "\t", "*{{ says.banner }}", "\t", "{{r tlp }}"))
    _spans(foot, ("{{ page.before }}", "=PAGE", "{{ page.between }}", "=NUMPAGES"))
    _spans(foot, ("{{ page.after }}", "\t", "*{{ report.classification }}"))
    _spans(foot, ("\t", "{{r tlp }}"))


def _front(paper: Paper) -> None:
    paper.add_paragraph("{{ report.title }}", "Title")
    paper.add_paragraph("{{ says.meta }}", "Subtitle")
    _when(paper, "says.broken_off", "*{{ says.broken_off }}")
    paper.add_paragraph("{{ heads.contents }}", "TOC Heading")
    _contents(paper)
    _heading(paper, "overview")
    paper.add_paragraph("{{ report.summary }}")
    _each(paper, "name, value in says.facts", "*{{ name }}: ", "{{ value }}")
    paper.add_paragraph("{%p if tables.objectives.rows %}")
    _heading(paper, "objectives")
    _table(paper, "objectives")
    paper.add_paragraph("{{ says.ratings }}", "Small")
    paper.add_paragraph("{%p endif %}")


def _score(paper: Paper) -> None:
    paper.add_paragraph("{{ says.score_title }}", "Heading 1")
    paper.add_paragraph("{{ says.score }}")
    _table(paper, "score", foot=True)
    paper.add_paragraph("{%p if rulings %}")
    _heading(paper, "rulings", 2)
    _each(paper, "one in rulings", "{{r one }}", style="List Bullet")
    paper.add_paragraph("{%p endif %}")
    _figure(paper, "network")
    paper.add_paragraph("{%p if costs %}")
    _heading(paper, "costs", 2)
    _each(paper, "one in costs", "{{r one }}", style="List Bullet")
    paper.add_paragraph("{%p endif %}")
    _heading(paper, "surprises", 2)
    paper.add_paragraph("{{ says.surprises }}", "Small")
    _each(paper, "one in surprises", "{{r one }}", style="List Bullet")
    _when(paper, "not surprises", "{{ heads.no_surprises }}")


def _analysis(paper: Paper) -> None:
    _heading(paper, "analysis")
    for sort in ("strengths", "improvements"):
        _heading(paper, sort, 2)
        paper.add_paragraph(f"{{%p for one in {sort} %}}")
        paper.add_paragraph("{{ loop.index }}. {{ one.title }}", "Heading 3")
        paper.add_paragraph("{{ one.observation }}")
        line = paper.add_paragraph(style="Small")
        _spans(line, ("*{{ heads.evidence_label }}: ", "{{r one.evidence }}"))
        do = ("*{{ heads.do_label }}: ", "{{ one.recommendation }}")
        _when(paper, "one.recommendation", *do, style="Small")
        owner = ("*{{ heads.owner_label }}: ", "{{ owner }}")
        _each(paper, "owner in one.owners", *owner, style="Small")
        paper.add_paragraph("{%p else %}")
        paper.add_paragraph(f"{{{{ heads.no_{sort} }}}}")
        paper.add_paragraph("{%p endfor %}")
    _heading(paper, "plan")
    _table(paper, "plan")


def _appendices(paper: Paper) -> None:
    _heading(paper, "timeline")
    _table(paper, "timeline")
    _heading(paper, "responses")
    paper.add_paragraph("{%p if figures.times %}")
    _figure(paper, "times")
    paper.add_paragraph("{%p endif %}")
    _table(paper, "responses")
    for name in ("network", "participants"):
        _heading(paper, name)
        _table(paper, name)
    for name in ("survey", "meters"):
        paper.add_paragraph(f"{{%p if tables.{name}.rows %}}")
        _heading(paper, name)
        _table(paper, name)
        paper.add_paragraph("{%p endif %}")
    paper.add_paragraph("{%p if notes %}")
    _heading(paper, "notes")
    _each(paper, "one in notes", "{{r one }}", style="List Bullet")
    paper.add_paragraph("{%p endif %}")
    for name in ("compliance", "handling"):
        _heading(paper, name)
        _table(paper, name)
    _heading(paper, "method")
    _each(paper, "one in formulas", "{{r one }}", style="Small")
    paper.add_paragraph("{{ says.method }}", "Small")
    _heading(paper, "evidence")
    _table(paper, "evidence")
    for name in ("files", "sessions"):
        paper.add_paragraph(f"{{%p if tables.{name}.rows %}}")
        _heading(paper, name)
        _table(paper, name)
        paper.add_paragraph("{%p endif %}")


def _heading(paper: Paper, name: str, level: int = 1) -> None:
    paper.add_paragraph(f"{{{{ heads.{name} }}}}", f"Heading {level}")


def _figure(paper: Paper, name: str) -> None:
    picture = paper.add_paragraph(f"{{{{r figures.{name} }}}}")
    picture.paragraph_format.keep_with_next = True
    picture.paragraph_format.space_before = Mm(4)
    paper.add_paragraph(f"{{{{ captions.{name} }}}}", "Caption")


def _when(paper: Paper, what: str, *spans: str, style: str = "Normal") -> None:
    paper.add_paragraph(f"{{%p if {what} %}}")
    _spans(paper.add_paragraph(style=style), spans)
    paper.add_paragraph("{%p endif %}")


def _each(paper: Paper, what: str, *spans: str, style: str = "Normal") -> None:
    paper.add_paragraph(f"{{%p for {what} %}}")
    _spans(paper.add_paragraph(style=style), spans)
    paper.add_paragraph("{%p endfor %}")


def _contents(paper: Paper) -> None:
    """Add a table of contents that Word fills in, with the headings until it does."""
    start = paper.add_paragraph(style="toc 1")
    _field(start, "begin", 'TOC \\o "1-2" \\h \\z \\u')
    start.add_run("{{ contents[0] }}")
    paper.add_paragraph("{%p for one in contents[1:] %}")
    paper.add_paragraph("{{ one }}", "toc 1")
    paper.add_paragraph("{%p endfor %}")
    _field(paper.add_paragraph(style="toc 1"), "end")


def _table(paper: Paper, name: str, *, foot: bool = False) -> None:
    """Add a table with its caption, or the sentence that stands for an empty one."""
    shares, it = TABLES[name], f"tables.{name}"
    paper.add_paragraph(f"{{%p if {it}.rows %}}")
    paper.add_paragraph(f"{{{{ {it}.caption }}}}", "Caption")
    table = paper.add_table(0, len(shares), "Report")
    _frame(table, name, f"{{{{ {it}.title }}}}")
    at = range(len(shares))
    _row(table, name, [f"{{{{ {it}.columns[{i}].title }}}}" for i in at], head=True)
    for rows in ("rows", "foot") if foot else ("rows",):
        _row(table, name, [f"{{%tr for row in {it}.{rows} %}}"])
        _row(table, name, [f"{{{{r row[{i}] }}}}" for i in at])
        _row(table, name, ["{%tr endfor %}"])
    paper.add_paragraph(f"{{%p elif {it}.nothing %}}")
    paper.add_paragraph(f"{{{{ {it}.nothing }}}}")
    paper.add_paragraph("{%p endif %}")


def _frame(table: Table, name: str, title: str) -> None:
    table.autofit = False
    for column, share in zip(table.columns, TABLES[name], strict=True):
        column.width = WIDTH * share // 100 * TWIP
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), title)
    table._tbl.tblPr.append(named)  # noqa: SLF001 - python-docx has no name for a table's title


def _row(table: Table, name: str, texts: Iterable[str], *, head: bool = False) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call] # python-docx left it untyped
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - nor for a row that stays whole
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, share in zip(row.cells, TABLES[name], strict=True):
        cell.width = WIDTH * share // 100 * TWIP
    for at, text in enumerate(texts):
        line = row.cells[at].paragraphs[0]
        figures = at in NUMBERS.get(name, ())
        line.style = "Table figure" if figures else "Table text"
        line.add_run(text).bold = True if head else None


def _spans(paragraph: Paragraph, spans: Iterable[str]) -> None:
    """Add runs: `*` in front is bold, `=` is a field, a tab is a tab."""
    for one in spans:
        if one.startswith("="):
            _field(paragraph, "begin", one[1:])
            _field(paragraph, "end")
        else:
            paragraph.add_run(one.removeprefix("*")).bold = (
                True if one.startswith("*") else None
            )


def _field(paragraph: Paragraph, kind: str, code: str = "") -> None:
    run = paragraph.add_run()._r  # noqa: SLF001 - python-docx knows no fields
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run.append(mark)
    if code:
        mark.set(qn("w:dirty"), "true")
        told = OxmlElement("w:instrText")
        told.set(qn("xml:space"), "preserve")
        told.text = f" {code} "
        paragraph.add_run()._r.append(told)  # noqa: SLF001 - as above
        apart = OxmlElement("w:fldChar")
        apart.set(qn("w:fldCharType"), "separate")
        paragraph.add_run()._r.append(apart)  # noqa: SLF001 - as above
