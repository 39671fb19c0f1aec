"""Conditions can be read, name what is there, and can hold when they are asked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.problems import Problem
from exercise.adapters.scenario_files.times import point
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.branching import Stage, findings
from exercise.domain.conditions import (
    NUMBERS,
    SIGNATURES,
    Condition,
    ConditionRefused,
    Count,
    Fact,
    Rung,
    atoms_of,
    parse,
)
from exercise.domain.scenario import Inject


def rule(draft: Draft) -> Iterator[Problem]:
    """Yield conditions that cannot be read, name what is not there, or cannot hold."""
    conditions: dict[str, Condition] = {}
    unsure: set[str] = set()
    for inject in draft.scenario.injects:
        if not inject.when:
            continue
        try:
            condition = parse(inject.when)
        except ConditionRefused as refused:
            yield _unread(draft, inject, refused)
            unsure.add(inject.id)
            continue
        strange = [
            one for atom in atoms_of(condition) for one in _strange(draft, inject, atom)
        ]
        yield from strange
        if strange:
            unsure.add(inject.id)
        else:
            conditions[inject.id] = condition
    yield from _findings(draft, Stage(draft.scenario, conditions, frozenset(unsure)))


def _unread(draft: Draft, inject: Inject, refused: ConditionRefused) -> Problem:
    message = "column {column}: {why}"
    values = {"column": refused.column, "why": refused.reason}
    return draft.problem(inject, "when", message, refused.nearest, **values)


def _findings(draft: Draft, stage: Stage) -> Iterator[Problem]:
    for one in findings(stage):
        values = dict(one.values)
        if isinstance(at_ms := values.get("at"), int):
            values["at"] = point(at_ms)
        found = draft.problem(one.inject, "when", one.message, one.nearest, **values)
        yield replace(found, warning=one.warning)


def _strange(
    draft: Draft, inject: Inject, atom: Fact | Rung | Count
) -> Iterator[Problem]:
    match atom:
        case Fact():
            yield from _fact(draft, inject, atom)
        case Count(name, argument):
            kind = NUMBERS[name]
            yield from draft.unknown(inject, "when", f"{kind}s", [argument])
        case Rung():
            return


def _fact(draft: Draft, inject: Inject, fact: Fact) -> Iterator[Problem]:
    kinds = [one.removesuffix("?") for one in SIGNATURES[fact.name]]
    for kind, word in zip(kinds, fact.arguments, strict=False):
        names = _names(draft, kind, fact)
        yield from draft.strange(inject, "when", f"{kind} ids", [word], names)


def _names(draft: Draft, kind: str, fact: Fact) -> Sequence[str]:
    match kind:
        case "instrument":
            return tuple(INSTRUMENTS)
        case "assistance":
            return draft.scenario.commitment_types
        case "value":
            topic = draft.scenario.topic(fact.arguments[0])
            # An unknown topic is its own problem; its values cannot be judged.
            values = [one.id for one in topic.values] if topic else []
            return values or fact.arguments
        case _:
            return draft.ids(f"{kind}s")
