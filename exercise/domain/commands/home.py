"""What a delegation's people settle among themselves: names, seats, waiting acts."""

from dataclasses import dataclass
from typing import Annotated, Literal

from exercise.domain.limits import Between, Key, Line, Most

Name = Annotated[str, Most(80, least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """Take another name; a facilitator may name others with `member`."""

    name: Name
    member: Annotated[str, Most(64)] = ""
    type: Literal["rename"] = "rename"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Give one's seat to another participant of the delegation, at once."""

    to: Key
    type: Literal["hand_over"] = "hand_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """Take back an act that waits for a signature or for the capital."""

    about: Key
    type: Literal["withdraw"] = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateContact:
    """Change one line of the delegation's contact points, or add the next one."""

    number: Annotated[int, Between(1, 9)]
    layer: Literal["diplomatic", "technical"]
    title: Line
    hours: Annotated[str, Most(200)] = ""
    type: Literal["update_contact"] = "update_contact"
