"""Joint texts: what their parties did to the words and to each other's consent."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from exercise.domain.fields import Claims
from exercise.domain.limits import Between, Key, Keys, Line, Milliseconds, Prose, Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """Other words for a clause, in square brackets until its text's drafter decides.

    `clause` counts the body's paragraphs from 1; one more than there are adds a
    clause.
    """

    number: int
    clause: int
    by: Key
    words: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class TextState:
    """A joint text as it stands, printed whole by every entry that changes it.

    `votes` are kept by delegation; `quorum` is how many there must be; `rule` asks
    for one signatory of each kind; `due_in_ms` is how long a binding text gives its
    signatories; `forum` is the room on whose table it lies.
    """

    text: str
    title: Line
    version: int
    body: Prose
    drafter: Key
    parties: Keys
    claims: Claims
    citations: Keys = ()
    accuses: str = ""
    confidence: Literal["", "low", "moderate", "high"] = ""
    plan: str = ""
    signed: Keys = ()
    declined: Keys = ()
    sponsors: Keys = ()
    reservations: dict[str, str] | None = None
    silence_until_ms: Milliseconds | None = None
    brackets: tuple[Bracket, ...] = ()
    votes: dict[str, str] | None = None
    vote_until_ms: Milliseconds | None = None
    majority: Literal["simple", "two_thirds"] = "simple"
    rule: Literal["", "multistakeholder"] = ""
    binding: bool = False
    due_in_ms: Milliseconds = 0
    quorum: Annotated[int, Between(0, 64)] = 0
    forum: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextProposed:
    """A joint text is on the table among its parties; the entry's id is the text's."""

    KIND: ClassVar[str] = "text_proposed"
    state: TextState
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAmended:
    """A party changed the words; signatures to earlier versions fall away.

    `before` is the body of the version before.
    """

    KIND: ClassVar[str] = "text_amended"
    state: TextState
    remark: Remark = ""
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBracketed:
    """A party put other words for a clause in brackets; they are not agreed."""

    KIND: ClassVar[str] = "text_bracketed"
    state: TextState
    bracket: Bracket
    instead_of: str = ""
    remark: Remark = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketSettled:
    """Brackets were lifted: their words stand now, or they are gone."""

    KIND: ClassVar[str] = "bracket_settled"
    state: TextState
    bracket: Bracket
    accepted: bool
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVoted:
    """A party cast its vote, which it may change until the vote closes."""

    KIND: ClassVar[str] = "text_voted"
    state: TextState
    choice: Literal["for", "against", "abstain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSponsored:
    """A party stands behind the text as a sponsor."""

    KIND: ClassVar[str] = "text_sponsored"
    state: TextState


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSigned:
    """A party signed the current version."""

    KIND: ClassVar[str] = "text_signed"
    state: TextState


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDeclined:
    """A party will not sign, and may say why."""

    KIND: ClassVar[str] = "text_declined"
    state: TextState
    reason: Remark = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReserved:
    """A party signs or lets pass with a reservation on record."""

    KIND: ClassVar[str] = "text_reserved"
    state: TextState


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceBroken:
    """A party broke the silence procedure and said why."""

    KIND: ClassVar[str] = "silence_broken"
    state: TextState
    reason: Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPublished:
    """A joint text is adopted and public, in the name of its signatories."""

    KIND: ClassVar[str] = "text_published"
    state: TextState
    instrument: Key
    rung: Annotated[int, Between(0, 6)]
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWithdrawn:
    """A text failed: too few signatures were left, or silence was broken."""

    KIND: ClassVar[str] = "text_withdrawn"
    state: TextState
    reason: Remark = ""


TextChange: TypeAlias = (
    TextProposed
    | TextAmended
    | TextBracketed
    | BracketSettled
    | TextSponsored
    | TextSigned
    | TextDeclined
    | TextReserved
    | TextVoted
    | SilenceBroken
)
TextEnd: TypeAlias = TextPublished | TextWithdrawn
