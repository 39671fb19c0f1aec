"""The report's timeline: what people pinned, else what mattered most."""

from collections.abc import Sequence

from exercise.domain import events as e
from exercise.domain.moment import Recorded
from exercise.domain.report.aar import Evidence, Highlight
from exercise.domain.report.sentences import sentence

# A page and a half; the full log is one click away.
MOST = 40

_WORTH: dict[type, int] = {
    e.Started: 100,
    e.Ended: 100,
    e.PhaseBegan: 90,
    e.TextPublished: 80,
    e.InjectRecalled: 70,
    e.CommitmentConfirmed: 60,
    e.TextWithdrawn: 60,
    e.ProbeClosed: 50,
    e.CommitmentMade: 40,
    e.CallAnswered: 40,
    e.ForumOpened: 40,
    e.MinutesRecorded: 25,
    e.ForumClosed: 40,
    e.TextProposed: 35,
    e.InjectReleased: 30,
    e.TextDeclined: 30,
}


def evidence(entry: Recorded) -> Evidence:
    """Return an entry as a report cites it."""
    who = entry.author.delegation
    return Evidence(
        entry=entry.id,
        seq=entry.seq,
        at_ms=entry.at_ms,
        wall_ms=entry.wall_ms,
        who=who,
        what=sentence(entry.event, who),
    )


def timeline(entries: Sequence[Recorded]) -> tuple[Highlight, ...]:
    """Return the pinned entries in order; without pins, the most telling ones."""
    labels = _pins(entries)
    if labels:
        return tuple(
            Highlight(evidence=evidence(one), label=labels[one.id], pinned=True)
            for one in entries
            if one.id in labels
        )
    told = _once(entries)
    ranked = sorted(told, key=lambda one: (-_worth(one.event), one.seq))
    chosen = sorted(
        (one for one in ranked[:MOST] if _worth(one.event)), key=lambda one: one.seq
    )
    return tuple(
        Highlight(evidence=evidence(one), label="", pinned=False) for one in chosen
    )


def _once(entries: Sequence[Recorded]) -> list[Recorded]:
    """Return the entries with each inject once, however many groups read it."""
    seen: set[str] = set()
    found: list[Recorded] = []
    for one in entries:
        if isinstance(one.event, e.InjectReleased):
            if one.event.inject in seen:
                continue
            seen.add(one.event.inject)
        found.append(one)
    return found


def _pins(entries: Sequence[Recorded]) -> dict[str, str]:
    """Return the labels of what is pinned in the end."""
    found: dict[str, str] = {}
    for one in entries:
        if not isinstance(one.event, e.Pinned):
            continue
        if one.event.on:
            found[one.event.entry] = one.event.label
        else:
            found.pop(one.event.entry, None)
    return found


def _worth(event: e.Event) -> int:
    """Return how much an entry tells; a public step tells more the higher it is."""
    if isinstance(event, e.MeasureAdopted):
        return 20 + 15 * event.rung
    if isinstance(event, e.ActIssued):
        if event.public:
            return 20 + 15 * event.rung
        return 25 if event.instrument == "clarification_request" else 0
    return _WORTH.get(type(event), 0)
