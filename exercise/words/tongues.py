"""A text in several languages: which comes first, and how each is marked up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from babel import Locale, UnknownLocaleError

Text: TypeAlias = str | Mapping[str, str]

# Scripts that run from right to left, as a tag may name one.
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Syrc", "Thaa"})


@dataclass(frozen=True, slots=True)
class Tongue:
    """A paper in one language; `language` is empty where nobody said which it is."""

    title: str
    body: str
    language: str = ""
    original: bool = False

    @property
    def direction(self) -> str:
        """Return how it runs: ltr or rtl; auto where the language is not known."""
        return direction(self.language)

    @property
    def name(self) -> str:
        """Return the language's name in itself."""
        return autonym(self.language)


@dataclass(frozen=True, slots=True)
class Tongues:
    """One paper as it is read: first, then in the other languages it has.

    `missing` is the language that the reader was to have and the paper has not;
    `chosen` says that the reader's delegation has a language of its own.
    """

    first: Tongue
    others: tuple[Tongue, ...] = ()
    missing: str = ""
    chosen: bool = False


def tongues(
    title: Text, body: Text, wanted: tuple[str, ...] = (), original: str = ""
) -> Tongues:
    """Return a paper in the first of the languages wanted that it has.

    What has a body in one language only has its title in that one too, if it can.
    """
    if isinstance(body, str):
        plain = Tongue(_in(title, original), body, original, original=True)
        return Tongues(plain, missing=_missing(plain.language, wanted))
    known = list(body)
    home = original if original in known else ""
    first = next((one for one in (*wanted, home) if one in known), known[0])
    order = [first, *(one for one in (home, *known) if one and one != first)]
    forms = tuple(
        Tongue(_in(title, one, original), body[one], one, original=one == home)
        for one in dict.fromkeys(order)
    )
    chosen = any(wanted[:1])
    return Tongues(forms[0], forms[1:], _missing(first, wanted), chosen)


def _missing(shown: str, wanted: tuple[str, ...]) -> str:
    asked = wanted[0] if wanted else ""
    return autonym(asked) if asked and shown and shown != asked else ""


def _in(text: Text, *languages: str) -> str:
    if isinstance(text, str):
        return text
    found = (text[one] for one in languages if text.get(one))
    return next(found, next(iter(text.values()), ""))


@cache
def direction(tag: str) -> str:
    """Return how the script of a language runs."""
    script = next((one for one in tag.split("-")[1:] if len(one) == 4), "")  # noqa: PLR2004 - a script's subtag
    if script:
        return "rtl" if script.title() in _RIGHT_TO_LEFT else "ltr"
    locale = _locale(tag)
    return locale.text_direction if locale else "auto"


@cache
def autonym(tag: str) -> str:
    """Return a language's name in itself, else its tag."""
    locale = _locale(tag)
    return (locale.get_display_name() if locale else "") or tag


def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-") if tag else None
    except (ValueError, UnknownLocaleError):
        return None
