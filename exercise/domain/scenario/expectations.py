"""What a scenario expects and the score reads: items, probes, duties, texts."""

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
    Percent,
)
from exercise.domain.scenario.attachments import Attachment
from exercise.domain.scenario.parties import Value
from exercise.domain.scenario.words import DataClass, Duty, Said, Tlp


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A piece of information one delegation holds and others need.

    `inject` is the inject that gives it to `holder`. `recipients` need it by
    `need_by_ms` (exercise ms) and have no more use of it after `useless_after_ms`;
    they have the source's permission. `also_permitted` may get it without needing it.
    """

    id: Key
    title: Line
    body: Said
    holder: Key
    inject: Key
    recipients: Keys
    need_by_ms: Milliseconds
    useless_after_ms: Milliseconds
    tlp: Tlp
    weight: Annotated[int, Between(1, 9)] = 1
    also_permitted: Keys = ()
    grade: Annotated[str, Most(2)] = ""
    terms: Keys = ()  # technical words in it that the scenario explains
    data_class: DataClass = "none"  # whose data it holds; passed on with a basis
    names: str = ""  # the hypothesis this item points at, for robots that misread it
    attachments: Annotated[tuple[Attachment, ...], Few(4)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A sealed question at a phase's end.

    Opens at `at_ms`, closes `window_ms` later. `reference` is what the evidence
    supports, in whole percents by hypothesis; `severity` 1…`severity_steps`.
    `items` are the pieces of information behind the reference.
    """

    id: Key
    title: Line
    at_ms: Milliseconds
    window_ms: Milliseconds
    reference: dict[str, Percent]
    severity: Annotated[int, Between(1, 10)]
    severity_steps: Annotated[int, Between(2, 10)] = 6
    items: Keys = ()
    priorities: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A duty of `source` to consult `target` privately within a window."""

    id: Key
    source: Key
    target: Key
    start_ms: Milliseconds
    end_ms: Milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """From `start_ms` on, the highest rung that the facts justify."""

    start_ms: Milliseconds
    rung: Annotated[int, Between(0, 6)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provocation:
    """An inject that tempts `provoked` to escalate; justified up to `ceiling`."""

    inject: Key
    provoked: Keys
    ceiling: Annotated[int, Between(0, 6)]
    window_ms: Milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """What a statement after `inject` should cite.

    `expected` are groups of catalogue ids, any one of a group covers it. Ids that
    are neither expected nor acceptable are wrong, `inapplicable` ones by name.
    """

    id: Key
    inject: Key
    speakers: Keys
    expected: tuple[Keys, ...]
    acceptable: Keys = ()
    inapplicable: Keys = ()
    window_ms: Milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlan:
    """A joint text the scenario foresees: who drafts, who may sign, what it claims."""

    id: Key
    title: Line
    inject: Key
    drafter: Key
    parties: Keys
    body: Said
    claims: dict[str, str]
    citations: Keys = ()
    window_ms: Milliseconds = 1_200_000
    accuses: str = ""  # hypothesis named by a joint attribution
    confidence: Literal["", "low", "moderate", "high"] = ""
    commitments: tuple[str, ...] = ()  # commitment types its adoption creates
    commitment_due_ms: Milliseconds = 0
    rule: Literal["", "multistakeholder"] = ""  # who must be among its signatories


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistance:
    """Help the scenario foresees: `beneficiary` asks, `providers` may promise."""

    id: Key
    inject: Key
    beneficiary: Key
    providers: Keys
    type: Key
    due_after_ms: Milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What an inject asks of one delegation; times count from its delivery there.

    Met by the first act of `delegation` whose instrument is in `instruments`, whose
    recipients include `to`, that shares `items` or claims `topic` where these are
    set, and that is about the inject (or about nothing, when `to`, `items` or
    `topic` tell it apart).
    """

    delegation: Key
    kind: Duty
    instruments: Keys
    target_ms: Milliseconds
    deadline_ms: Milliseconds
    to: Keys = ()
    items: Keys = ()
    topic: str = ""

    @property
    def weight(self) -> int:
        """Return 1 for an acknowledgement, 3 for everything with content."""
        return 1 if self.kind == "ack" else 3
