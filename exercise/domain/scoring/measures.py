"""Public claims, adverse acts and steps on the ladder, as they are taken."""

from collections import defaultdict

from exercise.domain.events import (
    ActIssued,
    InjectReleased,
    MeasureAdopted,
    TextPublished,
)
from exercise.domain.fields import Fields
from exercise.domain.moment import Recorded
from exercise.domain.scenario import Scenario
from exercise.domain.scoring.deeds import Deed, InjectOf, pairs
from exercise.domain.scoring.ledger import Adverse, Claim, Step
from exercise.domain.scoring.spec import NAMING_RUNG

# Lower rungs weigh nothing on the ladder, so no ceiling can be below them.
PUBLIC_RUNG = 2

_CONDITIONS = ("prior_wrongful_act", "call_to_comply", "notice_given")
_ENOUGH = ("moderate", "high")


class Measures:
    """What was said and done in public so far."""

    def __init__(self, scenario: Scenario) -> None:
        self._blames = {one.id: one.blames for one in scenario.hypotheses}
        self._plants = {one.id: one.falsehood or {} for one in scenario.injects}
        self.claims: dict[str, list[Claim]] = defaultdict(list)
        self.falsehoods: dict[str, dict[str, int]] = defaultdict(dict)
        self.adverse: list[Adverse] = []
        self.steps: list[Step] = []
        self._attributed: list[tuple[str, str]] = []
        self._last: tuple[str, set[str]] = ("", set())

    def claim(self, deed: Deed) -> None:
        """Note what a public deed says, once for each entry and delegation."""
        if not deed.public:
            return
        if deed.entry != self._last[0]:
            self._last = (deed.entry, set())
        if deed.by in self._last[1]:
            return
        self._last[1].add(deed.by)
        for topic, value in sorted(deed.claims.items()):
            self.claims[topic].append(Claim(deed.entry, deed.at_ms, deed.by, value))

    def feed(self, entry: Recorded, inject_of: InjectOf) -> None:
        """Take the next entry."""
        event = entry.event
        match event:
            case ActIssued():
                self._act(entry, event, inject_of(event.about))
            case TextPublished():
                self._text(entry, event, inject_of)
            case MeasureAdopted():
                self._joint(entry, event, inject_of(event.about))
            case InjectReleased(inject=inject):
                for topic, value in sorted(self._plants.get(inject, {}).items()):
                    self.falsehoods[topic].setdefault(value, entry.at_ms)
            case _:
                pass

    def _act(self, entry: Recorded, event: ActIssued, inject: str) -> None:
        by = entry.author.delegation
        if event.rung >= PUBLIC_RUNG:
            held = tuple(one for one in _CONDITIONS if event.fields.get(one))
            missing = self._missing(by, event.instrument, held)
            kind, rung = event.instrument, event.rung
            self.steps.append(
                Step(entry.id, entry.at_ms, by, kind, rung, inject, missing)
            )
        if event.public and event.rung >= NAMING_RUNG:
            targets = event.to or self._blamed(event.fields)
            self._name(entry, (by,), targets, event.instrument, event.rung)
        confidence = event.fields.get("confidence")
        if event.instrument.endswith("_attribution") and confidence in _ENOUGH:
            self._attributed.append((entry.id, by))

    def _text(self, entry: Recorded, event: TextPublished, inject_of: InjectOf) -> None:
        state = event.state
        inject = inject_of(event.about) or inject_of(state.text)
        signed = tuple(sorted(state.signed))
        first = state.drafter if state.drafter in signed else "".join(signed[:1])
        self.steps.append(
            Step(entry.id, entry.at_ms, first, event.instrument, event.rung, inject)
        )
        if event.rung >= NAMING_RUNG:
            blamed = self._blames.get(state.accuses, "")
            targets = (blamed,) if blamed else ()
            self._name(entry, signed, targets, event.instrument, event.rung)
        if state.accuses and state.confidence in _ENOUGH:
            self._attributed += [(entry.id, one) for one in signed]

    def _name(
        self,
        entry: Recorded,
        authors: tuple[str, ...],
        targets: tuple[str, ...],
        instrument: str,
        rung: int,
    ) -> None:
        others = tuple(one for one in dict.fromkeys(targets) if one not in authors)
        if others:
            self.adverse.append(
                Adverse(entry.id, entry.at_ms, authors, others, instrument, rung)
            )

    def _joint(self, entry: Recorded, event: MeasureAdopted, inject: str) -> None:
        """Take a joint measure: one accusation, and a step of each who took it."""
        for one in event.adopters:
            missing = self._missing(one, event.instrument, event.conditions)
            step = Step(
                entry.id,
                entry.at_ms,
                one,
                event.instrument,
                event.rung,
                inject,
                missing,
                joint=True,
            )
            self.steps.append(step)
        targets = (event.target,)
        self._name(entry, event.adopters, targets, event.instrument, event.rung)

    def _missing(
        self, by: str, instrument: str, conditions: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return the legal conditions that a step lacks; `conditions` are met."""
        if instrument == "countermeasure":
            return tuple(one for one in _CONDITIONS if one not in conditions)
        if instrument == "sanctions_listing" and not any(
            who == by for _, who in self._attributed
        ):
            return ("attribution",)
        return ()

    def _blamed(self, fields: Fields) -> tuple[str, ...]:
        """Return whom a belief accuses most, where one hypothesis leads alone."""
        belief = fields.get("belief")
        if not isinstance(belief, dict) or not belief:
            return ()
        weights = {name: int(n) for name, n in pairs(belief).items()}
        most = max(weights.values())
        leading = sorted(name for name, n in weights.items() if n == most)
        blamed = self._blames.get(leading[0], "") if len(leading) == 1 else ""
        return (blamed,) if blamed else ()
