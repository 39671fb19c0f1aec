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
    ConfirmOverride,
    Finding,
    MarkPlan,
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
from exercise.domain.commands.forum import (
    Admit,
    AskFloor,
    CloseForum,
    ForumCommand,
    GiveFloor,
    RecordMinutes,
    Speak,
    TakeUp,
    YieldFloor,
)
from exercise.domain.commands.home import HandOver, Rename, UpdateContact, Withdraw
from exercise.domain.commands.system import (
    CarryPlan,
    FallDue,
    InstructionsDue,
    Join,
    JoiningOver,
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
    | AskFloor
    | GiveFloor
    | YieldFloor
    | Speak
    | TakeUp
    | RecordMinutes
    | Admit
    | CloseForum
    | TakeSeat
    | HandOver
    | Rename
    | Withdraw
    | UpdateContact
)
EvaluationCommand: TypeAlias = (
    Rate | CloseRatings | ConfirmOverride | Pin | Finding | Plan | MarkPlan | Survey
)
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
    | JoiningOver
    | InstructionsDue
    | Outage
    | CarryPlan
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
    "Admit",
    "Amend",
    "AnswerCall",
    "AnswerProbe",
    "AskFloor",
    "BreakSilence",
    "Call",
    "CarryPlan",
    "CloseForum",
    "CloseRatings",
    "Command",
    "ConfirmOverride",
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
    "ForumCommand",
    "GiveFloor",
    "HandOver",
    "HangUp",
    "Hold",
    "InstructionsDue",
    "Invite",
    "Join",
    "JoiningOver",
    "MarkObjective",
    "MarkPlan",
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
    "RecordMinutes",
    "Redact",
    "Release",
    "Rename",
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
    "Speak",
    "Sponsor",
    "Start",
    "Survey",
    "SystemCommand",
    "TakeSeat",
    "TakeUp",
    "TurnPhase",
    "Undo",
    "UndoOver",
    "UpdateContact",
    "Vote",
    "VoteOver",
    "WireCommand",
    "Withdraw",
    "YieldFloor",
]
