"""Scripted content: an inject and its variants."""

from dataclasses import dataclass
from typing import Annotated

from exercise.domain.limits import (
    Few,
    Key,
    Keys,
    Milliseconds,
    Most,
    Remark,
)
from exercise.domain.scenario.attachments import Attachment
from exercise.domain.scenario.expectations import Obligation
from exercise.domain.scenario.words import Channel, ReleaseMode, Said, Tlp, Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What one delegation reads instead of the inject's title or body."""

    title: Said = ""
    body: Said = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inject:
    """Scripted content: what goes to whom when, and what is expected then.

    `audience` holds delegation ids, or the one word `all` or `public`. `when` is a
    condition on timeline facts; an inject whose condition is false when it falls due
    is skipped. `sender` is who it is from in the world.
    """

    id: Key
    number: Annotated[str, Most(12, least=1)]
    title: Said
    at_ms: Milliseconds
    channel: Channel
    audience: Annotated[tuple[Key, ...], Few(64, least=1)]
    body: Said
    release: ReleaseMode = "auto"
    tlp: Tlp = ""
    truth: Truth = "true"
    sender: Annotated[str, Most(200)] = ""
    sector: Annotated[str, Most(64)] = ""
    expects: tuple[Remark, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    items: Keys = ()
    variants: dict[str, Variant] | None = None
    when: Annotated[str, Most(400)] = ""
    attachments: Annotated[tuple[Attachment, ...], Few(16)] = ()
    meters: dict[str, int] | None = None
    terms: Keys = ()  # technical words in it that the scenario explains
    falsehood: dict[str, str] | None = None  # topic = value that this inject plants
