"""L: how well statements cite the norms and law that fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from exercise.domain.acts import INSTRUMENTS
from exercise.domain.scenario import Citations
from exercise.domain.scoring.deeds import Deed
from exercise.domain.scoring.evidence import (
    Measured,
    Opportunity,
    Verdict,
    number,
    say,
)
from exercise.domain.scoring.spec import CITATIONS_COUNTED
from exercise.domain.scoring.view import View


@dataclass(frozen=True, slots=True)
class Tally:
    """One id cited or one expected group, as true or false positive, or as missing."""

    opportunity: Opportunity
    right: int = 0
    wrong: int = 0
    missing: int = 0


def measure(view: View) -> Measured:
    """Return 2TP / (2TP + FP + FN) over all statements that had something to cite."""
    rows = [row for trigger in view.scenario.citations for row in _rows(view, trigger)]
    value = _value(rows)
    if value is None:
        return Measured(value=None)
    right, wrong, missing = _sums(rows)
    return Measured(
        value=value,
        formula=f"L = 2 · {right} ÷ (2 · {right} + {wrong} + {missing})"
        f" = {number(value)}",
        opportunities=tuple(row.opportunity for row in rows),
        notes=(
            say("The first %(n)d citations of a statement count.", n=CITATIONS_COUNTED),
            say("Losses are what leaving one citation out would change."),
        ),
        without=lambda at: _value([row for i, row in enumerate(rows) if i != at]),
    )


def _sums(rows: Sequence[Tally]) -> tuple[int, int, int]:
    return (
        sum(row.right for row in rows),
        sum(row.wrong for row in rows),
        sum(row.missing for row in rows),
    )


def _value(rows: Sequence[Tally]) -> float | None:
    right, wrong, missing = _sums(rows)
    base = 2 * right + wrong + missing
    return 2 * right / base if base else None


def _rows(view: View, trigger: Citations) -> list[Tally]:
    """Return what the speakers cited; a trigger nobody answered misses its groups."""
    delivered = view.first_delivery(trigger.inject)
    if delivered is None:
        return []
    known = [one for one in trigger.speakers if one in view.in_play]
    end = delivered + trigger.window_ms
    present = [one for one in known if not view.gone(one, end)]
    said = {one: _statements(view, trigger, one) for one in known}
    if any(said.values()):
        return [
            row
            for one, statements in said.items()
            if statements
            for row in _speaker(trigger, one, statements)
        ]
    if not present or not view.passed(end):
        return []
    entries = view.released_by(trigger.inject)
    return [_group(trigger, group, "", entries) for group in trigger.expected]


def _statements(view: View, trigger: Citations, who: str) -> list[Deed]:
    """Return the statements of one speaker in the window, each entry once."""
    delivered = view.delivered(trigger.inject, who)
    if delivered is None:
        delivered = view.first_delivery(trigger.inject)
    if delivered is None:
        return []
    found: dict[str, Deed] = {}
    for deed in view.facts.deeds.get(who, ()):
        if deed.at_ms > delivered + trigger.window_ms:
            break
        if (
            deed.at_ms >= delivered
            and view.earns(deed)
            and _belongs(view, trigger, deed)
        ):
            found.setdefault(deed.entry, deed)
    return list(found.values())


def _belongs(view: View, trigger: Citations, deed: Deed) -> bool:
    """Say whether a deed is a statement that answers this trigger.

    One that is about no inject belongs to the newest trigger open for its author.
    """
    if deed.inject:
        cites = deed.citations or _may_cite(deed.instrument)
        return deed.inject == trigger.inject and bool(cites)
    return bool(deed.citations) and _newest(view, deed) == trigger.id


def _may_cite(instrument: str) -> bool:
    known = INSTRUMENTS.get(instrument)
    return known is not None and any(one.name == "citations" for one in known.fields)


def _newest(view: View, deed: Deed) -> str:
    newest, best = "", -1
    for each in view.scenario.citations:
        delivered = view.first_delivery(each.inject)
        if delivered is None or deed.by not in each.speakers:
            continue
        if best < delivered <= deed.at_ms <= delivered + each.window_ms:
            newest, best = each.id, delivered
    return newest


def _speaker(trigger: Citations, who: str, statements: list[Deed]) -> list[Tally]:
    """Return the tallies of one speaker, whose statements are read together."""
    cited: dict[str, str] = {}
    for deed in statements:
        for one in deed.citations[:CITATIONS_COUNTED]:
            cited.setdefault(one, deed.entry)
    fitting = {one for group in trigger.expected for one in group}
    fitting = (fitting | set(trigger.acceptable)) - set(trigger.inapplicable)
    rows = [
        _cited(trigger, who, one, entry, fits=one in fitting)
        for one, entry in cited.items()
    ]
    entries = tuple(deed.entry for deed in statements)
    rows += [
        _group(trigger, group, who, entries)
        for group in trigger.expected
        if not any(one in cited for one in group)
    ]
    return rows


def _cited(trigger: Citations, who: str, one: str, entry: str, *, fits: bool) -> Tally:
    verdict: Verdict = "met" if fits else "against"
    return Tally(
        Opportunity(
            id=f"L.{trigger.id}.{who}.{one}",
            what=say("%(who)s cited %(id)s", who=who, id=one),
            delegation=who,
            entries=(entry,),
            earned=1.0 if fits else 0.0,
            weight=1.0,
            verdict=verdict,
        ),
        right=int(fits),
        wrong=int(not fits),
    )


def _group(
    trigger: Citations, group: tuple[str, ...], who: str, entries: tuple[str, ...]
) -> Tally:
    ids = " / ".join(group)
    return Tally(
        Opportunity(
            id=f"L.{trigger.id}.{who}.missing.{ids}",
            what=say("Nobody cited %(ids)s", ids=ids)
            if not who
            else say("%(who)s did not cite %(ids)s", who=who, ids=ids),
            delegation=who,
            entries=entries,
            earned=0.0,
            weight=1.0,
            verdict="missed",
        ),
        missing=1,
    )
