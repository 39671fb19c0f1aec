"""The five formats of a report, each loaded only when it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from exercise.domain.report import Aar

TYPES: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
"""Each format with its media type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a report is to be printed.

    `template` is a Word document of one's own. `review` is the address of a review
    page: an HTML page beside it links there, and to the server's own styles.
    """

    form: str
    language: str = "en"
    template: Path | None = None
    review: str = ""


class CannotPrint(ValueError):
    """The report cannot be printed this way; says what stands in the way."""


def render(report: Aar, wish: Wish) -> bytes:
    """Return a report in one of TYPES; the same record gives the same bytes.

    Raises:
        CannotPrint: a template, or a library that the format needs, is not fit.
        LookupError: there is no such format or language.
    """
    match wish.form:
        case "html":
            return _html(report, wish)
        case "json":
            from exercise.documents import json  # noqa: PLC0415 - one format, one import

            return json.render(report).encode()
        case "docx":
            return _docx(report, wish)
        case "pdf":
            return _pdf(report, wish)
        case "xlsx":
            from exercise.documents import xlsx  # noqa: PLC0415 - one format, one import

            return xlsx.render(report, wish.language)
        case _:
            raise LookupError(wish.form)


def _html(report: Aar, wish: Wish) -> bytes:
    from exercise.documents import html  # noqa: PLC0415 - one format, one import

    if wish.review:
        return html.render(report, wish.language, review=wish.review).encode()
    return html.render(report, wish.language, css=html.styles()).encode()


def _docx(report: Aar, wish: Wish) -> bytes:
    from exercise.documents import docx  # noqa: PLC0415 - one format, one import

    try:
        return docx.render(report, wish.language, wish.template)
    except docx.TemplateRefused as no:
        raise CannotPrint(str(no)) from no


def _pdf(report: Aar, wish: Wish) -> bytes:
    try:
        from exercise.documents import pdf  # noqa: PLC0415 - one format, one import

        return pdf.render(report, wish.language)
    except OSError as no:
        message = (
            "a PDF needs Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0 fonts-noto-core"
        )
        raise CannotPrint(message) from no
