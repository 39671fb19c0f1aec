"""What may be asked for in a forum: the floor, the agenda, minutes, an end."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from exercise.domain.limits import Between, Few, Key, Most

Words = Annotated[str, Most(4000, least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFloor:
    """Join the end of a forum's speakers' list, or with `on` false leave it."""

    forum: Key
    on: bool = True
    type: Literal["ask_floor"] = "ask_floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveFloor:
    """Give the floor to the next on the list, or to the member named (chair)."""

    forum: Key
    to: Annotated[str, Most(64)] = ""
    type: Literal["give_floor"] = "give_floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class YieldFloor:
    """Be done speaking; the chair may take the floor back."""

    forum: Key
    type: Literal["yield_floor"] = "yield_floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speak:
    """Make a statement in a forum; whoever has the floor may."""

    forum: Key
    text: Words
    type: Literal["speak"] = "speak"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeUp:
    """Take up an item of a forum's agenda, counted from 1 (chair)."""

    forum: Key
    item: Annotated[int, Between(1, 64)]
    type: Literal["take_up"] = "take_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMinutes:
    """Put words into a forum's minutes under the item it discusses (chair)."""

    forum: Key
    text: Words
    type: Literal["record_minutes"] = "record_minutes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Admit:
    """Invite more delegations to a forum (chair or facilitator)."""

    forum: Key
    delegations: Annotated[tuple[Key, ...], Few(64, least=1)]
    type: Literal["admit"] = "admit"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseForum:
    """Close a forum with its conclusion (chair or facilitator).

    A joint text that is still on its table falls.
    """

    forum: Key
    conclusion: Annotated[str, Most(4000)] = ""
    type: Literal["close_forum"] = "close_forum"


ForumCommand: TypeAlias = (
    AskFloor
    | GiveFloor
    | YieldFloor
    | Speak
    | TakeUp
    | RecordMinutes
    | Admit
    | CloseForum
)
