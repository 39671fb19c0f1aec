"""What happened to the script: injects released, held back, changed, withdrawn."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from exercise.domain.limits import Few, Key, Keys, Line, Milliseconds, Most, Remark
from exercise.domain.scenario import Attachment, Channel, DataClass, Said, Tlp, Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCard:
    """An information item as it reaches a holder."""

    id: Key
    title: Line
    tlp: Tlp
    body: Said
    grade: str = ""
    data_class: DataClass = "none"
    attachments: Annotated[tuple[Attachment, ...], Few(4)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A harm meter's value after an inject."""

    id: Key
    title: Line
    value: int
    unit: str = ""
    sector: Annotated[str, Most(64)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an ad-hoc inject or an outside actor's words say."""

    number: str
    title: Said
    body: Said
    channel: Channel
    audience: Keys
    tlp: Tlp = ""
    speaker: str = ""
    about: str = ""
    attachments: Annotated[tuple[Attachment, ...], Few(4)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectReleased:
    """An inject, as one group of delegations reads it.

    One release commits one entry per variant: those who read the same words and are
    asked the same share an entry. `inject` is the script's id, or the entry's own id
    for what was not scripted. `asks` are the kinds of answer asked for (ack, respond,
    notify, assist) and `reply_by_ms` the last deadline among them, exercise ms.
    `task` asks for a cable that says it in plain words.
    `language` is what this group reads first, where a text has it; `original` is the
    scenario's first language. Both are empty where there is one language only.
    """

    KIND: ClassVar[str] = "inject_released"
    inject: Key
    number: Annotated[str, Most(12)]
    title: Said
    body: Said
    channel: Channel
    to: Keys
    tlp: Tlp = ""
    sender: str = ""
    sector: str = ""
    asks: Keys = ()
    reply_by_ms: Milliseconds | None = None
    items: Annotated[tuple[ItemCard, ...], Few(64)] = ()
    meters: Annotated[tuple[Reading, ...], Few(64)] = ()
    attachments: Annotated[tuple[Attachment, ...], Few(32)] = ()
    planned: bool = True
    about: str = ""
    task: Annotated[str, Most(200)] = ""
    language: Annotated[str, Most(35)] = ""
    original: Annotated[str, Most(35)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceGiven:
    """What facilitators and evaluators may know about an inject just released."""

    KIND: ClassVar[str] = "guidance_given"
    inject: Key
    number: str
    truth: Truth
    expects: tuple[Remark, ...] = ()
    ceiling: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseAnnounced:
    """A release will commit at `fires_wall_ms` (UTC) unless it is undone."""

    KIND: ClassVar[str] = "release_announced"
    inject: Key
    title: Said
    audience: Keys
    fires_wall_ms: int
    by: Key
    content: Content | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseUndone:
    """An announced release was taken back before anybody got it."""

    KIND: ClassVar[str] = "release_undone"
    inject: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectHeld:
    """An inject waits for a facilitator (`held`), or no longer does."""

    KIND: ClassVar[str] = "inject_held"
    inject: Key
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AllHeld:
    """The switch "hold everything for me" was turned."""

    KIND: ClassVar[str] = "all_held"
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectSkipped:
    """An inject will not be released: a facilitator's choice or an unmet condition."""

    KIND: ClassVar[str] = "inject_skipped"
    inject: Key
    number: str
    title: Said
    reason: Remark = ""
    unmet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectRevised:
    """A coming inject was changed for this run; only what is set changes."""

    KIND: ClassVar[str] = "inject_revised"
    inject: Key
    title: Said | None = None
    body: Said | None = None
    at_ms: Milliseconds | None = None
    audience: Keys | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectRecalled:
    """A released inject is withdrawn; its card says so and its obligations end."""

    KIND: ClassVar[str] = "inject_recalled"
    inject: Key
    number: str
    title: Said
    reason: Remark
    entries: Keys
