"""A report as a tagged PDF, printed from the same page that a browser shows."""

import logging
from typing import Any

import weasyprint

from exercise.documents import html
from exercise.domain.report import Aar

# PDF/UA: tagged, titled, in a language, so that a screen reader can read it.
VARIANT = "pdf/ua-1"


class AddressRefused(ValueError):
    """A report prints nothing that lies outside it."""


def render(report: Aar, language: str = "en") -> bytes:
    """Return the report as PDF; the same record and fonts give the same bytes."""
    # It tells of every rule in the style sheets that only browsers know.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    page = html.render(report, language, css=html.styles(), paper=True)
    # No font has a glyph for a tab, and one without a name spoils a page's text.
    printed = weasyprint.HTML(string=page.replace("\t", " "), url_fetcher=refused)
    made: bytes = printed.write_pdf(
        pdf_variant=VARIANT,
        pdf_tags=True,
        pdf_identifier=report.head.hash.encode() or b"detente",
    )
    return made


def refused(url: str, **_: Any) -> dict[str, Any]:  # noqa: ANN401 - WeasyPrint's own signature
    """Refuse to fetch anything.

    Raises:
        AddressRefused: always.
    """
    raise AddressRefused(url)
