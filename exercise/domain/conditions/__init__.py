"""The language of branches: conditions on timeline facts, never on meaning."""

from exercise.domain.conditions.judging import atoms_of, explain, facts_of, holds, show
from exercise.domain.conditions.language import (
    COMPARISONS,
    NUMBERS,
    SIGNATURES,
    Condition,
    ConditionRefused,
    Count,
    Every,
    Fact,
    Facts,
    Not,
    Operator,
    Rung,
    Some,
    Why,
)
from exercise.domain.conditions.reading import DEEPEST, LONGEST, parse

__all__ = [
    "COMPARISONS",
    "DEEPEST",
    "LONGEST",
    "NUMBERS",
    "SIGNATURES",
    "Condition",
    "ConditionRefused",
    "Count",
    "Every",
    "Fact",
    "Facts",
    "Not",
    "Operator",
    "Rung",
    "Some",
    "Why",
    "atoms_of",
    "explain",
    "facts_of",
    "holds",
    "parse",
    "show",
]
