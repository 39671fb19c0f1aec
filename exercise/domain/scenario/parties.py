"""Who and what a scenario is about: phases, delegations, treaties, topics, meters."""

from dataclasses import dataclass
from typing import Annotated, Literal

from exercise.domain.limits import (
    Between,
    Few,
    Key,
    Keys,
    Line,
    Milliseconds,
    Most,
    Remark,
)
from exercise.domain.scenario.attachments import Attachment
from exercise.domain.scenario.words import Kind, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A named stretch of the exercise, from `start_ms` to `end_ms`."""

    id: Key
    title: Line
    start_ms: Milliseconds
    end_ms: Milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A role in a delegation; an exclusive seat has one holder at a time.

    `may` lists instruments, or groups of them, that the seat sends by itself; what
    it does not list it prepares for a seat that may. Empty: everything.
    """

    id: Key
    title: Line
    card: Remark = ""
    exclusive: bool = False
    may: Keys = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One line of the directory of contact points, which every delegation reads."""

    layer: Literal["diplomatic", "technical"]
    title: Line
    hours: Annotated[str, Most(200)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapitalDelay:
    """Acts sent only on instructions: so long after their authorisation they go out.

    `instruments` are instruments or groups of them.
    """

    instruments: Keys
    delay_ms: Milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """A party in play, with the secret brief that only it reads.

    `shape` 0–7 and `colour` 1–8 are its badge. `interests` and `red_lines` are
    part of the brief. `rival` and the robots' policies read each other. The first
    of its seats heads it, and authorises what `capital_delay` lists.
    """

    id: Key
    name: Line
    short: Line
    kind: Kind
    shape: Annotated[int, Between(0, 7)]
    colour: Annotated[int, Between(1, 8)]
    seats: tuple[Seat, ...]
    brief: Said
    interests: tuple[Line, ...] = ()
    red_lines: tuple[Line, ...] = ()
    rival: str = ""
    facilitator_played: bool = False
    contacts: tuple[Contact, ...] = ()
    language: Annotated[str, Most(35)] = ""  # read first, where a text has it
    attachments: Annotated[tuple[Attachment, ...], Few(16)] = ()
    capital_delay: tuple[CapitalDelay, ...] = ()

    @property
    def head(self) -> str:
        """Return the seat that heads the delegation."""
        return self.seats[0].id if self.seats else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """A legal instrument and where each delegation stands: party, signed, none."""

    id: Key
    title: Line
    standing: dict[str, Literal["party", "signed", "none"]]

    def between(self, ids: tuple[str, ...]) -> str:
        """Return the weakest standing among these: in force only if all are party."""
        known = {self.standing.get(one, "none") for one in ids}
        return next((one for one in ("none", "signed") if one in known), "party")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One answer to "who did it"; `blames` names the delegation it accuses, if any."""

    id: Key
    title: Line
    blames: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One thing that can be said on a topic."""

    id: Key
    title: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A scored stretch of a public topic: who must speak, what fits the facts."""

    start_ms: Milliseconds
    end_ms: Milliseconds
    speakers: Keys
    compatible: Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A question the public asks; a statement's claims are `topic = value`."""

    id: Key
    title: Line
    values: tuple[Value, ...]
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """A harm the public feels; moved by injects only, never scored.

    `sector` is the one it is felt in, where there is one; no reading lies below
    `least` or above `most`.
    """

    id: Key
    title: Line
    unit: Annotated[str, Most(40)] = ""
    start: int = 0
    sector: Annotated[str, Most(64)] = ""
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing an evaluator watches for; `look` says by what it is recognised."""

    id: Key
    title: Line
    look: Annotated[str, Most(600)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What the exercise is meant to practise, with the indicators that speak to it.

    `tasks` make its evaluation guide; without any, the objective itself is rated.
    """

    id: Key
    title: Line
    capability: Line
    indicators: Keys = ()
    tasks: tuple[Task, ...] = ()
