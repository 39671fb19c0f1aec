"""T: how much was answered by its target, or at least by its deadline."""

from exercise.domain.scoring.deeds import Deed
from exercise.domain.scoring.evidence import (
    Measured,
    Opportunity,
    Part,
    Verdict,
    mean,
    number,
    say,
    titled,
)
from exercise.domain.scoring.ledger import Duty
from exercise.domain.scoring.view import View


def measure(view: View, *, stretch: float = 1.0) -> Measured:
    """Return the mean over delegations of the weighted share earned in time.

    `stretch` lengthens every target and deadline, to see how much hangs on them.
    """
    due: dict[str, list[tuple[Duty, Deed | None]]] = {}
    for duty in view.facts.duties.all:
        answer = answered(view, duty)
        if _counts(view, duty, answer, stretch):
            due.setdefault(duty.obligation.delegation, []).append((duty, answer))
    if not due:
        return Measured(value=None)
    found: list[Opportunity] = []
    parts: list[Part] = []
    for delegation in (one for one in view.in_play if one in due):
        duties = due[delegation]
        total = sum(duty.obligation.weight for duty, _ in duties)
        rows = [
            _opportunity(view, duty, answer, stretch, total * len(due))
            for duty, answer in duties
        ]
        found += rows
        figures = (
            ("share", sum(one.earned * one.weight for one in rows) * len(due)),
            ("obligations", float(len(rows))),
        )
        parts.append(Part(id=delegation, what=say(delegation), figures=figures))
    shares = [dict(part.figures)["share"] for part in parts]
    value = mean(shares)
    return Measured(
        value=value,
        formula=f"T = ({' + '.join(map(number, shares))}) ÷ {len(shares)}"
        f" = {number(value)}",
        opportunities=tuple(found),
        parts=tuple(parts),
    )


def answered(view: View, duty: Duty) -> Deed | None:
    """Return the deed that completes what a duty asks, if one does."""
    missing = dict.fromkeys(duty.wanted)
    for deed, covered in duty.answers:
        if not view.earns(deed):
            continue
        for pair in covered:
            missing.pop(pair, None)
        if not missing:
            return deed
    return None


def earned(view: View, duty: Duty, answer: Deed | None, stretch: float = 1.0) -> float:
    """Return 1 up to the target, falling in a line to 0 at the deadline."""
    if answer is None:
        return 0.0
    target = duty.obligation.target_ms * stretch
    deadline = duty.obligation.deadline_ms * stretch
    took = answer.at_ms - duty.delivery.at_ms
    if took <= target or view.in_time(answer):
        return 1.0
    if took >= deadline:
        return 0.0
    return (deadline - took) / (deadline - target)


def _counts(view: View, duty: Duty, answer: Deed | None, stretch: float) -> bool:
    """Say whether a duty is settled: answered, or its deadline has passed."""
    delegation = duty.obligation.delegation
    delivered = duty.delivery.at_ms
    deadline = delivered + int(duty.obligation.deadline_ms * stretch)
    if delegation not in view.in_play or duty.inject in view.facts.recalled:
        return False
    if not view.passed(delivered) or view.gone(delegation, delivered):
        return False
    if answer is not None:
        return True
    return view.passed(deadline) and not view.gone(delegation, deadline)


def _opportunity(
    view: View, duty: Duty, answer: Deed | None, stretch: float, total: int
) -> Opportunity:
    obligation = duty.obligation
    share = earned(view, duty, answer, stretch)
    verdict: Verdict = "met" if share == 1 else "partly" if share else "missed"
    asked = " / ".join(map(titled, obligation.instruments))
    values = {"number": duty.number, "asked": asked}
    text = "%(number)s asks for %(asked)s"
    if obligation.to:
        text = "%(number)s asks for %(asked)s to %(to)s"
        values["to"] = ", ".join(obligation.to)
    decided = () if answer is None else (answer.entry,)
    return Opportunity(
        id=f"T.{duty.id}.{obligation.delegation}",
        what=say(text, **values),
        delegation=obligation.delegation,
        entries=(duty.delivery.entry, *decided),
        earned=share,
        weight=obligation.weight / total,
        verdict=verdict,
    )
