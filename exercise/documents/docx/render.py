"""How a report is poured into its template."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from docx.document import Document as Paper
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from exercise.documents.archive import repacked
from exercise.documents.docx.direction import turn_round
from exercise.documents.docx.runs import Xml
from exercise.documents.docx.values import values
from exercise.documents.marking import moment
from exercise.documents.phrases import phrases
from exercise.documents.plain import legal
from exercise.domain.report import Aar
from exercise.resources import TEMPLATES
from exercise.words import Words, words_in

TEMPLATE = TEMPLATES / "report" / "report.docx"


_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
# What Word knows as an element: a line's end, a tab, a page's end, a paragraph's.
_BREAKS = ("\n", "\t", "\f", "\a")


class TemplateRefused(ValueError):
    """The template is no Word document, or asks for what a report has not."""


class _Template(DocxTemplate):  # type: ignore[misc] # docxtpl has no types
    """A template that looks for line ends only in paragraphs that have one.

    Our cells write theirs themselves, and there are tens of thousands of them.
    """

    def resolve_listing(self, xml: str) -> str:
        resolve = super().resolve_listing

        def one(paragraph: re.Match[str]) -> str:
            text = paragraph[0]
            broken = any(each in text for each in _BREAKS)
            return str(resolve(text)) if broken else text

        return _PARAGRAPH.sub(one, xml)


def render(report: Aar, language: str = "en", template: Path | None = None) -> bytes:
    """Return the report as DOCX; the same record and template give the same bytes.

    Raises:
        TemplateRefused: the template cannot be filled.
    """
    words, written = words_in(language), BytesIO()
    try:
        paper = _Template(str(template or TEMPLATE))
        paper.init_docx()
        paper.render(values(paper, words, report), _sandbox(), autoescape=True)
    except (TemplateError, PackageNotFoundError, BadZipFile, KeyError) as no:
        raise TemplateRefused(f"{(template or TEMPLATE).name}: {no}") from no
    _date(paper.docx, words, report)
    if words.direction == "rtl":
        turn_round(_roots(paper.docx))
    paper.docx.save(written)
    return repacked(written.getvalue())


def _sandbox() -> ImmutableSandboxedEnvironment:
    """Return what fills a template; one from elsewhere reaches nothing but values."""
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True, finalize=_legal
    )


def _legal(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Xml):
        return legal(value)
    return value


def _date(paper: Paper, words: Words, report: Aar) -> None:
    """Say what the document is and of when; who printed it, and when, is not said."""
    about, at = paper.core_properties, moment(report).replace(tzinfo=None)
    about.title = legal(phrases(words, report).running)[:255]
    about.language = words.language
    about.author = about.last_modified_by = "Détente"
    about.comments, about.revision = "", 1
    about.created = about.modified = at


def _roots(paper: Paper) -> list[object]:
    found: list[object] = [paper.element]
    for section in paper.sections:
        found += [section.header._element, section.footer._element]  # noqa: SLF001 - python-docx has no name for the whole of a header
    return found
