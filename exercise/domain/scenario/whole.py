"""A whole scenario, and how to find its parts."""

from dataclasses import dataclass
from typing import Annotated

from exercise.domain.limits import Between, Few, Key, Keys, Line, Milliseconds, Most
from exercise.domain.scenario.attachments import Attachment
from exercise.domain.scenario.expectations import (
    Assistance,
    Ceiling,
    Citations,
    Consultation,
    Item,
    Probe,
    Provocation,
    TextPlan,
)
from exercise.domain.scenario.injects import Inject
from exercise.domain.scenario.links import Dependency
from exercise.domain.scenario.literacy import Term, Translation
from exercise.domain.scenario.parties import (
    Delegation,
    Hypothesis,
    Meter,
    Objective,
    Phase,
    Topic,
    Treaty,
)
from exercise.domain.scenario.words import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A whole scenario: everything an exercise needs, in whole numbers and text.

    A `warm_up` is a short one that belongs before the others.
    """

    id: Key
    title: Line
    summary: Said
    languages: Annotated[tuple[Key, ...], Few(16, least=1)]
    classification: Line
    duration_ms: Milliseconds
    story_start: Annotated[str, Most(30)]
    story_scale: Annotated[int, Between(1, 1440)]
    phases: Annotated[tuple[Phase, ...], Few(16, least=1)]
    delegations: Annotated[tuple[Delegation, ...], Few(64, least=1)]
    injects: tuple[Inject, ...]
    hypotheses: tuple[Hypothesis, ...] = ()
    topics: tuple[Topic, ...] = ()
    items: tuple[Item, ...] = ()
    probes: tuple[Probe, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    provocations: tuple[Provocation, ...] = ()
    citations: tuple[Citations, ...] = ()
    texts: tuple[TextPlan, ...] = ()
    assistance: tuple[Assistance, ...] = ()
    commitment_types: Keys = ()
    commitments_expected: Annotated[int, Between(0, 99)] = 0
    treaties: tuple[Treaty, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    meters: tuple[Meter, ...] = ()
    objectives: tuple[Objective, ...] = ()
    terms: tuple[Term, ...] = ()
    translations: tuple[Translation, ...] = ()
    severity_scale: tuple[Line, ...] = ()
    two_seats: Keys = ()  # instruments that need a second seat's signature
    rights_answer_ms: Milliseconds = 600_000  # in which a rights flag is answered
    warm_up: bool = False

    def inject(self, id_: str) -> Inject | None:
        """Return the inject named `id_`, or None."""
        return next((one for one in self.injects if one.id == id_), None)

    def delegation(self, id_: str) -> Delegation | None:
        """Return the delegation named `id_`, or None."""
        return next((one for one in self.delegations if one.id == id_), None)

    def item(self, id_: str) -> Item | None:
        """Return the information item named `id_`, or None."""
        return next((one for one in self.items if one.id == id_), None)

    def probe(self, id_: str) -> Probe | None:
        """Return the probe named `id_`, or None."""
        return next((one for one in self.probes if one.id == id_), None)

    def topic(self, id_: str) -> Topic | None:
        """Return the public topic named `id_`, or None."""
        return next((one for one in self.topics if one.id == id_), None)

    @property
    def files(self) -> dict[str, Attachment]:
        """Return each attached file by its SHA-256, in the author's order."""
        found: dict[str, Attachment] = {}
        for parts in (self.delegations, self.injects, self.items):
            for one in (each for part in parts for each in part.attachments):
                found.setdefault(one.sha256, one)
        return found

    @property
    def delegation_ids(self) -> tuple[str, ...]:
        """Return every delegation's id, in the author's order."""
        return tuple(one.id for one in self.delegations)

    @property
    def states(self) -> tuple[str, ...]:
        """Return the ids of the delegations that are states."""
        return tuple(one.id for one in self.delegations if one.kind == "state")
