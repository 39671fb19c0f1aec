"""A report as one HTML page, which stands alone when it is given its styles."""

import re

from exercise.documents import layout
from exercise.documents.marking import moment
from exercise.documents.phrases import phrases
from exercise.documents.plain import legal
from exercise.documents.saying import teller
from exercise.documents.tables import tables
from exercise.documents.titles import titles
from exercise.domain.report import Aar
from exercise.domain.scoring import number
from exercise.resources import STATIC, asset
from exercise.words import Words, environment, words_in

STYLES = ("css/tokens.css", "css/base.css", "css/report.css")
_PLACE = "<!--styles-->"
_COUNTERS = re.compile(r"(\{pages?\})")


def render(
    report: Aar,
    language: str = "en",
    css: str | None = None,
    review: str = "",
    *,
    paper: bool = False,
) -> str:
    """Return the whole page; with `css` in it, it needs no other file.

    Figures link to the review page at the address `review`; without one, to the
    entries at the end of this page. On `paper`, head and foot stand on each sheet.
    """
    words = words_in(language)
    rows, most = layout.times(report)
    page = environment(language).get_template("report/page.html")
    html = page.render(
        report=report,
        says=phrases(words, report),
        tables=tables(words, report),
        titles=titles(words, report),
        review=review,
        paper=paper,
        page_words=_page_words(words),
        links=[asset(one) for one in STYLES] if css is None else [],
        moment=moment(report).isoformat(),
        places=layout.places(report),
        lines=layout.lines(report),
        rows=rows,
        most=most,
        colours=layout.COLOURS,
        share=number,
        told=teller(words),
    )
    # What XML cannot hold, a browser shows as nothing and a PDF cannot name.
    return legal(html.replace(_PLACE, _style(css), 1))


def styles() -> str:
    """Return the styles of a report as one text, for a page that is taken away."""
    return "\n".join((STATIC / one).read_text("utf-8") for one in STYLES)


def _page_words(words: Words) -> list[str]:
    """Return the page's number as parts: words, and where the counters stand."""
    return _COUNTERS.split(words.gettext("Page {page} of {pages}"))


def _style(css: str | None) -> str:
    """Return the style element; a text that would end it early is refused."""
    if css is None:
        return ""
    if "</" in css:
        raise ValueError("styles must not close their own element")
    return f"<style>\n{css}\n</style>"
