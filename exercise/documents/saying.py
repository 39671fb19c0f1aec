"""How a report says a message: in one language, with its values said too."""

from collections.abc import Callable

from exercise.domain.scoring import Message
from exercise.words import Words


def teller(words: Words) -> Callable[[Message], str]:
    """Return what says a message of the score in one language.

    Its values are said too where they are words of ours, such as an instrument's
    title; a delegation's name is no message and comes back as it is.
    """

    def told(message: Message) -> str:
        values = {
            name: words.gettext(value) if isinstance(value, str) and value else value
            for name, value in message.values.items()
        }
        return words.gettext(message.text, **values)

    return told
