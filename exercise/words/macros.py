"""Macros of templates that are asked the short way; some remember what they said."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import escape

# Macros that say the same for the same words, asked for many times an entry.
LASTING = frozenset({"icon", "badge", "tlp", "tag", "t_text", "t_short"})
# Those whose first word is a mapping.
OF_MAPPINGS = frozenset({"badge"})
MOST_KEPT = 4096
# How compiled code names a parameter of a macro at the top of its template.
PARAMETER = "l_1_"
Say: TypeAlias = Callable[..., str]


class Told(Macro):
    """A macro; `say` is what it was compiled to, which takes words without ado.

    What it says is markup that is not marked as such. Words that are given by name
    bear the name that they have in the compiled code.
    """

    def __init__(self, environment: Any, func: Any, *more: Any) -> None:  # noqa: ANN401 - Jinja's own
        super().__init__(environment, func, *more)
        code = func.__code__
        words = code.co_varnames[: code.co_argcount]
        if words:
            last = environment.nobody if self.caller else missing
            func.__defaults__ = (missing,) * (len(words) - 1) + (last,)
        free = self.catch_kwargs or self.catch_varargs
        self.say: Say = func
        if free or not all(one.startswith(PARAMETER) for one in words):
            self.say = self._named
        elif self.name in LASTING:
            self.say = _of_mappings(func) if self.name in OF_MAPPINGS else _kept(func)

    def __call__(self, *words: Any, **named: Any) -> str:  # noqa: ANN401 - whatever is told
        """Return what it says as markup; a caller may be a function of ours too."""
        caller = named.get("caller")
        if caller is not None and not isinstance(caller, Macro):
            said = Caller(self._environment, lambda *given: escape(caller(*given)))
            named["caller"] = said
        return super().__call__(*words, **named)

    def _named(self, *words: Any, **named: Any) -> str:  # noqa: ANN401 - whatever a template says
        plain = {key.removeprefix(PARAMETER): one for key, one in named.items()}
        return self(*words, **plain)


class Caller(Macro):
    """What a call's body says; it takes no words, so little has to be known of it."""

    name = ""
    arguments: list[str] = []  # noqa: RUF012 - as the instances of Jinja's have it
    catch_kwargs = catch_varargs = caller = explicit_caller = False
    _argument_count = 0
    _default_autoescape = True

    def __init__(self, environment: Any, func: Say) -> None:  # noqa: ANN401 - Jinja's own
        self._environment = environment
        self._func = self.say = func


def _kept(func: Say) -> Say:
    """Return a macro that remembers what it said to the same words.

    Words of another type are other words: a text is escaped, markup is not.
    """
    return lru_cache(MOST_KEPT, typed=True)(func)


def _of_mappings(func: Say) -> Say:
    """Return the same of a macro whose first word cannot be looked up by."""
    kept: dict[object, str] = {}

    def say(*words: Any, **named: Any) -> str:  # noqa: ANN401 - whatever a template says
        if not words or type(words[0]) is not dict:
            return func(*words, **named)
        key = (tuple(words[0].values()), words[1:], tuple(named.items()))
        said = kept.get(key)
        if said is None:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            said = kept[key] = func(*words, **named)
        return said

    return say
