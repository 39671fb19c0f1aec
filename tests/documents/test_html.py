"""The report as a page and as JSON: whole, linked to evidence, standing alone."""

import json
import re
from html.parser import HTMLParser

import pytest

from exercise.documents import html
from exercise.documents import json as json_
from exercise.domain import events as e
from exercise.domain.report import Aar, Head, aar
from tests.domain.test_report import NAMES, a_game, the_report

SECTIONS = [
    "1 Exercise overview",
    "2 Objectives",
    "3 Coordination score",
    "4 Analysis",
    "5 Improvement plan",
    "A-1 Timeline",
    "A-2 Response times",
    "A-3 Network",
    "A-4 Participants",
]
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Nesting(HTMLParser):
    """Checks that every element is closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if tag == "a" else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(report: Aar, **more: str) -> tuple[str, Nesting]:
    text = html.render(report, **more)
    nesting = Nesting()
    nesting.feed(text)
    assert nesting.open == []
    return text, nesting


def test_the_page_has_its_sections_in_order_and_every_figure_a_table() -> None:
    text, nesting = page(the_report(a_game()))
    at = [text.index(f"<h2>{one}") for one in SECTIONS]
    assert at == sorted(at)
    assert text.count("<figure") == 2
    assert len(nesting.ids) == len(set(nesting.ids))
    assert text.count("<table") == text.count("<caption")


def test_every_figure_links_to_an_entry_on_the_record() -> None:
    game = a_game()
    _, nesting = page(the_report(game), review="/review/x")
    known = {f"/review/x#entry-{one.id}" for one in game.entries}
    assert nesting.links
    assert set(nesting.links) <= known


def test_a_taken_away_page_needs_no_other_file() -> None:
    text, _ = page(the_report(a_game()), css=html.styles())
    assert "<link" not in text
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="(?!review#|#)', text)
    assert ".report" in text


def test_a_served_page_links_its_styles_and_has_none_inline() -> None:
    text, _ = page(the_report(a_game()))
    assert "<style" not in text
    assert " style=" not in text
    assert text.count('rel="stylesheet"') == 3


def test_styles_cannot_end_their_own_element() -> None:
    with pytest.raises(ValueError, match="close"):
        html.render(the_report(a_game()), css="</style><script>")


def test_what_people_wrote_is_text_and_never_markup() -> None:
    game = a_game()
    hostile = '<img src=x onerror="alert(1)">'
    written = e.FindingWritten(
        finding="f", sort="strength", title=hostile, observation=hostile
    )
    game.write(61, "eva", "", written)
    game.write(62, "eva", "", e.Pinned(entry="e1", label=hostile))
    text, _ = page(the_report(game))
    assert "<img" not in text
    assert "&lt;img" in text


@pytest.mark.parametrize("edition", ["participants", "full", "anonymous"])
def test_every_edition_is_printed(edition: str) -> None:
    game = a_game()
    text, _ = page(the_report(game, edition))
    assert ("Anna Rossi" in text) == (edition == "full")
    assert ("Only for us." in text) == (edition == "full")


def test_an_exercise_that_has_not_begun_has_a_report_that_says_so() -> None:
    game = a_game()
    text, _ = page(aar(game.scenario, (), head=Head()))
    assert "not given, too few indicators apply" in text
    assert "Nothing was asked in the part that was played." in text


def test_the_page_reads_in_the_stretched_language_too() -> None:
    text, _ = page(the_report(a_game()), language="qps")
    assert 'dir="rtl"' in text


def test_json_is_the_whole_report_and_the_same_every_time() -> None:
    made = json_.render(the_report(a_game()))
    again = json.loads(made)
    assert made == json_.render(the_report(a_game()))
    assert again["responses"][0]["delegation"] == "VES"
    assert again["score"]["indicators"][0]["id"] == "T"
    assert NAMES["anna"] not in made
