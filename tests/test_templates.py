"""What templates are compiled to prints, byte for byte, what Jinja's own code would."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from exercise.words import environment, words_in
from exercise.words.pages import Pages, escaped, furnish
from tests.web.test_entry_partials import DESKS, render, told, view

EVIL = "<b> & \"they\" 'say'"


class Stock(Pages):
    """The house's environment with Jinja's own compiler."""

    code_generator_class = CodeGenerator


def stock(language: str = "en") -> Environment:
    words = words_in(language)
    pages = Stock(
        words,
        loader=environment(language).loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    furnish(pages, words)
    return pages


@dataclass
class Thing:
    """What is no mapping; a badge may be one too."""

    name: str = EVIL
    id: str = "THG"
    short: str = "T"
    shape: int = 1
    colour: int = 2
    parts: Mapping[str, object] = field(default_factory=lambda: {"a": 1, "b": EVIL})


UI = '{% from "macros/ui.html" import icon, badge, tlp, tag, t_text, deadline %}'
LINE = """{% macro line(words, from="", class="none", to=()) -%}
<p class="{{ class }}" data-from="{{ from }}">{{ words }}{{ to | join(",") }}</p>
{%- endmacro %}"""
ALL = "{% macro all() %}{{ varargs | join('-') }}{{ kwargs.x }}{% endmacro %}"
EACH = "{% macro each() %}{{ caller(1) }}{{ caller('<') }}{% endmacro %}"
OPEN = "{% macro open() %}{{ caller() if caller is defined else evil }}{% endmacro %}"
INNER = "{% macro inner(a, b=n) %}{{ a }}{{ b }}{% endmacro %}"
SOURCES = (
    "{{ evil }}{{ markup }}{{ number }}{{ nothing }}{{ thing.name }}{{ body.name }}",
    "{{ evil if number else '<i>' }}{{ '<i>' if nothing else markup }}",
    "{{ (evil if nothing else markup) if number else number }}{{ 1 if number }}",
    "{{ body.name }}{{ body.deep.name }}{{ thing.parts.b }}{{ body['values'] }}",
    "{{ body.get('name') }}{{ thing.parts.get('c', evil) }}{{ body.deep.items() }}",
    "{% for key in thing.parts.keys() %}{{ loop.index }}{{ key }}{% endfor %}",
    "{{ body.missing is defined }}{{ body.missing | default(evil) }}",
    "{{ nothing is none }}{{ number is not none }}",
    "{{ _('Held until %(at)s', at=evil) }}{{ _(evil) }}",
    "{{ ngettext('%(n)d answer', '%(n)d answers', number) }}",
    "{% set _ = thing.parts.get %}{{ _('b') }}",
    UI + "{{ icon('eye') }}{{ tag(evil) }}{{ tag(markup) }}{{ tag(evil) ~ evil }}",
    UI + "{{ badge(party) }}{{ badge(party, 'full') }}{{ badge(party, quiet=true) }}",
    UI + "{{ badge(delegation=party) }}{{ badge(thing) }}",
    UI + "{{ t_text(-5000) }}{{ t_text(ms=5000)[:5] }}{{ tlp('AMBER') | upper }}",
    UI + "{{ tag(evil) if number else '' }}{{ deadline(5) }}",
    UI + "{% call deadline(5, state='late') %}{{ evil }}{{ markup }}{% endcall %}",
    UI + "{% for tag in (evil, markup) %}{{ tag }}{% endfor %}",
    UI + "{% autoescape false %}{{ evil }}{{ tag(evil) ~ evil }}{% endautoescape %}",
    LINE + "{{ line(evil) }}{{ line(words=markup, from='me', to=(1, evil)) }}",
    LINE + "{{ line(*(1, 2)) }}{{ line(**{'words': evil, 'from': 'x'}) }}",
    LINE + "{% set said = line(evil) %}{{ said }}{{ said ~ evil }}{{ line(said) }}",
    ALL + "{{ all(1, 2, x=evil) }}",
    EACH + "{% call(n) each() %}{{ n }}{{ evil }}{% endcall %}",
    OPEN + "{{ open() }}{% call open() %}{{ markup }}{% endcall %}",
    "{% for n in (1, 2) %}" + INNER + "{{ inner(evil) }}{{ inner(a=1) }}{% endfor %}",
    "{% filter upper %}{{ evil }}{% endfilter %}",
    "{% set block %}{{ evil }}{% endset %}{{ block }}",
)
FAULTY = (
    "{{ nobody }}",
    "{{ nobody.name }}",
    "{{ body.nobody }}",
    "{{ body.nobody.name }}",
    "{{ body.nobody.get('x') }}",
    "{{ nobody if number else 1 }}",
    UI + "{{ tag() }}",
    UI + "{{ tag(evil, evil) }}",
    UI + "{{ tag(other=evil) }}",
    "{% macro each() %}{{ caller() }}{% endmacro %}{{ each() }}",
)


def given_words() -> dict[str, Any]:
    return {
        "evil": EVIL,
        "markup": Markup("<u>&amp;</u>"),
        "number": 7,
        "nothing": None,
        "thing": Thing(),
        "body": {"name": EVIL, "deep": {"name": "x"}, "values": EVIL},
        "party": {
            "id": "VES",
            "name": EVIL,
            "short": "V",
            "shape": 0,
            "colour": 1,
            "kind": "state",
        },
    }


@pytest.mark.parametrize("source", SOURCES)
def test_a_template_prints_what_jinja_would_print(source: str) -> None:
    ours = environment("en").from_string(source).render(given_words())
    assert ours == stock().from_string(source).render(given_words())


@pytest.mark.parametrize("language", ["en", "qps"])
def test_every_entry_prints_what_jinja_would_print(language: str) -> None:
    pages = stock(language)
    for entry in told().entries:
        name = f"timeline/{entry.event.KIND}.html"
        for desk in DESKS:
            known = {"entry": view(entry), "desk": desk, "part": "", **told().tables}
            printed = pages.get_template(name).render(known)
            assert render(entry, desk, language=language) == printed, name


@pytest.mark.parametrize("source", FAULTY)
def test_what_nobody_gave_is_an_error_here_too(source: str) -> None:
    for pages in (environment("en"), stock()):
        with pytest.raises((TypeError, UndefinedError)):
            pages.from_string(source).render(given_words())


def test_a_text_that_reads_like_markup_is_not_taken_for_it() -> None:
    page = environment("en").from_string(UI + "{{ tag(said) }}")
    for said in (Markup("a &amp; b"), "a &amp; b"):
        assert page.render(said=said) == f'<span class="tag">{escape(said)}</span>'


@given(st.one_of(st.text(), st.integers(), st.none(), st.booleans(), st.floats()))
def test_whatever_is_printed_is_escaped(value: object) -> None:
    assert escaped(value) == escape(value)
