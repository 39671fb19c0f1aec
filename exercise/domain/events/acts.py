"""Diplomatic acts: what a delegation did towards others."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from exercise.domain.fields import Fields
from exercise.domain.limits import (
    Between,
    Few,
    Key,
    Keys,
    Line,
    Milliseconds,
    Most,
    Prose,
    Remark,
)
from exercise.domain.scenario import Attachment, DataClass, Said, Tlp


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A participant took note of an inject, a request or an item, named by `about`."""

    KIND: ClassVar[str] = "acknowledged"
    about: Key
    title: Said
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActIssued:
    """One diplomatic move; a public one is read by all and `to` names its target.

    `reply_by_ms` is when an answer is asked for. `late` marks an answer after the
    deadline of what it is about. `answers` is the request that this act answers.
    """

    KIND: ClassVar[str] = "act_issued"
    instrument: Key
    to: Keys
    fields: Fields
    public: bool
    rung: Annotated[int, Between(0, 6)]
    about: str = ""
    about_title: Said = ""
    answers: str = ""
    reply_by_ms: Milliseconds | None = None
    late: bool = False
    prepared_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPrepared:
    """An act that needs a second seat's signature waits inside its delegation."""

    KIND: ClassVar[str] = "act_prepared"
    instrument: Key
    to: Keys
    fields: Fields
    about: str = ""
    needs: Keys = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShared:
    """An information item was passed on under its label, with its body.

    `data_class` says whose data it holds, `basis` on what ground they went on.
    """

    KIND: ClassVar[str] = "item_shared"
    item: Key
    title: Line
    tlp: Tlp
    body: Said
    to: Keys
    grade: str = ""
    about: str = ""
    data_class: DataClass = "none"
    basis: Annotated[str, Most(500)] = ""
    forum: str = ""
    attachments: Annotated[tuple[Attachment, ...], Few(4)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOpened:
    """A hotline rings; the entry's id is the call's."""

    KIND: ClassVar[str] = "call_opened"
    caller: Key
    callee: Key
    rings_until_ms: Milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswered:
    """The other side picked up."""

    KIND: ClassVar[str] = "call_answered"
    call: Key
    caller: Key
    callee: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class CallClosed:
    """A call is over; `lasted_ms` counts from the answer, exercise ms."""

    KIND: ClassVar[str] = "call_closed"
    call: Key
    caller: Key
    callee: Key
    how: Literal["hung_up", "declined", "missed", "ended"]
    lasted_ms: Milliseconds = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """One line of a call's transcript."""

    KIND: ClassVar[str] = "call_line"
    call: Key
    caller: Key
    callee: Key
    text: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentMade:
    """A promise with a beneficiary and a due time; its id is the entry's."""

    KIND: ClassVar[str] = "commitment_made"
    type: Key
    promisor: Key
    beneficiary: Key
    due_ms: Milliseconds
    source: Key
    what: Remark = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentDelivered:
    """The promisor says it has done what it promised."""

    KIND: ClassVar[str] = "commitment_delivered"
    commitment: Key
    type: Key
    promisor: Key
    beneficiary: Key
    note: Remark = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentConfirmed:
    """The beneficiary says it received what was promised."""

    KIND: ClassVar[str] = "commitment_confirmed"
    commitment: Key
    type: Key
    promisor: Key
    beneficiary: Key
    note: Remark = ""
