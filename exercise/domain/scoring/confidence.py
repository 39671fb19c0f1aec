"""B: whether delegations asked in private before they acted in public."""

from collections.abc import Sequence
from dataclasses import dataclass

from exercise.domain.scenario import Consultation
from exercise.domain.scoring.evidence import (
    Measured,
    Opportunity,
    number,
    say,
    titled,
)
from exercise.domain.scoring.ledger import Adverse, Contact
from exercise.domain.scoring.view import View

# What meets a duty to consult: a call that was taken, or one of these sent.
_WORDS = ("clarification_request", "poc_message", "consult")


@dataclass(frozen=True, slots=True)
class Row:
    """A duty done or not, or an accusation and what it costs."""

    opportunity: Opportunity
    duty: bool
    done: bool = False
    cost: float = 0.0


def measure(view: View) -> Measured:
    """Return the share of consultation duties done, less unheralded accusations."""
    rows = [*_duties(view), *_accusations(view)]
    if len(view.in_play) < 2:  # noqa: PLR2004 - nobody to ask
        return Measured(value=None)
    states = max(1, len(view.states))
    value = _value(rows, states)
    if value is None:
        return Measured(value=None)
    duties = [row for row in rows if row.duty]
    done = sum(1 for row in duties if row.done)
    unheralded = sum(row.cost for row in rows)
    return Measured(
        value=value,
        formula=f"B = {done} ÷ {len(duties)} · (1 − min(1, {unheralded:g} ÷ {states}))"
        f" = {number(value)}",
        opportunities=tuple(row.opportunity for row in rows),
        notes=(say("Losses are what leaving one duty or act out would change."),),
        without=lambda at: _value(
            [row for i, row in enumerate(rows) if i != at], states
        ),
    )


def surprises(view: View) -> tuple[Opportunity, ...]:
    """Return adverse acts that their targets did not, or barely, hear of before."""
    return tuple(row.opportunity for row in _accusations(view) if row.cost)


def _value(rows: Sequence[Row], states: int) -> float | None:
    duties = [row for row in rows if row.duty]
    if not duties:
        return None
    done = sum(1 for row in duties if row.done) / len(duties)
    return done * (1 - min(1.0, sum(row.cost for row in rows) / states))


def _duties(view: View) -> list[Row]:
    found = [_duty(view, one) for one in view.scenario.consultations]
    return [one for one in found if one is not None]


def _duty(view: View, duty: Consultation) -> Row | None:
    if duty.source not in view.in_play or duty.target not in view.in_play:
        return None
    start = view.facts.timetable.at(duty.start_ms)
    end = view.facts.timetable.at(duty.end_ms)
    entry = _consulted(view, duty, start, end)
    absent = view.gone(duty.source, end) or view.gone(duty.target, end)
    if not entry and (absent or not view.passed(end)):
        return None
    return Row(
        Opportunity(
            id=f"B.{duty.id}",
            what=say("%(by)s consults %(to)s", by=duty.source, to=duty.target),
            delegation=duty.source,
            entries=(entry,) if entry else (),
            earned=1.0 if entry else 0.0,
            weight=1.0,
            verdict="met" if entry else "missed",
        ),
        duty=True,
        done=bool(entry),
    )


def _consulted(view: View, duty: Consultation, start: int, end: int) -> str:
    """Return the entry by which a duty was done in its window, or ""."""
    for deed in view.facts.deeds.get(duty.source, ()):
        if deed.at_ms > end:
            break
        if (
            deed.at_ms >= start
            and duty.target in deed.to
            and (deed.instrument in _WORDS or deed.instrument == "hotline_call")
            and view.earns(deed)
        ):
            return deed.entry
    return ""


def _accusations(view: View) -> list[Row]:
    known = view.in_play
    found: list[Row] = []
    for act in view.facts.measures.adverse:
        targets = tuple(one for one in act.targets if one in known)
        authors = tuple(one for one in act.authors if one in known)
        if targets and authors and view.happened(act):
            found.append(_accusation(view, act, authors, targets))
    return found


def _accusation(
    view: View, act: Adverse, authors: tuple[str, ...], targets: tuple[str, ...]
) -> Row:
    """Return what an adverse act costs: its least heralded target decides."""
    heard = [_heralded(view, act, authors, one) for one in targets]
    cost = max(worth for worth, _ in heard)
    return Row(
        Opportunity(
            id=f"B.act.{act.entry}",
            what=say(
                "%(by)s against %(to)s: %(what)s",
                by=", ".join(authors),
                to=", ".join(targets),
                what=titled(act.instrument),
            ),
            delegation=authors[0],
            entries=(act.entry, *(entry for _, entry in heard if entry)),
            earned=1 - cost,
            weight=1.0,
            verdict="against",
        ),
        duty=False,
        cost=cost,
    )


def _heralded(
    view: View, act: Adverse, authors: tuple[str, ...], target: str
) -> tuple[float, str]:
    """Return 1 without contact, ½ before its reply was due, else 0; and its entry."""
    best, entry = 1.0, ""
    for author in authors:
        for contact in view.facts.talk.contacts.get((author, target), ()):
            if contact.at_ms >= act.at_ms or not view.earns(contact):
                continue
            cost = 0.0 if _ripe(view, contact, act.at_ms) else 0.5
            if cost < best:
                best, entry = cost, contact.entry
    return best, entry


def _ripe(view: View, contact: Contact, at_ms: int) -> bool:
    if contact.reply_by_ms <= at_ms:
        return True
    return any(one.at_ms <= at_ms and view.earns(one) for one in contact.replies)
