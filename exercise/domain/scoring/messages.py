"""M: how far public claims fit the facts, and so each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from exercise.domain.scenario import Topic, Window
from exercise.domain.scoring.evidence import (
    Measured,
    Opportunity,
    Part,
    mean,
    number,
    say,
)
from exercise.domain.scoring.ledger import Claim
from exercise.domain.scoring.view import View


@dataclass(frozen=True, slots=True)
class Scene:
    """One window of one topic: who had to speak or spoke, and the claim in force."""

    id: str
    topic: str
    compatible: tuple[str, ...]
    claims: Mapping[str, Claim | None]

    def fits(self, who: str) -> bool:
        """Say whether a delegation's claim in force is compatible with the facts.

        What fits the facts fits whatever else fits them, so the largest compatible
        group is everyone who fits.
        """
        claim = self.claims[who]
        return claim is not None and claim.value in self.compatible

    @property
    def value(self) -> float:
        """Return the share of those concerned whose claims are compatible."""
        return mean([1.0 if self.fits(who) else 0.0 for who in self.claims])


def measure(view: View) -> Measured:
    """Return the mean over topic windows of the share that speaks compatibly."""
    if len(view.in_play) < 2:  # noqa: PLR2004 - one voice cannot contradict another
        return Measured(value=None)
    found = scenes(view)
    if not found:
        return Measured(value=None)
    values = [one.value for one in found]
    value = mean(values)
    return Measured(
        value=value,
        formula=f"M = ({' + '.join(map(number, values))}) ÷ {len(values)}"
        f" = {number(value)}",
        opportunities=tuple(
            _opportunity(one, who, len(found)) for one in found for who in one.claims
        ),
        parts=tuple(
            Part(
                id=one.id,
                what=say("%(topic)s", topic=one.topic),
                figures=(("value", one.value), ("speakers", float(len(one.claims)))),
            )
            for one in found
        ),
    )


def scenes(view: View) -> list[Scene]:
    """Return each topic window that is over, or cut by ENDEX after somebody spoke."""
    found = [
        _scene(view, topic, window, number_ + 1)
        for topic in view.scenario.topics
        for number_, window in enumerate(topic.windows)
    ]
    return [one for one in found if one is not None]


def _scene(view: View, topic: Topic, window: Window, number_: int) -> Scene | None:
    start = view.facts.timetable.at(window.start_ms)
    end = view.facts.timetable.at(window.end_ms)
    said = _in_force(view, topic.id, start, end)
    if not view.passed(end) and not (view.over and said):
        return None
    concerned = {
        one: said.get(one)
        for one in view.in_play
        if one in said or (one in window.speakers and not view.gone(one, end))
    }
    if not concerned:
        return None
    planted = view.facts.measures.falsehoods.get(topic.id, {})
    compatible = tuple(one for one in window.compatible if one not in planted)
    return Scene(f"{topic.id}.{number_}", topic.title, compatible, concerned)


def _in_force(view: View, topic: str, start: int, end: int) -> dict[str, Claim]:
    """Return each delegation's last claim in the window."""
    return {
        claim.by: claim
        for claim in view.facts.measures.claims.get(topic, ())
        if start <= claim.at_ms < end and view.earns(claim)
    }


def _opportunity(scene: Scene, who: str, scenes_: int) -> Opportunity:
    claim = scene.claims[who]
    text = "%(topic)s: %(value)s" if claim else "%(topic)s: said nothing"
    fits = scene.fits(who)
    return Opportunity(
        id=f"M.{scene.id}.{who}",
        what=say(text, topic=scene.topic, value=claim.value if claim else ""),
        delegation=who,
        entries=(claim.entry,) if claim else (),
        earned=1.0 if fits else 0.0,
        weight=1 / (scenes_ * len(scene.claims)),
        verdict="met" if fits else "missed",
    )
