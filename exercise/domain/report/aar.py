"""The after-action report as a value: every figure with the entries behind it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from exercise.domain.events.evaluation import Standing
from exercise.domain.report.compliance import Allegation
from exercise.domain.report.files import FileLine
from exercise.domain.report.sessions import SessionLine
from exercise.domain.scoring import Message, Opportunity, ScoreCard

Edition: TypeAlias = Literal["participants", "full", "anonymous", "delegation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The record this report was made from: its last entry and that one's hash."""

    seq: int = 0
    hash: str = ""
    fingerprint: str = ""
    wall_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A delegation with its badge, and who sat in it."""

    id: str
    name: str
    kind: str
    shape: int
    colour: int
    seats: tuple[tuple[str, int, tuple[str, ...]], ...]
    people: int
    contribution: tuple[int, int, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One entry as the report cites it."""

    entry: str
    seq: int
    at_ms: int
    wall_ms: int
    who: str
    what: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """One line of the report's timeline; `label` is what the pin calls it."""

    evidence: Evidence
    label: str
    pinned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingLine:
    """One evaluator's rating; `by` is a name or a number, as the edition allows."""

    by: str
    rating: str
    note: str
    entries: tuple[str, ...]
    moment_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideLine:
    """One thing to rate: a task, an objective without tasks, or an indicator.

    `points` of the headline hang on it. `ratings` were given blind; `settled` are
    the trainers', given once those were closed.
    """

    id: str
    title: str
    look: str = ""
    delegation: str = ""
    objective: str = ""
    capability: str = ""
    points: float = 0.0
    ratings: tuple[RatingLine, ...] = ()
    settled: tuple[RatingLine, ...] = ()

    @property
    def apart(self) -> int:
        """Return how many steps lie between the best and the worst blind rating."""
        steps = ["UMSP".index(one.rating) for one in self.ratings]
        return max(steps) - min(steps) if steps else 0

    @property
    def effect(self) -> float:
        """Return how many points of the headline the difference stands for."""
        return self.points * self.apart / 3

    @property
    def unrated(self) -> bool:
        """Say whether nobody has rated it at all."""
        return not self.ratings and not self.settled


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveLine:
    """One objective: what was computed, marked and rated for it."""

    id: str
    title: str
    capability: str
    indicators: tuple[tuple[str, str, float | None], ...]
    mark: Literal["", "yes", "partly", "no"]
    note: str
    ratings: tuple[RatingLine, ...]
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseLine:
    """What one inject asked of one delegation, and when it came."""

    inject: str
    number: str
    title: str
    delegation: str
    asked: tuple[str, ...]
    delivered_ms: int
    target_ms: int
    deadline_ms: int
    answered_ms: int | None
    verdict: Literal["met", "partly", "missed"]
    entries: tuple[str, ...]

    @property
    def took_ms(self) -> int | None:
        """Return how long the answer took, exercise ms."""
        if self.answered_ms is None:
            return None
        return max(0, self.answered_ms - self.delivered_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """How many loops two delegations closed, and by which entries."""

    a: str
    b: str
    count: int
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One line of the improvement plan.

    One that an earlier run left open has its `area` in words, and that run's title
    as its `source`; it is open, done or carried on.
    """

    finding: str
    action: str
    owner: str
    due: str
    entry: str
    area: str = ""
    source: str = ""
    status: Standing = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A strength or an area for improvement; `unproven` has no evidence yet."""

    id: str
    sort: Literal["strength", "improvement"]
    title: str
    observation: str
    recommendation: str
    entries: tuple[str, ...]
    plan: tuple[PlanLine, ...]

    @property
    def unproven(self) -> bool:
        """Say whether no entry stands behind it."""
        return not self.entries


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterLine:
    """How one harm meter moved; each point is an inject's doing."""

    id: str
    title: str
    unit: str
    start: int
    points: tuple[tuple[int, int, str], ...]
    sector: str = ""

    @property
    def end(self) -> int:
        """Return the last value."""
        return self.points[-1][1] if self.points else self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLine:
    """One question of the hot wash: how often each short answer, and the long ones."""

    question: str
    counts: tuple[tuple[str, int], ...]
    remarks: tuple[str, ...]
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingLine:
    """How one entry was adjudicated, and why."""

    entry: str
    ruling: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aar:
    """The whole report; nothing in it is edited, everything is from the record."""

    title: str
    scenario: str
    summary: str
    classification: str
    edition: Edition
    delegation: str
    head: Head
    entries: int
    started_wall_ms: int | None
    ended_wall_ms: int | None
    played_ms: int
    aborted: bool
    phases: tuple[tuple[str, int, int], ...]
    roles: tuple[tuple[str, int], ...]
    parties: tuple[Party, ...]
    objectives: tuple[ObjectiveLine, ...]
    agreement: float | None
    rated_apart: tuple[int, int]
    timeline: tuple[Highlight, ...]
    responses: tuple[ResponseLine, ...]
    network: tuple[Edge, ...]
    strengths: tuple[Finding, ...]
    improvements: tuple[Finding, ...]
    plan: tuple[PlanLine, ...]
    carried: tuple[PlanLine, ...]
    score: ScoreCard
    rulings: tuple[RulingLine, ...]
    survey: tuple[SurveyLine, ...]
    meters: tuple[MeterLine, ...]
    notes: tuple[tuple[str, str, str], ...]
    evidence: tuple[Evidence, ...]
    guide: tuple[GuideLine, ...] = ()
    ratings_closed: bool = False
    sessions: tuple[SessionLine, ...] = ()
    allegations: tuple[Allegation, ...] = ()
    breaches: tuple[Opportunity, ...] = ()
    surprises: tuple[Opportunity, ...] = ()
    files: tuple[FileLine, ...] = ()

    @property
    def disputed(self) -> tuple[GuideLine, ...]:
        """Return what evaluators rated differently, what it matters most first."""
        found = [one for one in self.guide if one.apart]
        return tuple(sorted(found, key=lambda one: (-one.effect, one.id)))

    @property
    def unrated(self) -> tuple[GuideLine, ...]:
        """Return the tasks that nobody has rated."""
        return tuple(one for one in self.guide if one.unrated)

    def cited(self, entries: tuple[str, ...]) -> tuple[Evidence, ...]:
        """Return the evidence behind some figure, in order of time."""
        wanted = set(entries)
        return tuple(one for one in self.evidence if one.entry in wanted)

    def party(self, id_: str) -> Party | None:
        """Return the delegation named `id_`, or None."""
        return next((one for one in self.parties if one.id == id_), None)
