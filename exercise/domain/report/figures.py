"""What was counted: response times, the network of closed loops, harm meters."""

from collections.abc import Sequence

from exercise.domain import events as e
from exercise.domain.moment import Recorded
from exercise.domain.report.aar import Edge, MeterLine, ResponseLine
from exercise.domain.scenario import Scenario, said
from exercise.domain.scoring.network import ties
from exercise.domain.scoring.timeliness import answered, earned
from exercise.domain.scoring.view import View


def responses(view: View) -> tuple[ResponseLine, ...]:
    """Return every obligation that was due or met, in order of delivery."""
    found: list[ResponseLine] = []
    for duty in view.facts.duties.all:
        deed = answered(view, duty)
        if not view.passed(duty.delivery.at_ms) or duty.inject in view.facts.recalled:
            continue
        if deed is None and not view.passed(duty.deadline_ms):
            continue
        share = earned(view, duty, deed)
        script = view.scenario.inject(duty.inject)
        original = view.scenario.languages[0]
        found.append(
            ResponseLine(
                inject=duty.inject,
                number=duty.number,
                title="" if script is None else said(script.title, original),
                delegation=duty.obligation.delegation,
                asked=duty.obligation.instruments,
                delivered_ms=duty.delivery.at_ms,
                target_ms=duty.target_ms,
                deadline_ms=duty.deadline_ms,
                answered_ms=None if deed is None else deed.at_ms,
                verdict="met" if share == 1 else "partly" if share else "missed",
                entries=(duty.delivery.entry, *(() if deed is None else (deed.entry,))),
            )
        )
    return tuple(found)


def network(view: View) -> tuple[Edge, ...]:
    """Return each pair of delegations that closed a loop, and how often."""
    order = {one: at for at, one in enumerate(view.in_play)}
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for tie in ties(view):
        if tie.closed and tie.by != tie.to:
            a, b = sorted((tie.by, tie.to), key=order.__getitem__)
            found.setdefault((a, b), []).append(tie.entries)
    return tuple(
        Edge(
            a=a,
            b=b,
            count=len(loops),
            entries=tuple(dict.fromkeys(one for loop in loops for one in loop)),
        )
        for (a, b), loops in sorted(
            found.items(), key=lambda pair: (order[pair[0][0]], order[pair[0][1]])
        )
    )


def meters(scenario: Scenario, entries: Sequence[Recorded]) -> tuple[MeterLine, ...]:
    """Return how each harm meter moved."""
    points: dict[str, list[tuple[int, int, str]]] = {}
    for one in entries:
        if isinstance(one.event, e.InjectReleased):
            for reading in one.event.meters:
                line = points.setdefault(reading.id, [])
                # Variants of one inject carry the same reading once each.
                if not line or line[-1][:2] != (one.at_ms, reading.value):
                    line.append((one.at_ms, reading.value, one.id))
    return tuple(
        MeterLine(
            id=one.id,
            title=one.title,
            unit=one.unit,
            start=one.start,
            points=tuple(points.get(one.id, ())),
            sector=one.sector,
        )
        for one in scenario.meters
    )
