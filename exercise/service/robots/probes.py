"""Sealed answers: who did it, in whole percents, and how severe it is."""

from collections.abc import Iterator

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.scenario import Probe
from exercise.service.robots.memory import Heard
from exercise.service.robots.mind import Commands, Mind, Plan

HUNDRED = 100
HALF = 50
ALONE = 70
SILO_SEVERITY = 3


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan an answer within the time a probe is open."""
    if not isinstance(heard.event, e.ProbeOpened):
        return
    opened = heard.event
    window = opened.closes_ms - heard.at_ms
    wait = mind.policy.answer_ms(window // 2, window)

    def make(_: int) -> Commands:
        return (_answer(mind, opened),)

    yield Plan(heard.at_ms + wait, make)


def _answer(mind: Mind, opened: e.ProbeOpened) -> c.AnswerProbe:
    known = known_by(mind, opened.probe)
    belief = picture(mind, known)
    severity = known.severity if known else _middle(opened.severity_steps)
    if mind.policy.picture == "own":
        severity = min(SILO_SEVERITY, opened.severity_steps)
    sure = max(belief.values(), default=0) >= HALF
    return c.AnswerProbe(
        probe=opened.probe,
        attribution=belief,
        severity=severity,
        confidence="moderate" if sure else "low",
        priorities=_ranking(mind, opened),
    )


def picture(mind: Mind, known: Probe | None) -> dict[str, int]:
    """Return this robot's belief, in whole percents by hypothesis."""
    names = tuple(one.id for one in mind.brief.hypotheses)
    match mind.policy.picture:
        case "rival":
            return _weighted(names, mind.brief.accusation, HUNDRED)
        case "apart":
            return _weighted(names, names[mind.brief.place % len(names)], HUNDRED)
        case "own":
            arrived = (mind.brief.named.get(one, "") for one in mind.memory.items)
            pointed = [one for one in arrived if one]
            return _weighted(names, pointed[-1] if pointed else "", ALONE)
        case "evidence":
            return dict(known.reference) if known else _weighted(names, "", 0)


def known_by(mind: Mind, id_: str) -> Probe | None:
    """Return the newest probe up to this one whose items have all arrived."""
    found = None
    for probe in mind.brief.probes:
        if set(probe.items) <= mind.memory.items.keys():
            found = probe
        if probe.id == id_:
            return found
    return found


def _weighted(names: tuple[str, ...], leading: str, percent: int) -> dict[str, int]:
    """Return `percent` on the leading hypothesis and the rest evenly on the others."""
    others = tuple(one for one in names if one != leading)
    rest = HUNDRED - percent if len(others) < len(names) else HUNDRED
    if not others:
        return {leading: HUNDRED}
    share, over = divmod(rest, len(others))
    belief = {one: share + (i < over) for i, one in enumerate(others)}
    if len(others) < len(names):
        belief[leading] = percent
    return {one: belief[one] for one in names}


def _middle(steps: int) -> int:
    return (steps + 1) // 2


def _ranking(mind: Mind, opened: e.ProbeOpened) -> tuple[str, ...]:
    """Return the priorities in the author's order, with one pair changed by chance."""
    ids = [one.id for one in opened.priorities]
    if len(ids) > 1:
        at = mind.draws.below(len(ids) - 1, f"ranking/{opened.probe}")
        ids[at], ids[at + 1] = ids[at + 1], ids[at]
    return tuple(ids)
