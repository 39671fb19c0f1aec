"""What waits inside a delegation, and what it tells others about itself."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from exercise.domain.fields import Fields
from exercise.domain.limits import Between, Key, Keys, Line, Milliseconds, Most


@dataclass(frozen=True, slots=True, kw_only=True)
class ActReferred:
    """An act that its head of delegation authorised waits for the capital.

    It goes out at `sends_ms` unless it is withdrawn.
    """

    KIND: ClassVar[str] = "act_referred"
    instrument: Key
    to: Keys
    fields: Fields
    sends_ms: Milliseconds
    about: str = ""
    prepared_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActWithdrawn:
    """An act that waited was taken back, or `lapsed`: what it answered is settled."""

    KIND: ClassVar[str] = "act_withdrawn"
    about: Key
    instrument: Key
    to: Keys
    lapsed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactUpdated:
    """Line `number` of a delegation's contact points reads like this from now on."""

    KIND: ClassVar[str] = "contact_updated"
    delegation: Key
    number: Annotated[int, Between(1, 9)]
    layer: Literal["diplomatic", "technical"]
    title: Line
    hours: Annotated[str, Most(200)] = ""
