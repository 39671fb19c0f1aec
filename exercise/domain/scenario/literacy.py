"""Technical literacy: terms explained, and notes to be turned into cables."""

from dataclasses import dataclass
from typing import Annotated

from exercise.domain.limits import Key, Line, Milliseconds, Most
from exercise.domain.scenario.words import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A technical word and what it means to somebody who has to decide on it."""

    id: Key
    title: Line
    body: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A task: `delegation` turns the technical note of `inject` into a cable.

    The cable is due within `window_ms` of the delivery; it is rated by people, as a
    task of `objective`. `look` says by what a good one is recognised.
    """

    id: Key
    inject: Key
    delegation: Key
    title: Line
    objective: Key
    window_ms: Milliseconds
    look: Annotated[str, Most(600)] = ""
