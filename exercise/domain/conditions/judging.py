"""Whether a condition holds of what the timeline has shown, and why."""

from collections.abc import Iterator
from typing import assert_never

from exercise.domain.conditions.language import (
    COMPARISONS,
    Condition,
    Count,
    Every,
    Fact,
    Facts,
    Not,
    Rung,
    Some,
    Why,
)


def holds(condition: Condition, facts: Facts) -> bool:
    """Tell whether the condition is true of what the timeline has shown."""
    match condition:
        case Fact(name, arguments):
            return bool(getattr(facts, name)(*arguments))
        case Rung(sign, number):
            return COMPARISONS[sign](facts.rung, number)
        case Count(name, argument, sign, number):
            return COMPARISONS[sign](int(getattr(facts, name)(argument)), number)
        case Not(part):
            return not holds(part, facts)
        case Every(parts):
            return all(holds(part, facts) for part in parts)
        case Some(parts):
            return any(holds(part, facts) for part in parts)
        case _:
            assert_never(condition)


def explain(condition: Condition, facts: Facts) -> Why:
    """Return whether the condition holds together with the same for each part."""
    match condition:
        case Not(part):
            parts: tuple[Why, ...] = (explain(part, facts),)
        case Every(inner) | Some(inner):
            parts = tuple(explain(one, facts) for one in inner)
        case Fact() | Rung() | Count():
            parts = ()
        case _:
            assert_never(condition)
    return Why(show(condition), holds(condition, facts), parts)


def show(condition: Condition) -> str:
    """Write the condition as an author would; `parse` reads it back the same."""
    match condition:
        case Fact(name, arguments):
            quoted = ", ".join(f'"{one}"' for one in arguments)
            return f"{name}({quoted})"
        case Rung(sign, number):
            return f"rung {sign} {number}"
        case Count(name, argument, sign, number):
            return f'{name}("{argument}") {sign} {number}'
        case Not(part):
            return f"not {_nested(part)}"
        case Every(parts):
            return " and ".join(_nested(part) for part in parts)
        case Some(parts):
            return " or ".join(_nested(part) for part in parts)
        case _:
            assert_never(condition)


def facts_of(condition: Condition) -> Iterator[Fact]:
    """Yield every fact that the condition asks for, in the order written."""
    yield from (one for one in atoms_of(condition) if isinstance(one, Fact))


def atoms_of(condition: Condition) -> Iterator[Fact | Rung | Count]:
    """Yield every fact and comparison of a condition, in the order written."""
    match condition:
        case Fact() | Rung() | Count():
            yield condition
        case Not(part):
            yield from atoms_of(part)
        case Every(parts) | Some(parts):
            for part in parts:
                yield from atoms_of(part)
        case _:
            assert_never(condition)


def _nested(condition: Condition) -> str:
    """Write a part, in parentheses where its reading would otherwise change."""
    text = show(condition)
    return f"({text})" if isinstance(condition, Every | Some) else text
