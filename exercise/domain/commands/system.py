"""What time and the platform itself do; refused on the wire."""

from dataclasses import dataclass
from typing import Literal

from exercise.domain.identity import Role
from exercise.domain.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Open the exercise with its frozen scenario."""

    title: str
    scenario: Scenario
    starts_at: str = ""
    type: Literal["open"] = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Take a participant in; an exclusive seat's earlier holder is revoked."""

    member: str
    role: Role
    delegation: str = ""
    seat: str = ""
    name: str = ""
    type: Literal["join"] = "join"


@dataclass(frozen=True, slots=True, kw_only=True)
class FallDue:
    """A scripted inject's time has come."""

    inject: str
    type: Literal["fall_due"] = "fall_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoOver:
    """The undo window of an announced release has passed."""

    inject: str
    type: Literal["undo_over"] = "undo_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPhase:
    """A phase begins."""

    phase: str
    type: Literal["turn_phase"] = "turn_phase"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeDue:
    """A probe's time has come."""

    probe: str
    type: Literal["probe_due"] = "probe_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeOver:
    """A probe's deadline has passed."""

    probe: str
    type: Literal["probe_over"] = "probe_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class RingOut:
    """Nobody picked up in time."""

    call: str
    type: Literal["ring_out"] = "ring_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceOver:
    """A silence procedure ran out unbroken."""

    text: str
    type: Literal["silence_over"] = "silence_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteOver:
    """The time to vote on a text has passed."""

    text: str
    type: Literal["vote_over"] = "vote_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionsDue:
    """The capital's instructions on an act have come."""

    act: str
    type: Literal["instructions_due"] = "instructions_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class JoiningOver:
    """The time to join a joint measure has passed."""

    measure: str
    type: Literal["joining_over"] = "joining_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """The server came back: stand still at the last time it had kept."""

    type: Literal["outage"] = "outage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redact:
    """Take the body of an entry away for good."""

    entry: str
    reason: str = ""
    type: Literal["redact"] = "redact"


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryPlan:
    """Bring an open line of an earlier run's improvement plan into this one."""

    source: str
    area: str
    action: str
    owner: str
    due: str
    type: Literal["carry_plan"] = "carry_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Write a signed head into the record."""

    head_seq: int
    head_hash: str
    tree_root: str
    signature: str
    type: Literal["seal"] = "seal"
