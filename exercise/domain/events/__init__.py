"""Everything that can have happened: the closed union of the timeline's events."""

from typing import TypeAlias, get_args

from exercise.domain.events.acts import (
    Acknowledged,
    ActIssued,
    ActPrepared,
    CallAnswered,
    CallClosed,
    CallLine,
    CallOpened,
    CommitmentConfirmed,
    CommitmentDelivered,
    CommitmentMade,
    ItemShared,
)
from exercise.domain.events.clock import (
    Ended,
    Paused,
    PhaseBegan,
    ProbeAnswered,
    ProbeClosed,
    ProbeOpened,
    RateSet,
    RestShifted,
    Resumed,
    Started,
)
from exercise.domain.events.evaluation import (
    Adjudicated,
    DelegationExcluded,
    FindingWritten,
    IndicatorOverridden,
    NoteWritten,
    ObjectiveMarked,
    OverrideConfirmed,
    Pinned,
    PlanCarried,
    PlanMarked,
    PlanWritten,
    Rated,
    RatingsClosed,
    SurveyAnswered,
)
from exercise.domain.events.forum import (
    AgendaTurned,
    FloorAsked,
    FloorGiven,
    FloorYielded,
    ForumAdmitted,
    ForumChange,
    ForumClosed,
    ForumOpened,
    ForumSpoken,
    ForumState,
    ForumWord,
    MinutesRecorded,
)
from exercise.domain.events.home import ActReferred, ActWithdrawn, ContactUpdated
from exercise.domain.events.injects import (
    AllHeld,
    Content,
    GuidanceGiven,
    InjectHeld,
    InjectRecalled,
    InjectReleased,
    InjectRevised,
    InjectSkipped,
    ItemCard,
    Reading,
    ReleaseAnnounced,
    ReleaseUndone,
)
from exercise.domain.events.joint import MeasureAdopted, MeasureLapsed
from exercise.domain.events.membership import (
    Checkpoint,
    EntryRedacted,
    ExerciseOpened,
    MemberJoined,
    MemberMoved,
    MemberNamed,
    MemberRevoked,
)
from exercise.domain.events.texts import (
    Bracket,
    BracketSettled,
    SilenceBroken,
    TextAmended,
    TextBracketed,
    TextChange,
    TextDeclined,
    TextEnd,
    TextProposed,
    TextPublished,
    TextReserved,
    TextSigned,
    TextSponsored,
    TextState,
    TextVoted,
    TextWithdrawn,
)

Event: TypeAlias = (
    ExerciseOpened
    | MemberJoined
    | MemberNamed
    | MemberMoved
    | MemberRevoked
    | EntryRedacted
    | Checkpoint
    | Started
    | Paused
    | Resumed
    | RateSet
    | RestShifted
    | Ended
    | PhaseBegan
    | ProbeOpened
    | ProbeAnswered
    | ProbeClosed
    | InjectReleased
    | GuidanceGiven
    | ReleaseAnnounced
    | ReleaseUndone
    | InjectHeld
    | AllHeld
    | InjectSkipped
    | InjectRevised
    | InjectRecalled
    | Acknowledged
    | ActIssued
    | ActPrepared
    | ActReferred
    | ActWithdrawn
    | ContactUpdated
    | ItemShared
    | CallOpened
    | CallAnswered
    | CallClosed
    | CallLine
    | CommitmentMade
    | CommitmentDelivered
    | CommitmentConfirmed
    | TextProposed
    | TextAmended
    | TextBracketed
    | BracketSettled
    | TextSponsored
    | TextSigned
    | TextDeclined
    | TextReserved
    | TextVoted
    | SilenceBroken
    | TextPublished
    | TextWithdrawn
    | MeasureAdopted
    | MeasureLapsed
    | ForumOpened
    | ForumAdmitted
    | FloorAsked
    | FloorGiven
    | FloorYielded
    | ForumSpoken
    | AgendaTurned
    | MinutesRecorded
    | ForumClosed
    | NoteWritten
    | ObjectiveMarked
    | Adjudicated
    | IndicatorOverridden
    | OverrideConfirmed
    | DelegationExcluded
    | Rated
    | RatingsClosed
    | Pinned
    | FindingWritten
    | PlanWritten
    | PlanCarried
    | PlanMarked
    | SurveyAnswered
)

KINDS: dict[str, type[Event]] = {one.KIND: one for one in get_args(Event)}
"""Every event type by the kind that stands on the wire and in the record."""

VERSION = 1
"""The version new bodies are written in; older ones are upcast when read."""

__all__ = [
    "KINDS",
    "VERSION",
    "Acknowledged",
    "ActIssued",
    "ActPrepared",
    "ActReferred",
    "ActWithdrawn",
    "Adjudicated",
    "AgendaTurned",
    "AllHeld",
    "Bracket",
    "BracketSettled",
    "CallAnswered",
    "CallClosed",
    "CallLine",
    "CallOpened",
    "Checkpoint",
    "CommitmentConfirmed",
    "CommitmentDelivered",
    "CommitmentMade",
    "ContactUpdated",
    "Content",
    "DelegationExcluded",
    "Ended",
    "EntryRedacted",
    "Event",
    "ExerciseOpened",
    "FindingWritten",
    "FloorAsked",
    "FloorGiven",
    "FloorYielded",
    "ForumAdmitted",
    "ForumChange",
    "ForumClosed",
    "ForumOpened",
    "ForumSpoken",
    "ForumState",
    "ForumWord",
    "GuidanceGiven",
    "IndicatorOverridden",
    "InjectHeld",
    "InjectRecalled",
    "InjectReleased",
    "InjectRevised",
    "InjectSkipped",
    "ItemCard",
    "ItemShared",
    "MeasureAdopted",
    "MeasureLapsed",
    "MemberJoined",
    "MemberMoved",
    "MemberNamed",
    "MemberRevoked",
    "MinutesRecorded",
    "NoteWritten",
    "ObjectiveMarked",
    "OverrideConfirmed",
    "Paused",
    "PhaseBegan",
    "Pinned",
    "PlanCarried",
    "PlanMarked",
    "PlanWritten",
    "ProbeAnswered",
    "ProbeClosed",
    "ProbeOpened",
    "RateSet",
    "Rated",
    "RatingsClosed",
    "Reading",
    "ReleaseAnnounced",
    "ReleaseUndone",
    "RestShifted",
    "Resumed",
    "SilenceBroken",
    "Started",
    "SurveyAnswered",
    "TextAmended",
    "TextBracketed",
    "TextChange",
    "TextDeclined",
    "TextEnd",
    "TextProposed",
    "TextPublished",
    "TextReserved",
    "TextSigned",
    "TextSponsored",
    "TextState",
    "TextVoted",
    "TextWithdrawn",
]
