"""What is done to the tree of a function to take a guard out of it."""

import ast
from collections.abc import Iterator
from typing import Any, TypeAlias

Untyped: TypeAlias = Any
ANYBODY = ("delegate", "facilitator", "evaluator", "trainer", "observer", "room")


def gone(node: ast.Expr) -> Untyped:
    def bend() -> None:
        node.value = ast.Constant(None)

    return bend


def all_roles(node: ast.Call) -> Untyped:
    def bend() -> None:
        node.args[1:] = [ast.Constant(one) for one in ANYBODY]

    return bend


def never(node: ast.If, number: int, of: int) -> Untyped:
    def bend() -> None:
        if of == 1:
            node.test = ast.Constant(value=False)
        else:
            node.test.values[number] = ast.Constant(value=False)  # type: ignore[attr-defined]  # a BoolOp

    return bend


def always(test: ast.BoolOp, number: int) -> Untyped:
    def bend() -> None:
        test.values[number] = ast.Constant(value=True)

    return bend


def let(node: ast.If) -> Untyped:
    def bend() -> None:
        node.test = ast.Constant(value=True)

    return bend


def unfiltered(node: ast.comprehension, number: int) -> Untyped:
    def bend() -> None:
        node.ifs[number] = ast.Constant(value=True)

    return bend


def widened(function: ast.FunctionDef) -> Iterator[tuple[str, int, Untyped]]:
    """Yield each arm of a match that tells some, for telling everybody."""
    if function.name not in {"audience", "_readers"}:
        return
    for node in ast.walk(function):
        if not isinstance(node, ast.match_case):
            continue
        for last in ast.walk(node):
            if isinstance(last, ast.Return) and "everyone" not in ast.unparse(last):
                kinds = ast.unparse(node.pattern).replace("e.", "")[:60]
                yield f"{kinds} told to everybody", last.lineno, told_to_all(last)


def told_to_all(node: ast.Return) -> Untyped:
    def bend() -> None:
        node.value = ast.parse("everyone(state) if state else ()", mode="eval").body

    return bend
