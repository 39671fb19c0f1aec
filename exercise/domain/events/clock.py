"""What happened to exercise time, phases and probes."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from exercise.domain.fields import Belief, Trust
from exercise.domain.limits import Between, Key, Keys, Line, Milliseconds, Remark
from exercise.domain.scenario import Hypothesis, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """STARTEX: exercise time begins to run."""

    KIND: ClassVar[str] = "started"
    rate: Annotated[int, Between(1, 60)] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """Exercise time stands still; `outage` when the server's end caused it."""

    KIND: ClassVar[str] = "paused"
    reason: Remark = ""
    outage: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """Exercise time runs again."""

    KIND: ClassVar[str] = "resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSet:
    """Exercise time runs at `rate` times wall time from here."""

    KIND: ClassVar[str] = "rate_set"
    rate: Annotated[int, Between(1, 60)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestShifted:
    """Everything still to come from `from_ms` on falls due `by_ms` later."""

    KIND: ClassVar[str] = "rest_shifted"
    from_ms: Milliseconds
    by_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """ENDEX: play is over; the record stays open for evaluation."""

    KIND: ClassVar[str] = "ended"
    reason: Remark = ""
    aborted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBegan:
    """Phase `number` of `of` begins."""

    KIND: ClassVar[str] = "phase_began"
    phase: Key
    title: Line
    number: int
    of: int
    ends_ms: Milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeOpened:
    """A sealed question is put to every delegation until `closes_ms`."""

    KIND: ClassVar[str] = "probe_opened"
    probe: Key
    title: Line
    closes_ms: Milliseconds
    hypotheses: tuple[Hypothesis, ...]
    severity_scale: tuple[Line, ...]
    severity_steps: int
    priorities: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeAnswered:
    """One delegation's sealed answer; a later one by the same replaces it."""

    KIND: ClassVar[str] = "probe_answered"
    probe: Key
    attribution: Belief
    confidence: str
    severity: Annotated[int, Between(1, 10)]
    priorities: Keys = ()
    trust: Trust = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeClosed:
    """No more answers to this probe count."""

    KIND: ClassVar[str] = "probe_closed"
    probe: Key
    title: Line
