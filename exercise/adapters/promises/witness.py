"""What clients sent, were answered and saw: the other side of what is stored."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """A command that somebody sent, answered or not.

    `text` is a whole text of the command that no other command holds, or nothing;
    `release` the inject it was to release, or nothing.
    """

    member: str
    id: str
    text: str = ""
    release: str = ""


@dataclass(frozen=True, slots=True)
class Acked:
    """One acknowledgement as a client got it; `wall_ms` is when."""

    sent: Sent
    entry: str | None
    position: int | None
    wall_ms: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """One client's stream: its entries from position 1 on, and all it was sent.

    `raw` is every byte that reached this client, as text; nothing if not kept. One
    that was not there to the end is not `whole`.
    """

    client: str
    member: str
    audience: str
    entries: tuple[str, ...]
    raw: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Away:
    """A time in which the store could not commit, UTC ms."""

    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True)
class Witness:
    """All that a run has seen from outside.

    `marks` is a pattern that finds the texts of commands in what clients were sent.
    `failures` are answers 500, `tracebacks` those in the server's log.
    """

    sent: tuple[Sent, ...] = ()
    acked: tuple[Acked, ...] = ()
    views: tuple[View, ...] = ()
    away: tuple[Away, ...] = ()
    marks: str = ""
    failures: int = 0
    tracebacks: int = 0
    alive: bool = True
    memory_kb: int = 0
    memory_most_kb: int = 0
