"""The one Jinja environment that renders entries and documents, without Flask."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from exercise.resources import TEMPLATES, asset
from exercise.words.blocks import blocks
from exercise.words.catalogue import Words, words_in
from exercise.words.formats import clock, paragraphs, t_plus


@cache
def environment(language: str) -> Environment:
    """Return the environment of a language: every value escaped, none undefined."""
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    furnish(pages, words_in(language))
    return pages


def furnish(pages: Environment, words: Words) -> None:
    """Give an environment a language's words and the house's filters."""
    pages.globals.update(
        _=words.gettext,
        asset=asset,
        ngettext=words.ngettext,
        lang=words.language,
        dir=words.direction,
    )
    pages.filters.update(
        blocks=blocks,
        clock=clock,
        join_words=words.joined,
        number=words.number,
        paragraphs=paragraphs,
        remaining=words.remaining,
        said=words.said,
        story=words.story,
        t_plus=t_plus,
        wall=words.wall,
    )
