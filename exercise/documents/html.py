"""A report as one HTML page, which stands alone when it is given its styles."""

from collections.abc import Callable
from datetime import UTC, datetime

from exercise.documents import layout
from exercise.documents.titles import titles
from exercise.domain.report import Aar
from exercise.domain.scoring import WEIGHTS, Message, number, printed_points
from exercise.domain.scoring.spec import NOISE_POINTS
from exercise.resources import STATIC, asset
from exercise.words import Words, environment, words_in

STYLES = ("css/tokens.css", "css/base.css", "css/report.css")
_PLACE = "<!--styles-->"


def render(
    report: Aar, language: str = "en", css: str | None = None, review: str = "review"
) -> str:
    """Return the whole page; with `css` in it, it needs no other file.

    `review` is the address of the review page, to which every figure links.
    """
    rows, most = layout.times(report)
    page = environment(language).get_template("report/page.html")
    html = page.render(
        report=report,
        review=review,
        links=[asset(one) for one in STYLES] if css is None else [],
        parties={one.id: one for one in report.parties},
        people=sum(one.people for one in report.parties),
        places=layout.places(report),
        lines=layout.lines(report),
        rows=rows,
        most=most,
        titles=titles(words_in(language), report),
        finding_titles={
            one.id: one.title for one in (*report.strengths, *report.improvements)
        },
        earned=_earned(report),
        applicable_weight=_applicable(report) / 100,
        noise=NOISE_POINTS,
        share=number,
        points=printed_points,
        wall_ms=_wall,
        told=teller(words_in(language)),
    )
    return html.replace(_PLACE, _style(css), 1)


def teller(words: Words) -> Callable[[Message], str]:
    """Return what says a message of the score in one language.

    Its values are said too where they are words of ours, such as an instrument's
    title; a delegation's name is no message and comes back as it is.
    """

    def told(message: Message) -> str:
        values = {
            name: words.gettext(value) if isinstance(value, str) and value else value
            for name, value in message.values.items()
        }
        return words.gettext(message.text, **values)

    return told


def styles() -> str:
    """Return the styles of a report as one text, for a page that is taken away."""
    return "\n".join((STATIC / one).read_text("utf-8") for one in STYLES)


def _style(css: str | None) -> str:
    """Return the style element; a text that would end it early is refused."""
    if css is None:
        return ""
    if "</" in css:
        raise ValueError("styles must not close their own element")
    return f"<style>\n{css}\n</style>"


def _earned(report: Aar) -> dict[str, float]:
    """Return the points that each indicator brought to the headline."""
    total = _applicable(report) or 1
    return {
        one.id: 100 * WEIGHTS[one.id] / total * one.value
        for one in report.score.indicators
        if one.value is not None
    }


def _applicable(report: Aar) -> int:
    return sum(WEIGHTS[x.id] for x in report.score.indicators if x.value is not None)


def _wall(ms: int) -> str:
    """Return a wall time of the record as a reader anywhere can place it."""
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d %H:%M} UTC"
