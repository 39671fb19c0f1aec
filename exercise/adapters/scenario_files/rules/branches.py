"""Conditions can be read, and ask only for what can have happened."""

from collections.abc import Iterator, Sequence

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.problems import Problem
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.conditions import (
    SIGNATURES,
    ConditionRefused,
    Fact,
    facts_of,
    parse,
)
from exercise.domain.scenario import Inject


def rule(draft: Draft) -> Iterator[Problem]:
    """Yield conditions that cannot be read, or name what is not there."""
    for inject in draft.scenario.injects:
        if not inject.when:
            continue
        try:
            condition = parse(inject.when)
        except ConditionRefused as refused:
            message = "column {column}: {why}"
            values = {"column": refused.column, "why": refused.reason}
            yield draft.problem(inject, "when", message, refused.nearest, **values)
            continue
        for fact in facts_of(condition):
            yield from _fact(draft, inject, fact)


def _fact(draft: Draft, inject: Inject, fact: Fact) -> Iterator[Problem]:
    kinds = [one.removesuffix("?") for one in SIGNATURES[fact.name]]
    for kind, word in zip(kinds, fact.arguments, strict=False):
        names = _names(draft, kind, fact)
        yield from draft.strange(inject, "when", f"{kind} ids", [word], names)
    if fact.name == "released":
        yield from _order(draft, inject, fact.arguments[0])


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


def _order(draft: Draft, inject: Inject, name: str) -> Iterator[Problem]:
    """A branch on an inject that falls due later could never be decided."""
    other = draft.scenario.inject(name)
    if other is not None and (other is inject or other.at_ms > inject.at_ms):
        message = "{inject} does not fall due before this inject"
        yield draft.problem(inject, "when", message, inject=name)
