"""The one Jinja environment that renders entries and documents, without Flask."""

from collections.abc import Callable, Iterator, MutableMapping
from contextvars import ContextVar
from functools import cache
from re import compile as pattern
from types import BuiltinMethodType, MethodType
from typing import Any, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.nodes import Call, Const, Name, Node
from jinja2.nodes import Template as Tree
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from exercise.resources import TEMPLATES, asset
from exercise.words.blocks import blocks
from exercise.words.catalogue import Words, words_in
from exercise.words.changes import changes
from exercise.words.formats import clauses, clock, filesize, paragraphs, t_plus
from exercise.words.tongues import direction, tongues

OF_EVERY_DICT = frozenset(dir(dict))
# Macros that say the same for the same words, asked for many times an entry.
LASTING = frozenset({"icon", "badge", "tlp", "tag", "t_text"})
MOST_KEPT = 4096
ENTRIES = "timeline/"
METHODS = (MethodType, BuiltinMethodType)
Root: TypeAlias = Callable[[Context], Iterator[str]]
_MARKS = pattern("[&<>\"']")
_PRINTED: ContextVar[Context] = ContextVar("printed")


def printing(root: Root) -> Root:
    """Return an entry's partial such that what it imports knows the entry too.

    An import `with context` runs the imported template again for each entry; so it
    runs once, and its macros ask here for what their own template does not know.
    """

    def told(context: Context) -> Iterator[str]:
        token = _PRINTED.set(context)
        try:
            yield from root(context)
        finally:
            _PRINTED.reset(token)

    return told


def escaped(value: Any) -> str:  # noqa: ANN401 - whatever a template prints
    """Return a value as markup; what has nothing to escape is not made into more."""
    kind = type(value)
    if kind is Markup or (kind is str and _MARKS.search(value) is None):
        return value  # type: ignore[no-any-return] # both are strings
    return str(value) if kind is int else escape(value)


class Spoken(NodeTransformer):
    """Says a message that is fixed once, when its template is read."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def visit_Call(self, node: Call) -> Node:  # noqa: N802 - Jinja's own name
        """Return what is said in place of the call that would say it each time."""
        whole = self.generic_visit(node)
        match whole:
            case Call(
                node=Name(name="_"),
                args=[Const(value=str(message))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ):
                return Const(self._words.gettext(message), lineno=node.lineno)
            case _:
                return whole


class Page(Template):
    """A template that escapes with less ado."""

    @classmethod
    def from_code(cls, *compiled: Any, **options: Any) -> Template:  # noqa: ANN401 - Jinja's own
        """Return the template of compiled code."""
        page = super().from_code(*compiled, **options)
        page.root_render_func.__globals__["escape"] = escaped
        if page.name and page.name.startswith(ENTRIES):
            page.root_render_func = printing(page.root_render_func)
        return page


class Saying(Context):
    """Jinja's context; its macros are called without asking what else they may be."""

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Return what a name stands for here, else in what is being printed."""
        found = super().resolve_or_missing(key)
        if found is missing and (printed := _PRINTED.get(None)) is not None:
            return Context.resolve_or_missing(printed, key)
        return found

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Call what a template calls."""
        kind = type(called)
        if kind is not Macro and kind not in METHODS:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        if kind is not Macro:
            return called(*args, **kwargs)
        if called.name in LASTING and "caller" not in kwargs:
            return self._kept(called, args, kwargs)
        return called(self.eval_ctx, *args, **kwargs)

    def _kept(
        self, called: Macro, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Return what a lasting macro said to the same words before."""
        words = tuple(_plain(one) for one in args)
        key = (called, words, tuple(kwargs.items()) if kwargs else ())
        kept = self.environment.kept  # type: ignore[attr-defined] # ours, below
        try:
            return kept[key]
        except KeyError:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            said = kept[key] = called(self.eval_ctx, *args, **kwargs)
            return said
        except TypeError:  # something in it cannot be looked up by
            return called(self.eval_ctx, *args, **kwargs)


def _plain(value: Any) -> Any:  # noqa: ANN401 - what a template hands over
    """Return a badge's mapping as something to look up by, all else as it is."""
    return tuple(value.values()) if type(value) is dict else value


class Pages(Environment):
    """Jinja's environment, a quarter faster on what is rendered for each entry."""

    context_class = Saying
    template_class = Page

    def __init__(self, words: Words, **options: Any) -> None:  # noqa: ANN401 - Jinja's own
        super().__init__(**options)
        self.kept: dict[object, Any] = {}
        self._spoken = Spoken(words)

    def _parse(self, source: str, name: str | None, filename: str | None) -> Tree:
        read = super()._parse(source, name, filename)
        return self._spoken.visit(read)  # type: ignore[no-any-return] # Jinja's own

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
    words = words_in(language)
    pages = Pages(
        words,
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    furnish(pages, words)
    return pages


def furnish(pages: Environment, words: Words) -> None:
    """Give an environment a language's words and the house's filters."""
    pages.globals.update(
        _=words.gettext,
        asset=asset,
        ngettext=words.ngettext,
        lang=words.language,
        dir=words.direction,
        direction_of=direction,
        tongues=tongues,
    )
    pages.filters.update(
        blocks=blocks,
        changes=changes,
        clauses=clauses,
        clock=clock,
        filesize=filesize,
        join_words=words.joined,
        number=words.number,
        paragraphs=paragraphs,
        remaining=words.remaining,
        said=words.said,
        story=words.story,
        t_plus=t_plus,
        wall=words.wall,
    )
