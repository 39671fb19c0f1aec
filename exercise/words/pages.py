"""The one Jinja environment that renders entries and documents, without Flask."""

from collections.abc import Callable, Iterator, MutableMapping
from contextvars import ContextVar
from functools import cache
from types import BuiltinMethodType, MethodType
from typing import Any, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.nodes import Call, Const, EnvironmentAttribute, Name, Node
from jinja2.nodes import Template as Tree
from jinja2.runtime import Context
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from exercise.resources import TEMPLATES, asset
from exercise.words.blocks import blocks
from exercise.words.catalogue import Words, words_in
from exercise.words.changes import changes
from exercise.words.compiled import OF_EVERY_DICT, Short
from exercise.words.formats import among, clauses, clock, filesize, paragraphs, t_plus
from exercise.words.macros import Caller, Told
from exercise.words.tongues import direction, tongues

# What templates call the house's words by, and the environment has them as.
HOUSE = {"_": "gettext", "ngettext": "ngettext", "asset": "asset"}
ENTRIES = "timeline/"
METHODS = (MethodType, BuiltinMethodType)
Root: TypeAlias = Callable[[Context], Iterator[str]]
_PRINTED: ContextVar[Context] = ContextVar("printed")


def printing(root: Root) -> Root:
    """Return an entry's partial such that what it imports knows the entry too.

    An import `with context` runs the imported template again for each entry; so it
    runs once, and its macros ask here for what their own template does not know.
    """

    def told(context: Context) -> Iterator[str]:
        token = _PRINTED.set(context)
        try:
            yield "".join(root(context))
        finally:
            _PRINTED.reset(token)

    return told


def escaped(value: Any) -> str:  # noqa: ANN401 - whatever a template prints
    """Return a value as markup; what has nothing to escape is not made into more."""
    kind = type(value)
    if kind is str:
        # Looked for one by one, a long text is gone through twenty times as fast.
        plain = not (
            "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
        )
        return value if plain else escape(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return] # markup is a string
    return str(value) if kind is int else escape(value)


class Spoken(NodeTransformer):
    """Says a message that is fixed once, when its template is read.

    The other calls of the house's words know where these are.
    """

    def __init__(self, words: Words, tree: Tree) -> None:
        self._words = words
        own = {one.name for one in tree.find_all(Name) if one.ctx != "load"}
        self._known = {one: how for one, how in HOUSE.items() if one not in own}

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
            case Call(node=Name(name=name)) if name in self._known:
                whole.node = EnvironmentAttribute(self._known[name], lineno=node.lineno)
        return whole


class Page(Template):
    """A template that escapes, and asks its macros, with less ado."""

    @classmethod
    def from_code(cls, *compiled: Any, **options: Any) -> Template:  # noqa: ANN401 - Jinja's own
        """Return the template of compiled code."""
        page = super().from_code(*compiled, **options)
        named = page.root_render_func.__globals__
        named.update(escape=escaped, Macro=Told, Caller=Caller)
        if page.name and page.name.startswith(ENTRIES):
            page.root_render_func = printing(page.root_render_func)
        return page

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Return what others import; the house's globals are the same in all."""
        alike = ctx is None or len(ctx.globals_keys) == len(self.environment.globals)
        if self._module is not None and alike:
            return self._module
        return super()._get_default_module(ctx)


class Saying(Context):
    """Jinja's context; its macros are called without asking what else they may be."""

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Return what a name stands for here, else in what is being printed."""
        if key in self.vars:
            return self.vars[key]
        if key in self.parent:
            return self.parent[key]
        printed = _PRINTED.get(None)
        if printed is None or printed is self:
            return missing
        return Context.resolve_or_missing(printed, key)

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Call what a template calls."""
        kind = type(called)
        if kind is not Told and kind not in METHODS:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        if kind is Told:
            return called(self.eval_ctx, *args, **kwargs)
        return called(*args, **kwargs)


class Pages(Environment):
    """Jinja's environment, twice as fast on what is rendered for each entry."""

    code_generator_class = Short
    context_class = Saying
    template_class = Page

    def __init__(self, words: Words, **options: Any) -> None:  # noqa: ANN401 - Jinja's own
        super().__init__(**options)
        self.gettext, self.ngettext, self.asset = words.gettext, words.ngettext, asset
        self.nobody = self.undefined("No caller defined", name="caller")
        self._read: dict[str, Template] = {}
        self._words = words

    def _parse(self, source: str, name: str | None, filename: str | None) -> Tree:
        read = super()._parse(source, name, filename)
        return Spoken(self._words, read).visit(read)  # type: ignore[no-any-return] # Jinja's own

    def _load_template(
        self,
        name: str,
        globals: MutableMapping[str, Any] | None,  # noqa: A002 - Jinja's own name
    ) -> Template:
        """Return a template; one that has been read is at hand."""
        read = self._read.get(name)
        if read is None or globals:
            read = self._read[name] = super()._load_template(name, globals)
        return read

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
        among=among,
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
