"""Every word a person sees: catalogues, formats and the Jinja environment.

English is the source language, so a message is its own English text:

* templates write `{{ _("Held until %(at)s", at=time) }}` and
  `{{ ngettext("%(n)d answer", "%(n)d answers", count) }}`;
* Python writes `words.gettext("Text")` or, where it only names a message for a
  template to say later, keeps the English text with its values;
* a message is never markup: what comes out is escaped like any other text.

Other languages are `exercise/locale/<language>/LC_MESSAGES/detente.po`. `qps` is
no language: it stretches English by 40 % and runs right to left, to try layouts.
"""

from exercise.words.blocks import blocks
from exercise.words.catalogue import Words, languages, preferred, words_in
from exercise.words.formats import clock, paragraphs, t_plus
from exercise.words.pages import environment, furnish
from exercise.words.tongues import Tongue, Tongues, direction, tongues

__all__ = [
    "Tongue",
    "Tongues",
    "Words",
    "blocks",
    "clock",
    "direction",
    "environment",
    "furnish",
    "languages",
    "paragraphs",
    "preferred",
    "t_plus",
    "tongues",
    "words_in",
]
