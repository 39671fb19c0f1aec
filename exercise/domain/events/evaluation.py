"""What facilitators, evaluators and trainers wrote beside the play."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from exercise.domain.limits import (
    Few,
    Key,
    Keys,
    Line,
    Milliseconds,
    Most,
    Percent,
    Prose,
    Remark,
)

Rating = Literal["P", "S", "M", "U"]
Standing = Literal["open", "done", "carried"]
# Whole percents; a wider override needs a second evaluator.
WIDE = 20
Ruling = Literal["substantive", "not_substantive", "excluded", "platform_late"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten:
    """A private note of a facilitator."""

    KIND: ClassVar[str] = "note_written"
    text: Prose
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveMarked:
    """A facilitator marked how far an objective was met."""

    KIND: ClassVar[str] = "objective_marked"
    objective: Key
    met: Literal["yes", "partly", "no"]
    note: Remark = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudicated:
    """A ruling on how one entry counts in the score."""

    KIND: ClassVar[str] = "adjudicated"
    entry: Key
    ruling: Ruling
    reason: Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorOverridden:
    """An evaluator sets an indicator beside the computed value, whole percents."""

    KIND: ClassVar[str] = "indicator_overridden"
    indicator: Key
    from_: Percent
    to: Percent
    reason: Remark
    entries: Keys
    second: str = ""

    @property
    def wide(self) -> bool:
        """Tell whether it counts only once a second evaluator has confirmed it."""
        return abs(self.to - self.from_) > WIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideConfirmed:
    """A second evaluator stands by an override that waited for one."""

    KIND: ClassVar[str] = "override_confirmed"
    override: Key
    indicator: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationExcluded:
    """A delegation's obligations from `from_ms` on do not count."""

    KIND: ClassVar[str] = "delegation_excluded"
    delegation: Key
    from_ms: int
    reason: Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One person's rating of a task, an objective or an indicator.

    `moment_ms` is the exercise time that the note is about, if it is about one.
    """

    KIND: ClassVar[str] = "rated"
    subject: Key
    rating: Rating
    note: Remark = ""
    entries: Keys = ()
    moment_ms: Milliseconds | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsClosed:
    """An evaluator has rated; with `whole`, the ratings of all evaluators stand."""

    KIND: ClassVar[str] = "ratings_closed"
    member: str
    whole: bool
    reason: Remark = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """An entry belongs in the report's timeline, in these words."""

    KIND: ClassVar[str] = "pinned"
    entry: Key
    label: Annotated[str, Most(300)] = ""
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWritten:
    """A strength or an area for improvement, with its evidence."""

    KIND: ClassVar[str] = "finding_written"
    finding: str
    sort: Literal["strength", "improvement"]
    title: Line
    observation: Prose
    recommendation: Prose = ""
    entries: Keys = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWritten:
    """One line of the improvement plan: what, who, until when."""

    KIND: ClassVar[str] = "plan_written"
    finding: Key
    action: Prose
    owner: Line
    due: Annotated[str, Most(30)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCarried:
    """An open line of an earlier run's improvement plan comes with this one.

    `source` is the title of that run, `area` what the line was to improve.
    """

    KIND: ClassVar[str] = "plan_carried"
    source: Line
    area: Line
    action: Prose
    owner: Line
    due: Annotated[str, Most(30)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMarked:
    """How a line that came with this run stands: done, carried on, or open again."""

    KIND: ClassVar[str] = "plan_marked"
    item: Key
    status: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered:
    """One hot-wash answer sheet; anonymous ones bear no author."""

    KIND: ClassVar[str] = "survey_answered"
    answers: Annotated[dict[str, str], Few(24)]
    anonymous: bool = False
