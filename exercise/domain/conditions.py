"""The language of branches: conditions on timeline facts, never on meaning."""

import ast
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, Protocol, TypeAlias, assert_never

Operator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]

# What each fact is asked with. A name that ends in "?" may be left out; the rest of
# the name says which of the scenario's ids the argument must be.
SIGNATURES: dict[str, tuple[str, ...]] = {
    "acted": ("delegation", "instrument", "delegation?"),
    "shared": ("item", "delegation"),
    "claimed": ("topic", "value", "delegation?"),
    "accepted": ("assistance",),
    "released": ("inject",),
    "signed": ("text", "delegation"),
    "adopted": ("text",),
}

_OPERATORS: dict[type[ast.cmpop], Operator] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}

_COMPARISONS: dict[Operator, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

# A condition is one line that an author can read aloud; deeper ones are mistakes,
# and a bound keeps a hostile scenario from exhausting the stack.
DEEPEST = 20
LONGEST = 400


class Facts(Protocol):
    """What the timeline has shown so far, as far as branches may ask."""

    @property
    def rung(self) -> int:
        """Return the highest rung taken so far that the facts did not justify."""

    def acted(self, delegation: str, instrument: str, to: str = "") -> bool:
        """Tell whether `delegation` issued such an act (to that delegation)."""

    def shared(self, item: str, to: str) -> bool:
        """Tell whether anybody shared `item` with `to`."""

    def claimed(self, topic: str, value: str, by: str = "") -> bool:
        """Tell whether anybody (or `by`) has publicly claimed `value` on `topic`."""

    def accepted(self, type_: str) -> bool:
        """Tell whether an offer of assistance of this type was accepted."""

    def released(self, inject: str) -> bool:
        """Tell whether the inject has been released."""

    def signed(self, text: str, delegation: str) -> bool:
        """Tell whether `delegation` signed the joint text."""

    def adopted(self, text: str) -> bool:
        """Tell whether the joint text was published with its signatures."""


class ConditionRefused(Exception):
    """A text is no condition; `column` counts from 1, `nearest` may be empty."""

    def __init__(self, column: int, reason: str, nearest: str = "") -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Fact:
    """One question to the timeline, such as `acted("VES", "hotline_call")`."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """A comparison of the highest unjustified rung with a whole number."""

    sign: Operator
    number: int


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold (`and`)."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds (`or`)."""

    parts: tuple["Condition", ...]


Condition: TypeAlias = Fact | Rung | Not | Every | Some


@dataclass(frozen=True, slots=True)
class Why:
    """Whether a condition holds and, part by part, why."""

    text: str
    holds: bool
    parts: tuple["Why", ...] = ()

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Yield one indented line for this condition and each of its parts."""
        yield f"{'  ' * depth}{'yes' if self.holds else 'no'}: {self.text}"
        for part in self.parts:
            yield from part.lines(depth + 1)

    def __str__(self) -> str:
        return "\n".join(self.lines())


def parse(text: str) -> Condition:
    """Return the condition that `text` writes down, or raise `ConditionRefused`."""
    if len(text) > LONGEST:
        raise ConditionRefused(LONGEST, f"longer than {LONGEST} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = getattr(error, "offset", None) or len(text) + 1
        raise ConditionRefused(column, "not a condition that can be read") from error
    return _read(tree.body, 0)


def holds(condition: Condition, facts: Facts) -> bool:
    """Tell whether the condition is true of what the timeline has shown."""
    match condition:
        case Fact(name, arguments):
            return bool(getattr(facts, name)(*arguments))
        case Rung(sign, number):
            return _COMPARISONS[sign](facts.rung, number)
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
        case Fact() | Rung():
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
    match condition:
        case Fact():
            yield condition
        case Rung():
            return
        case Not(part):
            yield from facts_of(part)
        case Every(parts) | Some(parts):
            for part in parts:
                yield from facts_of(part)
        case _:
            assert_never(condition)


def _nested(condition: Condition) -> str:
    """Write a part, in parentheses where its reading would otherwise change."""
    text = show(condition)
    return f"({text})" if isinstance(condition, Every | Some) else text


def _read(node: ast.expr, depth: int) -> Condition:
    if depth > DEEPEST:
        raise ConditionRefused(node.col_offset + 1, "nested too deep")
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return Every(tuple(_read(one, depth + 1) for one in values))
        case ast.BoolOp(op=ast.Or(), values=values):
            return Some(tuple(_read(one, depth + 1) for one in values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_read(operand, depth + 1))
        case ast.Compare(left=left, ops=[sign], comparators=[right]):
            return _comparison(node, left, sign, right)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            return _fact(node, name, arguments)
        case ast.Name(id=name):
            raise _unknown(node, name)
        case _:
            raise ConditionRefused(
                node.col_offset + 1,
                "write facts, rung, numbers, and, or, not and parentheses only",
            )


def _comparison(
    node: ast.expr, left: ast.expr, written: ast.cmpop, right: ast.expr
) -> Rung:
    """Read `rung >= 4`; a number stands on the right, as it is said."""
    column = node.col_offset + 1
    sign = _OPERATORS.get(type(written))
    if sign is None:
        raise ConditionRefused(column, "compare with == != < <= > or >=")
    match left, right:
        case ast.Name(id="rung"), ast.Constant(value=int(number)) if not isinstance(
            number, bool
        ):
            return Rung(sign, number)
        case ast.Name(id=name), _ if name != "rung":
            raise _unknown(left, name)
        case _:
            raise ConditionRefused(column, "write `rung`, a sign and a whole number")


def _fact(node: ast.expr, name: str, arguments: list[ast.expr]) -> Fact:
    signature = SIGNATURES.get(name)
    if signature is None:
        raise _unknown(node, name)
    needed = sum(not one.endswith("?") for one in signature)
    if not needed <= len(arguments) <= len(signature):
        wanted = ", ".join(signature)
        raise ConditionRefused(node.col_offset + 1, f"write {name}({wanted})")
    return Fact(name, tuple(_word(one) for one in arguments))


def _word(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(word)) if word and not set(word) & set('"\\\n\r'):
            return word
        case _:
            raise ConditionRefused(
                node.col_offset + 1, "an id in quotes must stand here"
            )


def _unknown(node: ast.expr, name: str) -> ConditionRefused:
    near = get_close_matches(name, [*SIGNATURES, "rung"], n=1, cutoff=0.5)
    return ConditionRefused(
        node.col_offset + 1, f"unknown name {name}", near[0] if near else ""
    )
