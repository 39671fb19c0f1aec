"""E: whether provocations were answered without going above the facts."""

from collections.abc import Sequence
from dataclasses import dataclass

from exercise.domain.ladder import TOP, excess
from exercise.domain.scenario import Provocation
from exercise.domain.scoring.evidence import (
    Measured,
    Opportunity,
    number,
    say,
    titled,
)
from exercise.domain.scoring.ledger import Step
from exercise.domain.scoring.spec import (
    DEFAULT_CEILING,
    EXCESS_PER_STATE,
    RESPONSES_FOR_FULL,
)
from exercise.domain.scoring.timeliness import answered
from exercise.domain.scoring.view import View


@dataclass(frozen=True, slots=True)
class Row:
    """A provocation answered or not, or a step and its excess."""

    opportunity: Opportunity
    provocation: bool
    excess: int = 0


def measure(view: View) -> Measured:
    """Return the share of provocations answered (half is enough), less the excess."""
    rows = [*_provocations(view), *_steps(view)]
    states = max(1, len(view.states))
    value = _value(rows, states)
    if value is None:
        return Measured(value=None)
    asked = [row.opportunity.earned for row in rows if row.provocation]
    share = sum(asked) / len(asked)
    over = sum(row.excess for row in rows)
    return Measured(
        value=value,
        formula=f"E = min(1, {number(share)} ÷ 0.5) · "
        f"(1 − min(1, {over} ÷ {EXCESS_PER_STATE * states})) = {number(value)}",
        opportunities=tuple(row.opportunity for row in rows),
        notes=(
            say("Doing nothing is not control: provocations must draw an answer."),
            say("Losses are what leaving one provocation or step out would change."),
        ),
        without=lambda at: _value(
            [row for i, row in enumerate(rows) if i != at], states
        ),
    )


def _value(rows: Sequence[Row], states: int) -> float | None:
    asked = [row.opportunity.earned for row in rows if row.provocation]
    if not asked:
        return None
    response = min(1.0, sum(asked) / len(asked) / RESPONSES_FOR_FULL)
    over = sum(row.excess for row in rows)
    return response * (1 - min(1.0, over / (EXCESS_PER_STATE * states)))


def _provocations(view: View) -> list[Row]:
    found: list[Row] = []
    for one in view.scenario.provocations:
        delivered = view.first_delivery(one.inject)
        if delivered is None:
            continue
        entry = _response(view, one)
        absent = not any(
            who in view.in_play and not view.gone(who, delivered)
            for who in one.provoked
        )
        if not entry and (absent or not view.passed(delivered + one.window_ms)):
            continue
        found.append(_provocation(view, one, entry))
    return found


def _provocation(view: View, one: Provocation, entry: str) -> Row:
    inject = view.scenario.inject(one.inject)
    number_ = one.inject if inject is None else inject.number
    return Row(
        Opportunity(
            id=f"E.{one.inject}",
            what=say("%(number)s provokes %(who)s", number=number_, who=_list(one)),
            delegation=one.provoked[0] if len(one.provoked) == 1 else "",
            entries=(entry,) if entry else view.released_by(one.inject),
            earned=1.0 if entry else 0.0,
            weight=1.0,
            verdict="met" if entry else "missed",
        ),
        provocation=True,
    )


def _list(one: Provocation) -> str:
    return ", ".join(one.provoked)


def _response(view: View, one: Provocation) -> str:
    """Return the first answer in time by anyone provoked; noting it is no answer."""
    for who in one.provoked:
        delivered = view.delivered(one.inject, who)
        if delivered is None or who not in view.in_play:
            continue
        by_ms = delivered + one.window_ms
        for deed in view.facts.deeds.get(who, ()):
            if deed.at_ms > by_ms:
                break
            if (
                deed.inject == one.inject
                and deed.instrument != "ack"
                and deed.at_ms >= delivered
                and view.earns(deed)
            ):
                return deed.entry
        entry = _obligation_met(view, one.inject, who, by_ms)
        if entry:
            return entry
    return ""


def _obligation_met(view: View, inject: str, who: str, by_ms: int) -> str:
    for duty in view.facts.duties.all:
        obligation = duty.obligation
        if duty.inject != inject or obligation.delegation != who:
            continue
        deed = answered(view, duty)
        if deed and obligation.kind != "ack" and deed.at_ms <= by_ms:
            return deed.entry
    return ""


def ceiling(view: View, step: Step) -> int:
    """Return the highest rung justified for a step.

    About a provoking inject its own ceiling holds; otherwise the one in force then.
    """
    for one in view.scenario.provocations:
        if step.inject == one.inject and step.by in one.provoked:
            return one.ceiling
    found = DEFAULT_CEILING
    for each in sorted(view.scenario.ceilings, key=lambda one: one.start_ms):
        if view.facts.timetable.at(each.start_ms) <= step.at_ms:
            found = each.rung
    return found


def _steps(view: View) -> list[Row]:
    known = view.in_play
    found: list[Row] = []
    for step in view.facts.measures.steps:
        if step.by not in known or not view.happened(step):
            continue
        rung = min(TOP, step.rung + 1) if step.missing else step.rung
        allowed = ceiling(view, step)
        over = excess(rung, allowed)
        if over:
            found.append(_step(step, rung, allowed, over))
    return found


def _step(step: Step, rung: int, allowed: int, over: int) -> Row:
    text = "%(what)s on rung %(rung)d, justified up to %(ceiling)d"
    if step.missing:
        text = (
            "%(what)s, for want of %(missing)s raised to rung %(rung)d, "
            "justified up to %(ceiling)d"
        )
    return Row(
        Opportunity(
            id=f"E.step.{step.entry}{f'.{step.by}' if step.joint else ''}",
            what=say(
                text,
                what=titled(step.instrument),
                rung=rung,
                ceiling=allowed,
                missing=", ".join(step.missing),
            ),
            delegation=step.by,
            entries=(step.entry,),
            earned=0.0,
            weight=float(over),
            verdict="against",
        ),
        provocation=False,
        excess=over,
    )
