"""What a facilitator may ask for."""

from dataclasses import dataclass
from typing import Annotated, Literal

from exercise.domain.events.evaluation import Ruling
from exercise.domain.limits import (
    Between,
    Few,
    Key,
    Keys,
    Line,
    Most,
    Percent,
    Remark,
)
from exercise.domain.scenario import Channel, Tlp

Title = Annotated[str, Most(200, least=1)]
Body = Annotated[str, Most(8000, least=1)]
Reason = Annotated[str, Most(1000, least=3)]
UndoMs = Annotated[int, Between(0, 60_000)]
Addressees = Annotated[tuple[Key, ...], Few(64, least=1)] | Literal["all", "public"]
Clock = Annotated[str, Most(12, least=1)]  # T+h:mm[:ss]
Files = Annotated[tuple[Key, ...], Few(4)]  # of the scenario, each by its SHA-256


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """STARTEX, at `rate` exercise seconds a wall second."""

    type: Literal["start"] = "start"
    rate: Annotated[int, Between(1, 60)] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Stop exercise time."""

    type: Literal["pause"] = "pause"
    reason: Remark = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Let exercise time run again."""

    type: Literal["resume"] = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRate:
    """Run exercise time at a whole rate."""

    rate: Annotated[int, Between(1, 60)]
    type: Literal["set_rate"] = "set_rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Send an inject to its audience, at once or after an undo window (wall ms)."""

    inject: Key
    undo_ms: UndoMs = 0
    type: Literal["release"] = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take back an announced release before anybody got it."""

    inject: Key
    type: Literal["undo"] = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Keep an inject back, or with no inject turn "hold everything for me"."""

    inject: Annotated[str, Most(64)] = ""
    on: bool = True
    type: Literal["hold"] = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Leave an inject out."""

    inject: Key
    reason: Remark = ""
    type: Literal["skip"] = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """Withdraw a released inject."""

    inject: Key
    reason: Reason
    type: Literal["recall"] = "recall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revise:
    """Change a coming inject for this run; `at` is T+h:mm[:ss]."""

    inject: Key
    title: Title | None = None
    body: Body | None = None
    at: Clock | None = None
    audience: Addressees | None = None
    type: Literal["revise"] = "revise"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdHocInject:
    """Send an inject nobody scripted; `attachments` names files of the scenario."""

    title: Title
    body: Body
    channel: Channel
    audience: Addressees
    tlp: Tlp = ""
    attachments: Files = ()
    undo_ms: UndoMs = 0
    type: Literal["ad_hoc_inject"] = "ad_hoc_inject"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyAs:
    """Speak as an actor outside the room (white cell)."""

    speaker: Line
    title: Title
    body: Body
    audience: Addressees
    channel: Channel = "cable"
    tlp: Tlp = ""
    about: Annotated[str, Most(64)] = ""
    undo_ms: UndoMs = 0
    type: Literal["reply_as"] = "reply_as"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Let everything still to come fall due `by_ms` later (or earlier)."""

    by_ms: Annotated[int, Between(-36_000_000, 36_000_000)]
    type: Literal["shift"] = "shift"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """ENDEX. `confirm` is the typed word END."""

    confirm: Annotated[str, Most(12)]
    reason: Remark = ""
    aborted: bool = False
    type: Literal["end"] = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProbe:
    """Put a probe to the room before its time."""

    probe: Key
    type: Literal["open_probe"] = "open_probe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Write down what only facilitators see."""

    text: Annotated[str, Most(4000, least=1)]
    about: Annotated[str, Most(64)] = ""
    type: Literal["note"] = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkObjective:
    """Say how far an objective was met."""

    objective: Key
    met: Literal["yes", "partly", "no"]
    note: Remark = ""
    type: Literal["mark_objective"] = "mark_objective"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudicate:
    """Rule how an entry counts in the score."""

    entry: Key
    ruling: Ruling
    reason: Annotated[str, Most(1000, least=10)]
    type: Literal["adjudicate"] = "adjudicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Set an indicator beside its computed value, in whole percents."""

    indicator: Literal["T", "R", "N", "S", "M", "B", "E", "L", "K"]
    from_: Percent
    to: Percent
    reason: Annotated[str, Most(1000, least=30)]
    entries: Annotated[Keys, Few(64, least=1)]
    second: Annotated[str, Most(64)] = ""
    type: Literal["override"] = "override"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclude:
    """Leave a delegation's later obligations out of the score."""

    delegation: Key
    reason: Reason
    type: Literal["exclude"] = "exclude"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """Take a person in, in a role; their one-time link is made beside the record."""

    role: Literal["facilitator", "evaluator", "trainer", "observer"]
    type: Literal["invite"] = "invite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Seat a participant somewhere else."""

    member: Key
    delegation: Key
    seat: Annotated[str, Most(64)] = ""
    type: Literal["move"] = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoke:
    """Take a participant's access away."""

    member: Key
    reason: Remark = ""
    type: Literal["revoke"] = "revoke"
