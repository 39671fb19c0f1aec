"""The one Jinja environment that renders entries and documents, without Flask."""

from collections.abc import MutableMapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Context, Macro

from exercise.resources import TEMPLATES, asset
from exercise.words.blocks import blocks
from exercise.words.catalogue import Words, words_in
from exercise.words.formats import clock, paragraphs, t_plus

OF_EVERY_DICT = frozenset(dir(dict))


class Saying(Context):
    """Jinja's context; its macros are called without asking what else they may be."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Call what a template calls."""
        if type(called) is not Macro:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **kwargs)


class Pages(Environment):
    """Jinja's environment, a quarter faster on what is rendered for each entry."""

    context_class = Saying

    def make_globals(
        self, d: MutableMapping[str, Any] | None
    ) -> MutableMapping[str, Any]:
        """Return the globals themselves; each import compares them key by key."""
        return super().make_globals(d) if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Return an attribute; of a body, look into it before its methods fail."""
        if type(obj) is dict and attribute not in OF_EVERY_DICT:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


@cache
def environment(language: str) -> Environment:
    """Return the environment of a language: every value escaped, none undefined."""
    pages = Pages(
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
