"""What people write stays text: payloads through every field, every page parsed."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from exercise.documents import html
from exercise.domain.commands import WIRE_TYPES
from exercise.domain.report import Aar, Head, aar
from tests import many
from tests.attack.conftest import Tally
from tests.attack.looks import early, everything, fragments
from tests.attack.payloads import CALL, MARKUP, Cycle
from tests.attack.telling import Told, go, rewritten, told, words_of
from tests.domain.grand import a_grand_scenario

pytestmark = pytest.mark.attack
CORPUS = "markup"

TELLINGS = many(short=3, full=len(MARKUP))
PEOPLE = ("fac", "eva", "tra", "obs", "room", "ves", "orl", "kas", "hga")
ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset"}
)
OURS = ("/", "#", "data:image/svg+xml", "data:,", "http://localhost/")


class Seen(HTMLParser):
    """What a page is made of: its elements with their attributes, and addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.shapes: set[tuple[str, str]] = set()
        self.addresses: set[str] = set()
        self.scripts: list[str] = []
        self.remarks: list[str] = []
        self._in = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in = tag
        self.shapes |= {(tag, "")} | {(tag, name) for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name in ADDRESSES}

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in in {"script", "style"} and data.strip():
            self.scripts.append(data)

    def handle_comment(self, data: str) -> None:
        self.remarks.append(data)

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.remarks.append(decl)

    unknown_decl = handle_pi = handle_comment


def shown(story: Told) -> dict[str, str]:
    """Tell a story; return every page, fragment and report by who sees it where."""
    found = early(story)
    go(story)
    for person in PEOPLE:
        for path, text in everything(story, person).items():
            if "/api/" not in path:
                found[f"{person} {path}"] = text
        found[f"{person} entries"] = "".join(fragments(story, person))
    found["report"] = html.render(report(story), review="/review/x")
    return found


def report(story: Told) -> Aar:
    head = story.stage.timeline.head(story.stage.exercise)
    return aar(
        story.scenario,
        story.entries,
        None,
        dict(story.now().names),
        edition="full",
        head=Head(seq=head.seq, hash=head.hash.hex()),
        title=story.now().title,
    )


# Blocks that a text may become by its lines alone, whoever wrote them.
BLOCKS = frozenset({"p", "ol", "ul", "li", "table", "tr", "td", "th", "h3", "h4", "br"})


@pytest.fixture(scope="module")
def harmless() -> Iterator[set[tuple[str, str]]]:
    """Give the elements and attributes of the same story in harmless words."""
    with told(lambda _most, said: said) as story:
        pages = shown(story)
        yield {shape for text in pages.values() for shape in Seen(text).shapes}


@pytest.mark.parametrize("telling", range(TELLINGS))
def test_no_element_and_no_attribute_is_of_anybodys_writing(
    telling: int, harmless: set[tuple[str, str]], tally: Tally
) -> None:
    dress = Cycle(telling * len(MARKUP) // TELLINGS)
    with told(dress, rewritten(a_grand_scenario(), dress)) as story:
        pages = shown(story)
    assert any(CALL in text for text in pages.values())
    for where, text in pages.items():
        seen = Seen(text)
        foreign = {
            (tag, name)
            for tag, name in seen.shapes - harmless
            if tag not in BLOCKS or name not in {"", "class"}
        }
        assert not foreign, (where, foreign)
        assert not seen.scripts, where
        assert not any("onerror" in one for one in seen.remarks), where
        strange = [one for one in seen.addresses if one and not one.startswith(OURS)]
        assert not strange, (where, strange)
    tally.add("pages parsed", len(pages))
    tally.add("texts written", dress.used)


def test_every_field_in_which_a_person_writes_is_written_in() -> None:
    with told(lambda _most, said: said) as story:
        spoken = {one["type"] for _, one in go(story).payloads}
    assert {kind for kind, one in WIRE_TYPES.items() if words_of(one)} <= spoken


def test_what_looks_like_a_template_is_shown_letter_by_letter() -> None:
    with told(lambda _most, said: f"{{{{ 7 * 7 }}}} {said}"[:_most]) as story:
        pages = shown(story)
    assert any("{{ 7 * 7 }}" in text for text in pages.values())
    assert not any(">49 " in text for text in pages.values())


@pytest.mark.parametrize("one", [one for one in MARKUP if re.search("<[a-z]", one)])
def test_the_parser_would_see_each_of_them(one: str) -> None:
    seen = Seen(f"<p title='{one}'>{one}</p>")
    assert seen.shapes - {("p", ""), ("p", "title")} or seen.scripts or seen.remarks
