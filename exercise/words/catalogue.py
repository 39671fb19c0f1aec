"""The languages, and what one of them makes of a message or a value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from babel import Locale, negotiate_locale
from babel.dates import format_datetime
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from exercise.resources import LOCALE
from exercise.words import pseudo
from exercise.words.formats import clock, moment

SOURCE = "en"
_CATALOGUE = "LC_MESSAGES/detente.po"
# English here is British, in dates and lists too.
REGION = {SOURCE: "en_GB"}
_HOUSE = Locale.parse(REGION[SOURCE])


@dataclass(frozen=True, slots=True)
class Words:
    """One language: says messages and writes times, lists and numbers its way."""

    language: str
    direction: str
    _locale: Locale
    _translations: NullTranslations

    def gettext(self, message: str, /, **values: object) -> str:
        """Return a message in this language with its `%(name)s` values filled in."""
        said = self._translations.gettext(message)
        return said % values if values else said

    def ngettext(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the form that this language uses for `n`, which is `%(n)d` in it."""
        said = self._translations.ngettext(one, many, n)
        return said % {"n": n, **values}

    def said(
        self, text: str | Mapping[str, str], wanted: str = "", original: str = ""
    ) -> str:
        """Return a scenario's text in the language wanted, else in this one.

        What has neither is said in its original language, or in any that it has.
        """
        if isinstance(text, str):
            return text
        for one in (wanted, self.language, original, SOURCE):
            if text.get(one):
                return text[one]
        return next(iter(text.values()), "")

    def remaining(self, ms: int) -> str:
        """Return how a deadline stands: `07:20 left`, or `04:40 late` once passed."""
        # The pages' scripts fill the same two messages, hence braces.
        left, late = self.gettext("{time} left"), self.gettext("{time} late")
        return (left if ms >= 0 else late).replace("{time}", clock(ms))

    def wall(self, at: datetime | str) -> str:
        """Return the wall time of an entry, `14:02:07 UTC`; a page may localise it."""
        return f"{moment(at):%H:%M:%S} UTC"

    def story(self, at: datetime | str) -> str:
        """Return the story's own date and time, as its papers are dated."""
        return format_datetime(
            moment(at), "d MMMM y, HH:mm", tzinfo=None, locale=self._locale
        )

    def joined(self, items: Iterable[str]) -> str:
        """Return several names as one phrase: `Vesmark, Orland and Thale`."""
        return format_list(list(items), locale=self._locale)

    def number(self, value: float) -> str:
        """Return a number with this language's separators."""
        return format_decimal(value, locale=self._locale)


class _Pseudo(NullTranslations):
    """Answers every message with a stretched one."""

    def gettext(self, message: str) -> str:
        return pseudo.stretched(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo.stretched(msgid1 if n == 1 else msgid2)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages people may choose; the pseudo-language is not offered."""
    found = {file.parts[-3] for file in LOCALE.glob(f"*/{_CATALOGUE}")}
    return (SOURCE, *sorted(found - {SOURCE}))


def preferred(wanted: Iterable[str]) -> str:
    """Return the first language of `wanted` that we speak, else English."""
    asked = [each.replace("-", "_") for each in wanted]
    if pseudo.CODE in asked[:1]:
        return pseudo.CODE
    return negotiate_locale(asked, languages()) or SOURCE


@cache
def words_in(language: str) -> Words:
    """Return a language's words; a language we do not speak is a `LookupError`."""
    if language == pseudo.CODE:
        return Words(language, "rtl", _HOUSE, _Pseudo())
    if language not in languages():
        raise LookupError(language)
    locale = Locale.parse(REGION.get(language, language))
    return Words(language, locale.text_direction, locale, _translations(language))


def _translations(language: str) -> NullTranslations:
    """Read the text catalogue, so that no compiled file can lag behind it."""
    file = LOCALE / language / _CATALOGUE
    if not file.exists():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
