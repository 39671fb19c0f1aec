"""What evaluators, trainers and, in the hot wash, everyone may ask for."""

from dataclasses import dataclass
from typing import Annotated, Literal

from exercise.domain.events.evaluation import Rating, Standing
from exercise.domain.limits import (
    Few,
    Key,
    Keys,
    Line,
    Milliseconds,
    Most,
    Prose,
    Remark,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Rate a task, an objective or an indicator P, S, M or U.

    `moment_ms` is the exercise time that the note is about, if it is about one.
    """

    subject: Key
    rating: Rating
    note: Remark = ""
    entries: Keys = ()
    moment_ms: Milliseconds | None = None
    type: Literal["rate"] = "rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRatings:
    """Let one's ratings stand; of a trainer or facilitator, everybody's."""

    reason: Remark = ""
    type: Literal["close_ratings"] = "close_ratings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Put an entry into the report's timeline, or take it out."""

    entry: Key
    label: Annotated[str, Most(300)] = ""
    on: bool = True
    type: Literal["pin"] = "pin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Write a strength or an area for improvement; `finding` replaces an earlier."""

    sort: Literal["strength", "improvement"]
    title: Line
    observation: Annotated[str, Most(8000, least=1)]
    recommendation: Prose = ""
    entries: Keys = ()
    finding: Annotated[str, Most(64)] = ""
    type: Literal["finding"] = "finding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Write a line of the improvement plan for a finding."""

    finding: Key
    action: Annotated[str, Most(8000, least=1)]
    owner: Line
    due: Annotated[str, Most(30)] = ""
    type: Literal["plan"] = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmOverride:
    """Stand by another evaluator's override of more than 20 points, named by entry."""

    override: Key
    type: Literal["confirm_override"] = "confirm_override"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPlan:
    """Say how a line that an earlier run's plan left open stands; `item` its entry."""

    item: Key
    status: Standing
    type: Literal["mark_plan"] = "mark_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Answer the hot wash, under one's name or without it."""

    answers: Annotated[dict[Key, Annotated[str, Most(2000)]], Few(24, least=1)]
    anonymous: bool = False
    type: Literal["survey"] = "survey"
