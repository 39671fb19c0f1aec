"""Everything that can be asked for: what the wire may send, and what time does."""

from dataclasses import fields
from typing import TypeAlias, get_args

from exercise.domain.commands.delegation import (
    Acknowledge,
    Act,
    Amend,
    AnswerCall,
    AnswerProbe,
    BreakSilence,
    Call,
    Countersign,
    Decline,
    DeclineCall,
    HangUp,
    Propose,
    Reserve,
    Say,
    SettleBracket,
    ShareItem,
    Sign,
    Sponsor,
    TakeSeat,
    Vote,
)
from exercise.domain.commands.evaluation import (
    CloseRatings,
    Finding,
    Pin,
    Plan,
    Rate,
    Survey,
)
from exercise.domain.commands.facilitator import (
    AdHocInject,
    Adjudicate,
    End,
    Exclude,
    Hold,
    Invite,
    MarkObjective,
    Move,
    Note,
    OpenProbe,
    Override,
    Pause,
    Recall,
    Release,
    ReplyAs,
    Resume,
    Revise,
    Revoke,
    SetRate,
    Shift,
    Skip,
    Start,
    Undo,
)
from exercise.domain.commands.system import (
    FallDue,
    Join,
    Open,
    Outage,
    ProbeDue,
    ProbeOver,
    Redact,
    RingOut,
    Seal,
    SilenceOver,
    TurnPhase,
    UndoOver,
    VoteOver,
)

FacilitatorCommand: TypeAlias = (
    Start
    | Pause
    | Resume
    | SetRate
    | Release
    | Undo
    | Hold
    | Skip
    | Recall
    | Revise
    | AdHocInject
    | ReplyAs
    | Shift
    | End
    | OpenProbe
    | Note
    | MarkObjective
    | Adjudicate
    | Override
    | Exclude
    | Invite
    | Move
    | Revoke
)
DelegationCommand: TypeAlias = (
    Acknowledge
    | Act
    | Countersign
    | Call
    | AnswerCall
    | DeclineCall
    | HangUp
    | Say
    | Propose
    | Amend
    | Sponsor
    | Sign
    | Decline
    | Reserve
    | SettleBracket
    | Vote
    | BreakSilence
    | AnswerProbe
    | ShareItem
    | TakeSeat
)
EvaluationCommand: TypeAlias = Rate | CloseRatings | Pin | Finding | Plan | Survey
WireCommand: TypeAlias = FacilitatorCommand | DelegationCommand | EvaluationCommand
SystemCommand: TypeAlias = (
    Open
    | Join
    | FallDue
    | UndoOver
    | TurnPhase
    | ProbeDue
    | ProbeOver
    | RingOut
    | SilenceOver
    | VoteOver
    | Outage
    | Redact
    | Seal
)
Command: TypeAlias = WireCommand | SystemCommand

WIRE_TYPES: dict[str, type[WireCommand]] = {
    str(next(f.default for f in fields(one) if f.name == "type")): one
    for one in get_args(WireCommand)
}
"""Every command a client may send, by its `type`."""

__all__ = [
    "WIRE_TYPES",
    "Acknowledge",
    "Act",
    "AdHocInject",
    "Adjudicate",
    "Amend",
    "AnswerCall",
    "AnswerProbe",
    "BreakSilence",
    "Call",
    "CloseRatings",
    "Command",
    "Countersign",
    "Decline",
    "DeclineCall",
    "DelegationCommand",
    "End",
    "EvaluationCommand",
    "Exclude",
    "FacilitatorCommand",
    "FallDue",
    "Finding",
    "HangUp",
    "Hold",
    "Invite",
    "Join",
    "MarkObjective",
    "Move",
    "Note",
    "Open",
    "OpenProbe",
    "Outage",
    "Override",
    "Pause",
    "Pin",
    "Plan",
    "ProbeDue",
    "ProbeOver",
    "Propose",
    "Rate",
    "Recall",
    "Redact",
    "Release",
    "ReplyAs",
    "Reserve",
    "Resume",
    "Revise",
    "Revoke",
    "RingOut",
    "Say",
    "Seal",
    "SetRate",
    "SettleBracket",
    "ShareItem",
    "Shift",
    "Sign",
    "SilenceOver",
    "Skip",
    "Sponsor",
    "Start",
    "Survey",
    "SystemCommand",
    "TakeSeat",
    "TurnPhase",
    "Undo",
    "UndoOver",
    "Vote",
    "VoteOver",
    "WireCommand",
]
