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
    Pinned,
    PlanWritten,
    Rated,
    RatingsClosed,
    SurveyAnswered,
)
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
    TextDeclined,
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
    | NoteWritten
    | ObjectiveMarked
    | Adjudicated
    | IndicatorOverridden
    | DelegationExcluded
    | Rated
    | RatingsClosed
    | Pinned
    | FindingWritten
    | PlanWritten
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
    "Adjudicated",
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
    "Content",
    "DelegationExcluded",
    "Ended",
    "EntryRedacted",
    "Event",
    "ExerciseOpened",
    "FindingWritten",
    "GuidanceGiven",
    "IndicatorOverridden",
    "InjectHeld",
    "InjectRecalled",
    "InjectReleased",
    "InjectRevised",
    "InjectSkipped",
    "ItemCard",
    "ItemShared",
    "MemberJoined",
    "MemberMoved",
    "MemberNamed",
    "MemberRevoked",
    "NoteWritten",
    "ObjectiveMarked",
    "Paused",
    "PhaseBegan",
    "Pinned",
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
    "TextDeclined",
    "TextProposed",
    "TextPublished",
    "TextReserved",
    "TextSigned",
    "TextSponsored",
    "TextState",
    "TextVoted",
    "TextWithdrawn",
]
