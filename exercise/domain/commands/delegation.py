"""What a delegation may ask for."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from exercise.domain.fields import Belief, Claims, Fields, Trust
from exercise.domain.limits import Between, Few, Key, Keys, Most

About = Annotated[str, Most(64)]
Parties = Annotated[tuple[Key, ...], Few(64, least=1)]
Words = Annotated[str, Most(8000, least=1)]
Confidence = Literal["", "low", "moderate", "high"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """Take note of an inject, a request or an item, named by its entry."""

    about: Key
    type: Literal["acknowledge"] = "acknowledge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Make one diplomatic move with an instrument of the catalogue."""

    instrument: Key
    to: Annotated[tuple[Key, ...], Few(64)] = ()
    about: About = ""
    fields: Fields
    type: Literal["act"] = "act"


@dataclass(frozen=True, slots=True, kw_only=True)
class Countersign:
    """Give the second signature an act waits for, named by its entry."""

    about: Key
    type: Literal["countersign"] = "countersign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Ring another delegation's hotline."""

    to: Key
    type: Literal["call"] = "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCall:
    """Pick up."""

    call: Key
    type: Literal["answer_call"] = "answer_call"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineCall:
    """Let a call go unanswered, on purpose."""

    call: Key
    type: Literal["decline_call"] = "decline_call"


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp:
    """End a call."""

    call: Key
    type: Literal["hang_up"] = "hang_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Say one line in a call."""

    call: Key
    text: Annotated[str, Most(2000, least=1)]
    type: Literal["say"] = "say"


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """Put a joint text on the table among its parties.

    `plan` names a text the scenario foresees. With `silence_ms` the text is adopted
    unless a party breaks silence within that exercise time; with `vote_ms` it is put
    to a vote that long; else it is signed. `rule` asks for a state, a company and a
    civil-society organisation among those who adopt it. A `binding` text makes each
    other signatory promise it to the drafter within `due_in_ms`. `forum` puts the text
    on the table of a room. `quorum` is how many parties must vote, a majority of them
    if it is not said.
    """

    title: Annotated[str, Most(200, least=1)]
    body: Words
    parties: Parties
    claims: Claims
    citations: Annotated[Keys, Few(5)] = ()
    accuses: About = ""
    confidence: Confidence = ""
    plan: About = ""
    about: About = ""
    silence_ms: Annotated[int, Between(60_000, 36_000_000)] | None = None
    vote_ms: Annotated[int, Between(60_000, 36_000_000)] | None = None
    majority: Literal["simple", "two_thirds"] = "simple"
    quorum: Annotated[int, Between(1, 64)] | None = None
    rule: Literal["", "multistakeholder"] = ""
    binding: bool = False
    due_in_ms: Annotated[int, Between(0, 36_000_000)] = 0
    forum: About = ""
    type: Literal["propose"] = "propose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """Change a text's words; signatures to the earlier version fall away.

    With `clause` the words go into square brackets at that paragraph, counted from
    1, and stand there until the drafter settles them.
    """

    text: Key
    body: Words
    clause: Annotated[int, Between(1, 200)] | None = None
    claims: Claims | None = None
    citations: Annotated[Keys, Few(5)] | None = None
    confidence: Confidence | None = None
    remark: Annotated[str, Most(1000)] = ""
    type: Literal["amend"] = "amend"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleBracket:
    """Lift brackets: the drafter takes the words in, or they go."""

    text: Key
    bracket: Annotated[int, Between(1, 9999)]
    accept: bool
    type: Literal["settle_bracket"] = "settle_bracket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """Vote on a text that is put to a vote; a later vote replaces an earlier one."""

    text: Key
    choice: Literal["for", "against", "abstain"]
    type: Literal["vote"] = "vote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsor:
    """Stand behind a text."""

    text: Key
    type: Literal["sponsor"] = "sponsor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Sign version `version` of a text; another version is refused."""

    text: Key
    version: Annotated[int, Between(1, 9999)] | None = None
    type: Literal["sign"] = "sign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """Refuse to sign a text."""

    text: Key
    reason: Annotated[str, Most(1000)] = ""
    type: Literal["decline"] = "decline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Put a reservation on record."""

    text: Key
    reservation: Annotated[str, Most(1000, least=1)]
    type: Literal["reserve"] = "reserve"


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakSilence:
    """Break the silence procedure on a text, with a reason."""

    text: Key
    reason: Annotated[str, Most(1000, least=3)]
    type: Literal["break_silence"] = "break_silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerProbe:
    """Seal the delegation's answer to a probe."""

    probe: Key
    attribution: Belief
    severity: Annotated[int, Between(1, 10)]
    confidence: Literal["low", "moderate", "high"] = "low"
    priorities: Annotated[Keys, Few(12)] = ()
    trust: Trust = field(default_factory=dict)
    type: Literal["answer_probe"] = "answer_probe"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareItem:
    """Pass an information item on under its label.

    With `forum`, a technical exchange, everybody in the room gets it at once.
    `basis` says on what ground, where the item holds data about people.
    """

    item: Key
    to: Annotated[tuple[Key, ...], Few(64)] = ()
    about: About = ""
    basis: Annotated[str, Most(500)] = ""
    forum: About = ""
    type: Literal["share_item"] = "share_item"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSeat:
    """Sit down in a seat of one's own delegation."""

    seat: Key
    type: Literal["take_seat"] = "take_seat"
