"""What a well-briefed person of one delegation knows of the scenario, and no more."""

from dataclasses import dataclass

from exercise.domain.scenario import (
    Assistance,
    Citations,
    Consultation,
    Hypothesis,
    Item,
    Obligation,
    Probe,
    Provocation,
    Scenario,
    TextPlan,
    Topic,
    Treaty,
    Window,
)
from exercise.domain.scenario.words import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One delegation's part: what is asked of it, what it holds, what all may know.

    `place` is its number by order of id. `named` says which hypothesis an item
    points at; it is looked up for items that have arrived.
    """

    own: str
    kind: Kind
    rival: str
    place: int
    others: tuple[str, ...]
    states: tuple[str, ...]
    obligations: dict[str, tuple[Obligation, ...]]
    held: dict[str, Item]
    planned_ms: dict[str, int]
    consultations: tuple[Consultation, ...]
    citations: dict[str, Citations]
    provocations: dict[str, Provocation]
    texts: tuple[TextPlan, ...]
    help_asked: dict[str, Assistance]
    help_given: tuple[Assistance, ...]
    topics: tuple[Topic, ...]
    probes: tuple[Probe, ...]
    hypotheses: tuple[Hypothesis, ...]
    named: dict[str, str]
    treaties: tuple[Treaty, ...]
    kinds: dict[str, Kind]

    @property
    def accusation(self) -> str:
        """Return the hypothesis that blames this delegation's rival, or ""."""
        blaming = (one.id for one in self.hypotheses if one.blames == self.rival)
        return next(blaming, "") if self.rival else ""

    def topic(self, id_: str) -> Topic | None:
        """Return a public topic."""
        return next((one for one in self.topics if one.id == id_), None)

    def text(self, id_: str) -> TextPlan | None:
        """Return a foreseen text this delegation is a party to."""
        return next((one for one in self.texts if one.id == id_), None)

    def stakeholders(self, among: tuple[str, ...]) -> bool:
        """Tell whether a state, a company and civil society are among these."""
        return {self.kinds[one] for one in among} >= {"state", "company", "cso"}

    def expected_citations(self, inject: str) -> tuple[str, ...]:
        """Return what a statement after `inject` is expected to cite."""
        trigger = self.citations.get(inject)
        if trigger is None:
            return ()
        return tuple(dict.fromkeys(group[0] for group in trigger.expected if group))


def window_of(topic: Topic, at_ms: int) -> Window | None:
    """Return the window of a topic that is open at `at_ms`, else its first."""
    for one in topic.windows:
        if one.start_ms <= at_ms < one.end_ms:
            return one
    return topic.windows[0] if topic.windows else None


def brief_of(scenario: Scenario, own: str) -> Brief:
    """Return the part of a scenario that `own` knows.

    Raises:
        KeyError: the scenario has no such delegation.
    """
    delegation = scenario.delegation(own)
    if delegation is None:
        raise KeyError(own)
    held = {one.id: one for one in scenario.items if one.holder == own}
    return Brief(
        own=own,
        kind=delegation.kind,
        rival=delegation.rival,
        place=sorted(scenario.delegation_ids).index(own),
        others=tuple(one for one in scenario.delegation_ids if one != own),
        states=tuple(one for one in scenario.states if one != own),
        obligations=_obligations(scenario, own),
        held=held,
        planned_ms={
            one.id: one.at_ms
            for one in scenario.injects
            if set(one.items) & held.keys()
        },
        consultations=tuple(one for one in scenario.consultations if one.source == own),
        citations={
            one.inject: one for one in scenario.citations if own in one.speakers
        },
        provocations={
            one.inject: one for one in scenario.provocations if own in one.provoked
        },
        texts=tuple(
            one for one in scenario.texts if own in {*one.parties, one.drafter}
        ),
        help_asked={
            one.inject: one for one in scenario.assistance if one.beneficiary == own
        },
        help_given=tuple(one for one in scenario.assistance if own in one.providers),
        topics=scenario.topics,
        probes=scenario.probes,
        hypotheses=scenario.hypotheses,
        named={one.id: one.names for one in scenario.items if one.names},
        treaties=scenario.treaties,
        kinds={one.id: one.kind for one in scenario.delegations},
    )


def _obligations(scenario: Scenario, own: str) -> dict[str, tuple[Obligation, ...]]:
    found: dict[str, tuple[Obligation, ...]] = {}
    for inject in scenario.injects:
        asked = tuple(one for one in inject.obligations if one.delegation == own)
        if asked:
            found[inject.id] = asked
    return found
