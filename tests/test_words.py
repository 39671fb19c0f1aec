"""Every word a person sees is in a catalogue, and every language can say it."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from exercise.resources import TEMPLATES
from exercise.words import (
    clock,
    environment,
    languages,
    paragraphs,
    preferred,
    t_plus,
    words_in,
)
from exercise.words.pseudo import stretched

ENGLISH = words_in("en")
PSEUDO = words_in("qps")

# Names and marks that are the same in every language.
SAME_EVERYWHERE = {
    "Détente",
    "T",
    "TLP",
    "UTC",
    "QR",
    "AAR",
    "MSEL",
    "ID",
    "ms",
    "EXERCISE",
}
# The design's specimen sheets show invented content, which is nobody's message.
SPECIMEN = "specimen"
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "label", "placeholder", "title"}


# A macro may write attributes alone, with no tag around them.
ATTRIBUTES = re.compile(r'[\w-]+="[^"]*"')


class LooseWords(HTMLParser):
    """Collects the words of a page that no catalogue knows."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style", "kbd"}  # a key cap is no word
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and value:
                self._hear(value)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style", "kbd"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._hear(ATTRIBUTES.sub("", data))

    def _hear(self, text: str) -> None:
        words = re.findall(r"[^\W\d_]+", text)
        self.found += [word for word in words if word not in SAME_EVERYWHERE]


@cache
def unspoken_blocks() -> re.Pattern[str]:
    """Match the blocks that fill an attribute such as `class` of a page's frame."""
    frames = "\n".join(file.read_text("utf-8") for file in TEMPLATES.rglob("*.html"))
    inside = re.findall(r"=\"[^\"<>]*\{%-? block (\w+)", frames)
    names = "|".join(sorted(set(inside))) or "(?!)"
    return re.compile(
        rf"\{{%-? block (?:{names}) -?%\}}.*?\{{%-? endblock[^%]*%\}}", re.DOTALL
    )


def loose_words(source: str) -> list[str]:
    reader = LooseWords()
    source = unspoken_blocks().sub("", source)
    tokens = environment("en").lex(source)
    reader.feed("".join(text if kind == "data" else "" for _, kind, text in tokens))
    reader.close()
    return reader.found


def test_no_template_says_a_word_that_is_not_in_the_catalogue() -> None:
    loose = {
        str(file.relative_to(TEMPLATES)): found
        for file in sorted(TEMPLATES.rglob("*.html"))
        if file.relative_to(TEMPLATES).parts[0] != SPECIMEN
        if (found := loose_words(file.read_text(encoding="utf-8")))
    }
    assert not loose


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Hello</p>",
        '<img alt="A harbour">',
        "<b>{{ _('Sent') }} at</b>",
        '<input placeholder="Your name">',
    ],
)
def test_a_loose_word_is_found(planted: str) -> None:
    assert loose_words(planted)


@pytest.mark.parametrize(
    "clean",
    [
        "<p>{{ _('Hello') }} · {{ name }}</p>",
        "{# a note #}{% if x %}<i class='dot'></i>{% endif %}",
        "<script type='module' src='{{ asset('js/live.js') }}'></script>",
    ],
)
def test_what_the_catalogue_says_is_no_loose_word(clean: str) -> None:
    assert not loose_words(clean)


def test_every_template_can_be_read() -> None:
    pages = environment("en")
    for name in pages.list_templates(extensions=["html"]):
        pages.get_template(name)


def test_values_are_escaped_and_messages_too() -> None:
    page = environment("en").from_string("{{ _('<i> %(who)s', who=name) }}")
    assert page.render(name="<b>") == "&lt;i&gt; &lt;b&gt;"


def test_a_value_nobody_gave_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        environment("en").from_string("{{ nobody }}").render()


def test_a_count_takes_the_form_of_its_number() -> None:
    said = [ENGLISH.ngettext("%(n)d answer", "%(n)d answers", n) for n in (0, 1, 2)]
    assert said == ["0 answers", "1 answer", "2 answers"]


def test_times_read_as_the_room_reads_them() -> None:
    assert t_plus(4_360_000) == "T+01:12:40"
    assert t_plus(-300_000) == "T−00:05:00"
    assert clock(440_000) == "07:20"
    assert clock(3_600_000) == "01:00:00"
    assert ENGLISH.remaining(440_000) == "07:20 left"
    assert ENGLISH.remaining(-280_000) == "04:40 late"
    assert ENGLISH.wall("2031-03-12T16:02:07.250+02:00") == "14:02:07 UTC"
    assert ENGLISH.story("2031-03-12T08:05:00Z") == "12 March 2031, 08:05"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="2031"):
        ENGLISH.wall("2031-03-12T08:05:00")


@given(st.integers(min_value=0, max_value=10**9))
def test_exercise_time_reads_back_to_the_second(at_ms: int) -> None:
    hours, minutes, seconds = t_plus(at_ms).removeprefix("T+").split(":")
    assert (int(hours) * 60 + int(minutes)) * 60 + int(seconds) == at_ms // 1000


def test_names_are_joined_as_a_sentence_would() -> None:
    assert ENGLISH.joined(["Vesmark", "Orland", "Thale"]) == "Vesmark, Orland and Thale"


def test_a_text_falls_into_its_paragraphs() -> None:
    assert paragraphs("One\r\nline.\r\n\r\n \n Two.\n") == ["One\nline.", "Two."]


@given(st.text())
def test_no_paragraph_is_empty_and_none_is_lost(text: str) -> None:
    parts = paragraphs(text)
    assert all(parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_the_pseudo_language_is_longer_and_runs_right_to_left() -> None:
    said = PSEUDO.gettext("Held until %(at)s", at="T+00:10:00")
    assert PSEUDO.direction == "rtl"
    assert "T+00:10:00" in said
    assert len(said) >= 1.4 * len("Held until T+00:10:00") - 4


@given(st.sampled_from(["%(n)d answers", "{time} left", "100 %% of %(name)s"]))
def test_stretching_keeps_what_is_filled_in_later(message: str) -> None:
    places = re.findall(r"%\(\w+\)[sd]|%%|\{\w+\}", message)
    assert re.findall(r"%\(\w+\)[sd]|%%|\{\w+\}", stretched(message)) == places


def test_a_browser_gets_the_first_language_we_speak() -> None:
    assert preferred(["tlh", "en-GB"]) == "en"
    assert preferred([]) == "en"
    assert preferred(["qps"]) == "qps"
    assert "qps" not in languages()


def test_a_language_we_do_not_speak_is_named() -> None:
    with pytest.raises(LookupError, match="tlh"):
        words_in("tlh")


def test_what_is_kept_of_a_badge_is_never_another_ones() -> None:
    source = '{% from "macros/ui.html" import badge %}{{ badge(one, name) }}'
    page = environment("en").from_string(source)
    ves = {"id": "VES", "name": "Vesmark", "short": "V", "shape": 0, "colour": 1}
    said = {
        page.render(one={**ves, "id": id_, "colour": colour}, name=name)
        for id_ in ("VES", "KAS")
        for colour in (1, 2)
        for name in (None, "full")
    }
    assert len(said) == 8
    assert page.render(one=ves, name=None) == page.render(one=dict(ves), name=None)
