"""S: how far delegations see the same thing, and the evidence carries it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from exercise.domain.scenario import Probe
from exercise.domain.scoring.agreement import concordance
from exercise.domain.scoring.evidence import (
    Measured,
    Opportunity,
    Part,
    mean,
    number,
    say,
)
from exercise.domain.scoring.ledger import Answer, Sitting
from exercise.domain.scoring.view import View

Distance = Callable[[Answer | None, Answer | None], float]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of one probe, with everybody's answer to it, None for silence."""

    probe: str
    title: str
    kind: str
    answers: Mapping[str, Answer | None]
    reference: Answer
    distance: Distance
    chance: float

    def agreement(self, left_out: str = "") -> float:
        """Return 1 minus the mean distance between any two delegations."""
        given = [one for who, one in self.answers.items() if who != left_out]
        apart = [self.distance(a, b) for a, b in combinations(given, 2)]
        return 1 - mean(apart) if apart else 1.0

    def support(self, left_out: str = "") -> float:
        """Return 1 minus the mean distance to what the evidence supports."""
        given = [one for who, one in self.answers.items() if who != left_out]
        return 1 - mean([self.distance(one, self.reference) for one in given])

    def beyond_chance(self, share: float) -> float:
        """Remove what random answers would get."""
        return max(0.0, (share - self.chance) / (1 - self.chance))

    def value(self, left_out: str = "") -> float:
        """Return the geometric mean of agreement and support beyond chance."""
        return sqrt(
            self.beyond_chance(self.agreement(left_out))
            * self.beyond_chance(self.support(left_out))
        )


def measure(view: View) -> Measured:
    """Return the mean over probes and questions of agreement and support."""
    found = questions(view)
    if not found:
        return Measured(value=None)
    values = [one.value() for one in found]
    value = mean(values)
    rows = [(one, who) for one in found for who in one.answers]

    def without(at: int) -> float | None:
        question, who = rows[at]
        others = sum(values) - question.value()
        return (others + question.value(left_out=who)) / len(values)

    return Measured(
        value=value,
        formula=f"S = ({' + '.join(map(number, values))}) ÷ {len(values)}"
        f" = {number(value)}",
        opportunities=tuple(_opportunity(view, one, who) for one, who in rows),
        parts=(*(_part(one) for one in found), *_priorities(found)),
        notes=(
            say("Agreement on a picture the evidence does not carry earns nothing."),
            say("Losses are what leaving one answer out would change."),
        ),
        without=without,
    )


def questions(view: View) -> list[Question]:
    """Return the questions of every probe that is closed and scored."""
    found: list[Question] = []
    for probe in view.scenario.probes:
        sitting = view.facts.sittings.get(probe.id)
        if sitting is None:
            continue
        answers = _answers(view, sitting)
        if len(answers) > 1 and _settled(view, sitting, answers):
            found += _questions(view, probe, answers)
    return found


def _answers(view: View, sitting: Sitting) -> dict[str, Answer | None]:
    """Return the last answer of each delegation still in play at the close."""
    found: dict[str, Answer | None] = {}
    for one in view.in_play:
        last = None
        for answer in sitting.answers.get(one, ()):
            if view.earns(answer):
                last = answer
        if last is not None or not view.gone(one, sitting.closes_ms):
            found[one] = last
    return found


def _settled(
    view: View, sitting: Sitting, answers: Mapping[str, Answer | None]
) -> bool:
    """Say whether a probe is closed; one that ENDEX cut short needs an answer."""
    if sitting.closed_ms is not None and view.passed(sitting.closed_ms):
        return True
    if view.over and view.passed(sitting.closes_ms):
        return True
    return (
        view.over
        and view.passed(sitting.opened_ms)
        and any(one is not None for one in answers.values())
    )


def _questions(
    view: View, probe: Probe, answers: Mapping[str, Answer | None]
) -> list[Question]:
    total = sum(probe.reference.values()) or 1
    belief = {name: n / total for name, n in sorted(probe.reference.items())}
    reference = Answer("", probe.at_ms, belief, probe.severity)
    found: list[Question] = []
    h, m = len(view.scenario.hypotheses) or len(belief), probe.severity_steps
    if h > 1:
        found.append(
            Question(
                probe.id,
                probe.title,
                "attribution",
                answers,
                reference,
                total_variation,
                h / (2 * h - 1),
            )
        )
    found.append(
        Question(
            probe.id,
            probe.title,
            "severity",
            answers,
            reference,
            _steps(m),
            1 - (m + 1) / (3 * m),
        )
    )
    return found


def total_variation(a: Answer | None, b: Answer | None) -> float:
    """Return ½Σ|p−q|; silence is as far from everybody as can be."""
    if a is None or b is None:
        return 1.0
    names = sorted({*a.belief, *b.belief})
    return sum(abs(a.belief.get(x, 0.0) - b.belief.get(x, 0.0)) for x in names) / 2


def _steps(steps: int) -> Distance:
    def distance(a: Answer | None, b: Answer | None) -> float:
        if a is None or b is None:
            return 1.0
        return min(1.0, abs(a.severity - b.severity) / (steps - 1))

    return distance


def _part(question: Question) -> Part:
    agreement, support = question.agreement(), question.support()
    return Part(
        id=f"{question.probe}.{question.kind}",
        what=say(
            "%(title)s, %(question)s", title=question.title, question=question.kind
        ),
        figures=(
            ("agreement", agreement),
            ("support", support),
            ("agreement_beyond_chance", question.beyond_chance(agreement)),
            ("support_beyond_chance", question.beyond_chance(support)),
            ("value", question.value()),
            ("chance", question.chance),
        ),
    )


def _priorities(found: Sequence[Question]) -> list[Part]:
    """Return how alike delegations rank what matters, shown and not scored."""
    parts: list[Part] = []
    for question in found:
        if question.kind != "severity":
            continue
        given = [one.priorities for one in question.answers.values() if one]
        alike = concordance([one for one in given if one])
        if alike is not None:
            label = say("%(title)s, priorities (not scored)", title=question.title)
            figures = (("concordance", alike),)
            parts.append(
                Part(id=f"{question.probe}.priorities", what=label, figures=figures)
            )
    return parts


def _opportunity(view: View, question: Question, who: str) -> Opportunity:
    answer = question.answers[who]
    near = 1 - question.distance(answer, question.reference)
    closed = view.facts.sittings[question.probe].closed_by
    decided = closed if answer is None else answer.entry
    text = "%(title)s, %(question)s"
    if answer is None:
        text = "%(title)s, %(question)s: no answer"
    return Opportunity(
        id=f"S.{question.probe}.{question.kind}.{who}",
        what=say(text, title=question.title, question=question.kind),
        delegation=who,
        entries=(decided,) if decided else (),
        earned=near,
        weight=1 / (len(question.answers) * max(1, len(view.scenario.probes))),
        verdict="missed" if answer is None else "met" if near == 1 else "partly",
    )
