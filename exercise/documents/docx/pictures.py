"""Pictures set into a document's text, each with the words that stand for it."""

from collections.abc import Callable
from io import BytesIO
from typing import TypeAlias

from docx.shared import Mm
from docxtpl import DocxTemplate

from exercise.documents import pictures
from exercise.documents.cells import Bar
from exercise.documents.docx.runs import Xml
from exercise.documents.plain import legal
from exercise.domain.report import Aar
from exercise.domain.scoring import number
from exercise.words import Words

Draw: TypeAlias = Callable[[Bar], str]


def bars(template: DocxTemplate, words: Words) -> Draw:
    """Return what draws an indicator's bar."""

    def draw(one: Bar) -> str:
        if one.value is None:
            return _picture(template, pictures.bar(one), 46, words.gettext("n/a"))
        text = words.gettext("Value %(value)s", value=number(one.value))
        if one.low is not None and one.high is not None:
            text = words.gettext(
                "Value %(value)s, between %(low)s and %(high)s",
                value=number(one.value),
                low=number(one.low),
                high=number(one.high),
            )
        return _picture(template, pictures.bar(one), 46, text)

    return draw


def figures(template: DocxTemplate, words: Words, report: Aar) -> dict[str, Xml]:
    """Return the figures; there is none of response times without answers."""
    loops = words.gettext("Loops that delegations closed with each other")
    spans = words.gettext("Time from delivery to answer, one line a delegation")
    answered = any(one.took_ms is not None for one in report.responses)
    times = pictures.times(report) if answered else b""
    return {
        "network": Xml(_picture(template, pictures.network(report), 88, loops)),
        "times": Xml(_picture(template, times, 160, spans) if answered else ""),
    }


def _picture(template: DocxTemplate, png: bytes, wide: int, text: str) -> str:
    inline = template.docx.part.new_pic_inline(BytesIO(png), Mm(wide), None)
    inline.docPr.set("descr", legal(text))
    drawing: str = inline.xml
    return f"<w:r><w:drawing>{drawing}</w:drawing></w:r>"
