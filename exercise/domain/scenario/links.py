"""What ties the parties together: who hosts, supplies and relies on whom."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from exercise.domain.limits import Key, Line, Most

Tie: TypeAlias = Literal["hosts", "supplies", "relies"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """One thing of `provider` that `user` needs; everybody reads it.

    `kind` says how it is told: the provider hosts or supplies it, or the user
    relies on it.
    """

    id: Key
    provider: Key
    user: Key
    kind: Tie
    what: Line
    sector: Annotated[str, Most(64)] = ""
