"""What decide and evolve are given from outside, and one line of the record."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from exercise.domain.events import Event

SYSTEM = "system"
ANONYMOUS = "anonymous"

Audience: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """When a command is decided: exercise ms, UTC wall ms, and the ids it may use.

    `ids(n)` is the id of the n-th entry this command leads to, counted from 0; a
    thing that an entry creates (a call, a text, an ad-hoc inject) bears that id.
    """

    at_ms: int
    wall_ms: int
    ids: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Author:
    """Who an entry appears from; all empty for what nobody in play signs."""

    member: str = ""
    delegation: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry of the timeline as the rules read it."""

    seq: int
    id: str
    at_ms: int
    wall_ms: int
    actor: str
    event: Event
    author: Author = field(default_factory=Author)
    audience: Audience = ()
