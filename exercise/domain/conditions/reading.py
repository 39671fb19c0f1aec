"""Reading the one line of a condition, or saying at which column it is none."""

import ast
from difflib import get_close_matches

from exercise.domain.conditions.language import (
    NUMBERS,
    SIGNATURES,
    Condition,
    ConditionRefused,
    Count,
    Every,
    Fact,
    Not,
    Operator,
    Rung,
    Some,
)

_OPERATORS: dict[type[ast.cmpop], Operator] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}

# A condition is one line that an author can read aloud; deeper ones are mistakes,
# and a bound keeps a hostile scenario from exhausting the stack.
DEEPEST = 20
LONGEST = 400


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
) -> Rung | Count:
    """Read `rung >= 4`; a number stands on the right, as it is said."""
    column = node.col_offset + 1
    sign = _OPERATORS.get(type(written))
    if sign is None:
        raise ConditionRefused(column, "compare with == != < <= > or >=")
    number = _whole(right)
    match left:
        case ast.Name(id="rung") if number is not None:
            return Rung(sign, number)
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if (
            number is not None and name in NUMBERS
        ):
            return Count(name, _word(argument), sign, number)
        case ast.Name(id=name) | ast.Call(func=ast.Name(id=name)) if name not in {
            "rung",
            *NUMBERS,
            *SIGNATURES,
        }:
            raise _unknown(left, name)
        case _:
            asked = "rung, meter(…) or signatures(…)"
            message = f"write {asked}, a sign and a whole number"
            raise ConditionRefused(column, message)


def _whole(node: ast.expr) -> int | None:
    match node:
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))) if (
            not isinstance(number, bool)
        ):
            return -number
        case _:
            return None


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
    known = [*SIGNATURES, *NUMBERS, "rung"]
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return ConditionRefused(
        node.col_offset + 1, f"unknown name {name}", near[0] if near else ""
    )
