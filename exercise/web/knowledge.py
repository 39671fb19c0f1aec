"""What facilitators may look up: who holds which item, and why a rule holds."""

from collections.abc import Iterator
from typing import TypeAlias

from exercise.domain.conditions import (
    Condition,
    Count,
    Every,
    Not,
    Some,
    Why,
    atoms_of,
    explain,
    parse,
)
from exercise.domain.scoring.knowledge import Held, Known
from exercise.domain.scoring.sharing import PUBLIC
from exercise.domain.state.facts import StateFacts
from exercise.web.frame import Frame
from exercise.web.problems import RefusedError
from exercise.web.refusals import NOT_THERE
from exercise.web.services import services

Json: TypeAlias = dict[str, object]


def knowledge(frame: Frame) -> list[Json]:
    """Return a row an item: its label, and how each delegation came to hold it."""
    found = services().scores.known(frame.exercise, frame.state)
    return [_row(frame, one) for one in found]


def _row(frame: Frame, one: Known) -> Json:
    readers = (*frame.state.scenario.delegation_ids, PUBLIC)
    return {
        "id": one.item.id,
        "title": one.item.title,
        "tlp": one.item.tlp,
        "holder": frame.book.parties[one.item.holder],
        "cells": [_cell(frame, one, to, one.holders.get(to)) for to in readers],
        "data_class": one.item.data_class,
        "breaches": sum(
            1 for each in one.holders.values() if each.breach or each.unfounded
        ),
    }


def _cell(frame: Frame, one: Known, to: str, held: Held | None) -> Json:
    return {
        "to": to,
        "needs": to in one.item.recipients and to != one.item.holder,
        "held": held is not None,
        "at_ms": held.at_ms if held else None,
        "by": frame.book.parties.get(held.by) if held else None,
        "entry": held.entry if held else "",
        "breach": held.breach if held else 0,
        "unfounded": held.unfounded if held else "",
    }


def rule(frame: Frame, inject: str) -> Json:
    """Return why the condition of a coming inject is true or false now.

    Raises:
        RefusedError: there is no such inject, or it has no condition.
    """
    found = frame.state.scenario.inject(inject)
    if found is None or not found.when:
        raise RefusedError(NOT_THERE)
    condition = parse(found.when)
    why = explain(condition, StateFacts(frame.state))
    return {
        "inject": found.id,
        "number": found.number,
        "holds": why.holds,
        "lines": list(_lines(condition, why)),
        "rung": frame.state.rung_unjustified if "rung" in found.when else None,
        "numbers": list(_numbers(frame, condition)),
    }


def _numbers(frame: Frame, condition: Condition) -> Iterator[Json]:
    """Yield each other number a condition compares, once, as it stands now."""
    scenario, facts = frame.state.scenario, StateFacts(frame.state)
    titles = {("meter", one.id): one.title for one in scenario.meters}
    titles |= {("signatures", one.id): one.title for one in scenario.texts}
    asked = (one for one in atoms_of(condition) if isinstance(one, Count))
    for name, id_ in dict.fromkeys((one.name, one.argument) for one in asked):
        value = facts.meter(id_) if name == "meter" else facts.signatures(id_)
        yield {"name": name, "title": titles.get((name, id_), id_), "value": value}


def _lines(condition: Condition, why: Why, depth: int = 0) -> Iterator[Json]:
    """Yield the parts of an explanation, each below the one it belongs to."""
    yield {"depth": depth, "kind": "", "text": why.text, "holds": why.holds} | _joins(
        condition
    )
    for part, reason in zip(_parts(condition), why.parts, strict=True):
        yield from _lines(part, reason, depth + 1)


def _joins(condition: Condition) -> Json:
    """Return how a condition joins its parts; one without parts is its own text."""
    match condition:
        case Every():
            return {"kind": "every"}
        case Some():
            return {"kind": "some"}
        case Not():
            return {"kind": "not"}
        case _:
            return {}


def _parts(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case Every(parts) | Some(parts):
            return parts
        case Not(part):
            return (part,)
        case _:
            return ()
