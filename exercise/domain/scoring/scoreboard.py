"""The score of one exercise: takes entries one by one, gives a card at any moment."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from exercise.domain.moment import Recorded
from exercise.domain.scenario import Scenario
from exercise.domain.scoring import (
    commitments,
    confidence,
    escalation,
    grounding,
    messages,
    network,
    picture,
    reach,
    timeliness,
)
from exercise.domain.scoring.evidence import (
    Contribution,
    Indicator,
    Measured,
    Opportunity,
    ScoreCard,
)
from exercise.domain.scoring.facts import Facts
from exercise.domain.scoring.headline import (
    applicable,
    half,
    headline,
    rating,
    weakest,
    weights,
)
from exercise.domain.scoring.sensitivity import adjusted, interval, without_each
from exercise.domain.scoring.spec import (
    DEADLINE_STRETCH,
    TITLES,
    VERSION,
    WEIGHTS,
    digest,
)
from exercise.domain.scoring.view import View, view_at

MEASURES: Mapping[str, Callable[[View], Measured]] = {
    "T": timeliness.measure,
    "R": reach.measure,
    "N": network.measure,
    "S": picture.measure,
    "M": messages.measure,
    "B": confidence.measure,
    "E": escalation.measure,
    "L": grounding.measure,
    "K": commitments.measure,
}

# More would not be read; the whole list stands with each indicator.
INFLUENTIAL = 10


class Scoreboard:
    """Scores an exercise while it runs and after; the same record, the same card."""

    def __init__(self, scenario: Scenario) -> None:
        self.facts = Facts(scenario)

    def feed(self, entry: Recorded) -> None:
        """Take the next entry of the timeline."""
        self.facts.feed(entry)

    def card(self, at_ms: int, *, final: bool = False) -> ScoreCard:
        """Return the card at `at_ms`; `final` spares no pains over its margins."""
        view = view_at(self.facts, at_ms, final=final)
        measured = {one: measure(view) for one, measure in MEASURES.items()}
        values = {one: found.value for one, found in measured.items()}
        indicators = _indicators(measured, values, final=final)
        card = ScoreCard(
            version=VERSION,
            spec_sha256=digest(),
            at_ms=view.horizon_ms,
            final=final,
            partial=self.facts.aborted or not view.over,
            indicators=indicators,
            headline=headline(values),
            half=half(values),
            weakest=weakest(values),
            applicable=len(applicable(values)),
            rating=rating(values),
            interval=interval(values, final=final),
            contributions=_contributions(view.in_play, indicators),
            influential=_influential(indicators),
            overrides=tuple(self.facts.overrides[one] for one in self._overridden()),
            adjusted=adjusted(values, self._overrides()),
            unruled=self._unruled(view),
            adjudications=tuple(sorted(self.facts.rulings.items())),
        )
        return _margins(card, view, values) if final else card

    def values(self, at_ms: int, *, omitted: str = "") -> dict[str, float | None]:
        """Return the nine values alone, as they would be without one entry."""
        view = view_at(self.facts, at_ms, final=True, omitted=omitted)
        return {one: measure(view).value for one, measure in MEASURES.items()}

    def entries_that_matter(self, at_ms: int) -> tuple[tuple[str, float], ...]:
        """Return the ten entries whose removal changes the headline most.

        It scores the exercise again for every entry of evidence: for a review page
        or a report, not for every beat.
        """
        whole = headline(self.values(at_ms))
        if whole is None:
            return ()
        view = view_at(self.facts, at_ms, final=True)
        entries = {
            entry
            for measure in MEASURES.values()
            for one in measure(view).opportunities
            for entry in one.entries
        }
        changes: list[tuple[str, float]] = []
        for entry in sorted(entries):
            rest = headline(self.values(at_ms, omitted=entry))
            changes.append((entry, (rest or 0.0) - whole))
        changes.sort(key=lambda one: (-abs(one[1]), one[0]))
        return tuple(one for one in changes[:INFLUENTIAL] if one[1])

    def _unruled(self, view: View) -> float | None:
        """Return the headline without adjudications; None where there are none."""
        if not self.facts.rulings:
            return None
        bare = replace(view, unruled=True)
        return headline({one: measure(bare).value for one, measure in MEASURES.items()})

    def _overridden(self) -> list[str]:
        return [one for one in WEIGHTS if one in self.facts.overrides]

    def _overrides(self) -> dict[str, float]:
        known = [self.facts.overrides[one] for one in self._overridden()]
        return {one.indicator: one.after for one in known if not one.awaits}


def _indicators(
    measured: Mapping[str, Measured],
    values: Mapping[str, float | None],
    *,
    final: bool,
) -> tuple[Indicator, ...]:
    shares = weights(values)
    return tuple(
        _indicator(one, found, 100 * shares.get(one, 0.0), final=final)
        for one, found in measured.items()
    )


def _indicator(id_: str, found: Measured, points: float, *, final: bool) -> Indicator:
    """Return an indicator whose opportunities bear what they cost in points."""
    lost = 0.0 if found.value is None else points * (1 - found.value)
    lone = _left_out(found) if final else ()
    return Indicator(
        id=id_,
        title=TITLES[id_],
        value=found.value,
        weight=WEIGHTS[id_] / 100,
        formula=found.formula,
        opportunities=_with_losses(found, points, lone),
        parts=found.parts,
        loss=lost,
        notes=found.notes,
        low=min((one for one in lone if one is not None), default=None),
        high=max((one for one in lone if one is not None), default=None),
    )


def _left_out(found: Measured) -> tuple[float | None, ...]:
    """Return the value without each opportunity."""
    value = found.value
    if value is None:
        return ()
    if found.without is not None:
        return tuple(found.without(at) for at in range(len(found.opportunities)))
    return tuple(_renormalised(value, one) for one in found.opportunities)


def _renormalised(value: float, one: Opportunity) -> float | None:
    """Return a linear indicator's value once one share of it is taken away."""
    rest = 1 - one.weight
    return (value - one.weight * one.earned) / rest if rest > 0 else None


def _with_losses(
    found: Measured, points: float, lone: tuple[float | None, ...]
) -> tuple[Opportunity, ...]:
    if found.without is None:
        return tuple(
            replace(one, loss=points * one.weight * (1 - one.earned))
            for one in found.opportunities
        )
    if not lone or found.value is None:
        return found.opportunities
    value = found.value
    return tuple(
        replace(one, loss=max(0.0, points * ((rest or 0.0) - value)))
        for one, rest in zip(found.opportunities, lone, strict=True)
    )


def _contributions(
    in_play: tuple[str, ...], indicators: tuple[Indicator, ...]
) -> tuple[Contribution, ...]:
    every = [one for indicator in indicators for one in indicator.opportunities]
    found: list[Contribution] = []
    for delegation in in_play:
        own = [one for one in every if one.delegation == delegation]
        found.append(
            Contribution(
                delegation=delegation,
                opportunities=len(own),
                met=sum(1 for one in own if one.verdict == "met"),
                loss=sum(one.loss for one in own),
            )
        )
    return tuple(found)


def _influential(
    indicators: tuple[Indicator, ...],
) -> tuple[tuple[str, Opportunity], ...]:
    """Return the opportunities that cost most, dearest first."""
    every = [
        (indicator.id, one)
        for indicator in indicators
        for one in indicator.opportunities
        if one.loss > 0
    ]
    every.sort(key=lambda pair: (-pair[1].loss, pair[1].id))
    return tuple(every[:INFLUENTIAL])


def _margins(
    card: ScoreCard, view: View, values: Mapping[str, float | None]
) -> ScoreCard:
    """Add what only a finished score is worth working out."""
    tight, loose = (
        headline({**values, "T": timeliness.measure(view, stretch=one).value})
        for one in DEADLINE_STRETCH
    )
    deadlines = None if tight is None or loose is None else (tight, loose)
    return replace(card, without=without_each(values), deadlines=deadlines)
