"""The state of an exercise: what deciding needs, and no history."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from immutables import Map

from exercise.domain.clock import Clock
from exercise.domain.events import ActPrepared, ForumState, TextState
from exercise.domain.identity import Member
from exercise.domain.scenario import Contact, Inject, Scenario
from exercise.domain.state.inquiries import Inquiry
from exercise.domain.state.joint import JointMeasure
from exercise.domain.state.values import (
    Announced,
    Offer,
    OpenCall,
    OpenProbe,
    Override,
    Promise,
    Ref,
    Referred,
    Released,
    Revision,
)

Status: TypeAlias = Literal["lobby", "running", "paused", "ended"]


# Without slots: `changed` copies the fields of such an object at one stroke.
@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise as folded from its timeline.

    Maps that grow with the exercise are persistent, so that an entry costs the
    same at the beginning and at the end. Times are exercise ms.
    """

    title: str
    scenario: Scenario
    starts_at: str = ""
    status: Status = "lobby"
    clock: Clock = field(default_factory=Clock)
    at_ms: int = 0
    wall_ms: int = 0
    seq: int = 0
    phase: str = ""
    phases_begun: tuple[str, ...] = ()
    members: Map[str, Member] = field(default_factory=Map)
    names: Map[str, str] = field(default_factory=Map)
    index: Map[str, Ref] = field(default_factory=Map)
    released: Map[str, Released] = field(default_factory=Map)
    announced: Map[str, Announced] = field(default_factory=Map)
    revised: Map[str, Revision] = field(default_factory=Map)
    held: Map[str, bool] = field(default_factory=Map)
    skipped: Map[str, str] = field(default_factory=Map)
    overdue: Map[str, bool] = field(default_factory=Map)
    shifts: tuple[tuple[int, int], ...] = ()
    hold_all: bool = False
    unplanned: int = 0
    probes: Map[str, OpenProbe] = field(default_factory=Map)
    calls: Map[str, OpenCall] = field(default_factory=Map)
    texts: Map[str, TextState] = field(default_factory=Map)
    settled: Map[str, str] = field(default_factory=Map)
    forums: Map[str, ForumState] = field(default_factory=Map)
    offers: Map[str, Offer] = field(default_factory=Map)
    promises: Map[str, Promise] = field(default_factory=Map)
    inquiries: Map[str, Inquiry] = field(default_factory=Map)
    measures: Map[str, JointMeasure] = field(default_factory=Map)
    prepared: Map[str, tuple[str, ActPrepared]] = field(default_factory=Map)
    referred: Map[str, Referred] = field(default_factory=Map)
    contacts: Map[str, tuple[Contact, ...]] = field(default_factory=Map)
    findings: Map[str, bool] = field(default_factory=Map)
    overrides: Map[str, Override] = field(default_factory=Map)
    rated_out: Map[str, bool] = field(default_factory=Map)
    ratings_closed: bool = False
    holdings: Map[tuple[str, str], int] = field(default_factory=Map)
    papers: Map[tuple[str, str], str] = field(default_factory=Map)
    acted: Map[tuple[str, str, str], int] = field(default_factory=Map)
    claimed: Map[tuple[str, str, str], int] = field(default_factory=Map)
    accepted: Map[str, int] = field(default_factory=Map)
    adopted: Map[str, tuple[str, ...]] = field(default_factory=Map)
    attributed: Map[str, str] = field(default_factory=Map)
    meters: Map[str, int] = field(default_factory=Map)
    readings: Map[tuple[str, str], int] = field(default_factory=Map)
    rung: int = 0
    rung_unjustified: int = 0

    def moved(self, at_ms: int, *, since: int = 0) -> int:
        """Return when something planned for `at_ms` happens after all shifts."""
        for from_ms, by_ms in self.shifts[since:]:
            if at_ms >= from_ms:
                at_ms = max(from_ms, at_ms + by_ms)
        return at_ms

    def due_ms(self, inject: Inject) -> int:
        """Return when a scripted inject falls due in this run."""
        revision = self.revised.get(inject.id)
        if revision is not None and revision.at_ms is not None:
            return self.moved(revision.at_ms, since=revision.shifts)
        return self.moved(inject.at_ms)

    def is_open(self, inject: Inject) -> bool:
        """Tell whether a scripted inject is still to come."""
        return inject.id not in self.released and inject.id not in self.skipped

    def ceiling(self, at_ms: int) -> int:
        """Return the highest rung the facts justify at `at_ms`."""
        rung = 6 if not self.scenario.ceilings else 2
        for step in self.scenario.ceilings:
            if self.moved(step.start_ms) <= at_ms:
                rung = step.rung
        return rung

    def name_of(self, member: str) -> str:
        """Return a participant's name in force, or nothing."""
        return self.names.get(member, "")

    def contacts_of(self, delegation: str) -> tuple[Contact, ...]:
        """Return a delegation's contact points as they stand."""
        home = self.scenario.delegation(delegation)
        return self.contacts.get(delegation, home.contacts if home else ())


if TYPE_CHECKING:
    # Here, for the one function of which checkers know every field by its class.
    from dataclasses import replace as changed
else:

    def changed(state: Exercise, /, **fields: Any) -> Exercise:  # noqa: ANN401 - what the fields hold
        """Return the state with some fields changed, a copy as cheap as it gets.

        `dataclasses.replace` sets each of the fields anew: 25 µs against 1, and every
        entry changes the state two or three times.

        Raises:
            TypeError: there is no such field.
        """
        known = state.__dict__
        after = known | fields
        if len(after) != len(known):
            raise TypeError(f"no field of an exercise: {set(fields) - set(known)}")
        copy = object.__new__(Exercise)
        object.__setattr__(copy, "__dict__", after)
        return copy


__all__ = ["Exercise", "Status", "changed"]
