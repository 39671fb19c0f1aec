"""Branches ask only for what the timeline shows, and read back as they were written."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.domain.conditions import (
    DEEPEST,
    NUMBERS,
    SIGNATURES,
    Condition,
    ConditionRefused,
    Count,
    Every,
    Fact,
    Not,
    Rung,
    Some,
    explain,
    facts_of,
    holds,
    parse,
    show,
)


@dataclass
class Shown:
    """A timeline on which exactly `true` has been seen."""

    rung: int = 0
    true: set[tuple[str, ...]] = field(default_factory=set)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def acted(self, delegation: str, instrument: str, to: str = "") -> bool:
        return ("acted", delegation, instrument, to) in self.true

    def shared(self, item: str, to: str) -> bool:
        return ("shared", item, to) in self.true

    def claimed(self, topic: str, value: str, by: str = "") -> bool:
        return ("claimed", topic, value, by) in self.true

    def accepted(self, type_: str) -> bool:
        return ("accepted", type_) in self.true

    def released(self, inject: str) -> bool:
        return ("released", inject) in self.true

    def signed(self, text: str, delegation: str) -> bool:
        return ("signed", text, delegation) in self.true

    def adopted(self, text: str) -> bool:
        return ("adopted", text) in self.true

    def meter(self, meter: str) -> int:
        return self.numbers.get(("meter", meter), 0)

    def signatures(self, text: str) -> int:
        return self.numbers.get(("signatures", text), 0)


CALLED = ("acted", "VES", "hotline_call", "KAS")


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ('acted("VES", "hotline_call", "KAS")', Shown(true={CALLED}), True),
        ('acted("VES", "hotline_call")', Shown(true={CALLED}), False),
        ('not acted("VES", "hotline_call", "KAS")', Shown(true={CALLED}), False),
        ("rung >= 4", Shown(rung=4), True),
        ("rung > 4", Shown(rung=4), False),
        ("rung != 4 or rung == 4", Shown(), True),
        (
            'shared("log", "VES") and rung < 2',
            Shown(true={("shared", "log", "VES")}),
            True,
        ),
        ('claimed("safety", "no-deaths", "VES")', Shown(), False),
        ('accepted("logistics")', Shown(true={("accepted", "logistics")}), True),
        ('released("blackouts")', Shown(true={("released", "blackouts")}), True),
        ('signed("closing", "KAS")', Shown(true={("signed", "closing", "KAS")}), True),
        ('adopted("closing")', Shown(), False),
        ('meter("homes") > 300', Shown(numbers={("meter", "homes"): 301}), True),
        ('meter("homes") > -1', Shown(), True),
        ('signatures("closing") >= 3', Shown(), False),
    ],
)
def test_a_condition_is_judged_on_facts_alone(
    text: str, facts: Shown, *, expected: bool
) -> None:
    assert holds(parse(text), facts) is expected


@pytest.mark.parametrize(
    ("text", "column", "nearest"),
    [
        ('acte("VES", "ack")', 1, "acted"),
        ('rung >= 4 and relesed("x")', 15, "released"),
        ("rang >= 4", 1, "rung"),
        ("rung", 1, "rung"),
        ("rung >=", 8, ""),
        ("", 1, ""),
        ("rung >= 4.5", 1, ""),
        ("rung >= True", 1, ""),
        ("1 <= rung < 4", 1, ""),
        ("4 <= rung", 1, ""),
        ("rung in 4", 1, ""),
        ('metre("homes") > 4', 1, "meter"),
        ('meter("homes") > "4"', 1, ""),
        ('released("x") > 4', 1, ""),
        ('meter("a", "b") > 4', 1, ""),
        ('meter("homes")', 1, "meter"),
        ('acted("VES")', 1, ""),
        ('acted("VES", "ack", "KAS", "ORL")', 1, ""),
        ('acted(VES, "ack")', 7, ""),
        ('acted(delegation="VES")', 1, ""),
        ('released("")', 10, ""),
        ('__import__("os")', 1, ""),
        ('released("x").real', 1, ""),
        ("lambda: 0", 1, ""),
        ("True", 1, ""),
    ],
)
def test_what_is_no_condition_is_refused_at_its_column(
    text: str, column: int, nearest: str
) -> None:
    with pytest.raises(ConditionRefused) as refusal:
        parse(text)
    assert refusal.value.column == column
    assert refusal.value.nearest == nearest


def test_a_condition_nested_past_reading_is_refused() -> None:
    with pytest.raises(ConditionRefused):
        parse("not " * (DEEPEST + 2) + "rung > 1")
    with pytest.raises(ConditionRefused):
        parse("(" * 300 + "rung > 1" + ")" * 300)
    with pytest.raises(ConditionRefused):
        parse(" or ".join(["rung > 1"] * 60))


def test_an_explanation_names_the_part_that_decides() -> None:
    condition = parse('not (released("blackouts") and rung >= 4)')
    why = explain(condition, Shown(true={("released", "blackouts")}))
    assert str(why).splitlines() == [
        'yes: not (released("blackouts") and rung >= 4)',
        '  no: released("blackouts") and rung >= 4',
        '    yes: released("blackouts")',
        "    no: rung >= 4",
    ]


words = st.from_regex(r"[A-Za-z][A-Za-z0-9:_-]{0,11}", fullmatch=True)


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    name = draw(st.sampled_from(sorted(SIGNATURES)))
    signature = SIGNATURES[name]
    least = sum(not one.endswith("?") for one in signature)
    count = draw(st.integers(least, len(signature)))
    return Fact(name, tuple(draw(words) for _ in range(count)))


signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
rungs = st.builds(Rung, signs, st.integers(0, 6))
counts = st.builds(
    Count, st.sampled_from(sorted(NUMBERS)), words, signs, st.integers(-999, 10**6)
)
# A chain of one, or of the same kind inside itself, cannot be written down.
conditions = st.recursive(
    facts() | rungs | counts,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(Every, st.tuples(inner, inner))
        | st.builds(Some, st.tuples(inner, inner))
    ),
    max_leaves=5,
)


@given(conditions)
def test_what_is_written_down_reads_back_the_same(condition: Condition) -> None:
    text = show(condition)
    assert parse(text) == condition
    assert show(parse(text)) == text


@given(conditions, st.integers(0, 6))
def test_an_explanation_agrees_with_the_judgement(
    condition: Condition, rung: int
) -> None:
    shown = Shown(
        rung=rung, true={(one.name, *one.arguments) for one in facts_of(condition)}
    )
    assert explain(condition, shown).holds == holds(condition, shown)
