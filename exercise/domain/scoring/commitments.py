"""K: whether promises were made, kept on time and confirmed."""

from exercise.domain.scoring.evidence import (
    Measured,
    Opportunity,
    Verdict,
    number,
    say,
)
from exercise.domain.scoring.ledger import Pledge
from exercise.domain.scoring.view import View


def measure(view: View) -> Measured:
    """Return what was kept over promises accepted, or over the expected minimum."""
    facts = view.facts
    made = [one for one in facts.pledges.values() if _made(view, one)]
    due = [one for one in made if _due(view, one)]
    # What falls due after ENDEX leaves the count and the minimum alike.
    later = sum(1 for one in made if not view.passed(one.due_ms))
    expected = max(0, view.scenario.commitments_expected - later) if view.over else 0
    base = max(len(due), expected)
    if not base:
        return Measured(value=None)
    worth = [kept(view, one) for one in due]
    value = sum(worth) / base
    rows = [_opportunity(view, one, base) for one in due]
    rows += [_not_made(n + 1, base) for n in range(base - len(due))]
    return Measured(
        value=value,
        formula=f"K = {sum(worth):g} ÷ max({len(due)}, {expected}) = {number(value)}",
        opportunities=tuple(rows),
        notes=(say("Promises due after ENDEX are neither kept nor broken."),),
    )


def kept(view: View, pledge: Pledge) -> float:
    """Return 1 on time and confirmed, ½ late, 0 broken or unconfirmed."""
    confirmed = next((one for one in pledge.confirmed if view.earns(one)), None)
    if confirmed is None:
        return 0.0
    # A beneficiary who confirms without a report of delivery has received it.
    done = next((one for one in pledge.delivered if view.earns(one)), confirmed)
    on_time = done.at_ms <= pledge.due_ms or view.in_time(done)
    return 1.0 if on_time else 0.5


def _made(view: View, pledge: Pledge) -> bool:
    return (
        pledge.type in view.scenario.commitment_types
        and pledge.promisor in view.in_play
        and pledge.promisor != pledge.beneficiary
        and view.earns(pledge)
    )


def _due(view: View, pledge: Pledge) -> bool:
    if not view.passed(pledge.due_ms):
        return False
    absent = view.gone(pledge.promisor, pledge.due_ms) or view.gone(
        pledge.beneficiary, pledge.due_ms
    )
    return not absent or kept(view, pledge) > 0


def _opportunity(view: View, pledge: Pledge, base: int) -> Opportunity:
    worth = kept(view, pledge)
    verdict: Verdict = "met" if worth == 1 else "partly" if worth else "missed"
    lines = [
        one.entry for one in (*pledge.delivered, *pledge.confirmed) if view.earns(one)
    ]
    return Opportunity(
        id=f"K.{pledge.entry}",
        what=say(
            "%(by)s promised %(to)s: %(type)s",
            by=pledge.promisor,
            to=pledge.beneficiary,
            type=pledge.type,
        ),
        delegation=pledge.promisor,
        entries=(pledge.entry, *lines),
        earned=worth,
        weight=1 / base,
        verdict=verdict,
    )


def _not_made(number_: int, base: int) -> Opportunity:
    return Opportunity(
        id=f"K.expected.{number_}",
        what=say("A promise that was expected and not made"),
        earned=0.0,
        weight=1 / base,
        verdict="missed",
    )
