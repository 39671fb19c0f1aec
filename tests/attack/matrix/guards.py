"""Every guard of the product as the source shows it, and the source without it."""

import ast
import copy
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any, TypeAlias

import exercise.domain.decide as decisions
import exercise.web as pages
from exercise.domain import visibility
from tests.attack.matrix.bends import (
    all_roles,
    always,
    gone,
    let,
    never,
    unfiltered,
    widened,
)

Function: TypeAlias = ast.FunctionDef
Untyped: TypeAlias = Any

# The words in which a guard of a page says no.
SAYS_NO = ("NOT_YOURS", "NOT_THERE")
REFUSES = ("RefusedError", "_refusal", "Forbidden", "_no")
# What a question of ownership asks about.
OWNED = (
    "delegation", "own", "has", "audience", "holdings", "drafter", "parties", "role",
    "revoked", "stream", "promisor", "beneficiary", "SYSTEM",
)  # fmt: skip
# What stands behind another lock, or is no question of rights; each with its reason.
NO_GUARDS = {
    "web.access.need_membership without “one.exercise”": (
        "a host is in no exercise; the next line finds none"
    ),
    "web.delegation.compose without “who.role != 'delegate'”": (
        "only a delegate has a home, and the form asks for it"
    ),
    "web.guard.Guard._is_registered without “name in registered”": (
        "Socket.IO has no handler for another name; it is there to count"
    ),
    "web.session.members_in without “if one.exercise == exercise”": (
        "an id of a member is of one exercise; the next line finds no other"
    ),
    "web.session.members_in without “if one in state.members”": (
        "the line before leaves ids of this exercise only"
    ),
    "domain.decide.standing.standing without “actor == SYSTEM”": (
        "time itself is no member, and the first question finds none"
    ),
    "domain.decide.joint.check without “own not in measure.asked”": (
        "who was not asked does not read it, and its author has answered already"
    ),
    "domain.decide.naming._whom without “member.role == 'room'”": (
        "a facilitator may name anybody; a display has no name to give"
    ),
    "web.live.Live._membership without “if one.exercise”": (
        "a host's right names no exercise; the next look finds none"
    ),
    "web.host.make_link without “role not in ROLES”": (
        "a host may make links for all of them; this one is no role"
    ),
    "web.facilitator.view_as without “party not in frame.book.parties”": (
        "a facilitator may look as any party; this one is not there"
    ),
}
# Where the lists of what a sender may act as are made.
FILTERS = frozenset(
    {"members_in", "need_member", "need_members", "need_membership", "_membership"}
)


@dataclass(frozen=True)
class Mutant:
    """A function with one guard of its own taken out."""

    module: str
    function: str
    line: int
    what: str
    code: CodeType

    @property
    def name(self) -> str:
        short = self.module.removeprefix("exercise.")
        return f"{short}.{self.function} {self.what}"


@contextmanager
def in_force(mutant: Mutant) -> Iterator[None]:
    """Let the product run without a guard for a while."""
    function = guarded(mutant)
    kept = function.__code__
    function.__code__ = mutant.code
    try:
        yield
    finally:
        function.__code__ = kept


def guarded(mutant: Mutant) -> FunctionType:
    """Return the function that a mutant is made of."""
    found: Untyped = importlib.import_module(mutant.module)
    for name in mutant.function.split("."):
        found = getattr(found, name)
    assert isinstance(found, FunctionType), mutant.name
    return found


def modules() -> Iterator[ModuleType]:
    """Yield every module that may hold a guard."""
    for package in (pages, decisions):
        yield importlib.import_module(package.__name__)
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)
    yield visibility


def mutants(*, with_reasons: bool = False) -> list[Mutant]:
    """Return a mutant for each guard there is."""
    every = [one for module in modules() for one in _of_module(module)]
    return [one for one in every if with_reasons or one.name not in NO_GUARDS]


def _of_module(module: ModuleType) -> Iterator[Mutant]:
    tree = ast.parse(inspect.getsource(module))
    for path, function in _functions(tree):
        for number in range(len(list(_bends(module, function)))):
            changed = copy.deepcopy(tree)
            twin = next(one for name, one in _functions(changed) if name == path)
            what, line = _apply(module, twin, number)
            ast.fix_missing_locations(changed)
            whole = compile(changed, str(module.__file__), "exec")
            code = _code(whole, path.split("."))
            yield Mutant(module.__name__, path, line, what, code)


def _functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and not inner.decorator_list:
                    yield f"{node.name}.{inner.name}", inner


def _code(whole: CodeType, path: list[str]) -> CodeType:
    found = whole
    for name in path:
        found = next(
            one
            for one in found.co_consts
            if isinstance(one, CodeType) and one.co_name == name
        )
    return found


def _apply(module: ModuleType, function: Function, number: int) -> tuple[str, int]:
    what, line, bend = list(_bends(module, function))[number]
    bend()
    return what, line


def _bends(
    module: ModuleType, function: Function
) -> Iterator[tuple[str, int, Untyped]]:
    """Yield what can be taken out of a function, and how."""
    if module is visibility:
        yield from widened(function)
        return
    for node in ast.walk(function):
        yield from _of_calls(node)
        if isinstance(node, ast.If):
            yield from _of_branch(module, function, node)
        if isinstance(node, ast.Return) and function.name == "_is_registered":
            yield from _opened(node.value)
        if isinstance(node, ast.comprehension) and function.name in FILTERS:
            for number, test in enumerate(node.ifs):
                said = f"without “if {ast.unparse(test)}”"
                yield said, test.lineno, unfiltered(node, number)


def _of_calls(node: ast.AST) -> Iterator[tuple[str, int, Untyped]]:
    """Yield the checks that a view begins with."""
    if isinstance(node, ast.Expr) and _calls(node.value) == "need_host":
        yield "nobody is asked for the host's right", node.lineno, gone(node)
    if isinstance(node, ast.Call) and _calls(node) in {"need_member", "need_members"}:
        named = any(isinstance(one, ast.Constant) for one in node.args[1:])
        if named or "STAFF" in ast.unparse(node):
            yield "every role is let", node.lineno, all_roles(node)


def _of_branch(
    module: ModuleType, function: Function, node: ast.If
) -> Iterator[tuple[str, int, Untyped]]:
    """Yield what a branch refuses, or whom it lets pass an end that refuses."""
    if _refuses(node):
        yield from _clauses(module, node)
    if _lets_pass(function, node):
        yield from _opened(node.test)
        if isinstance(node.test, ast.Call):
            yield f"without “{ast.unparse(node.test)}”", node.lineno, let(node)


def _calls(node: ast.AST) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id
    return ""


def _refuses(node: ast.If) -> bool:
    """Tell whether a branch does nothing but say that it is not theirs."""
    last = node.body[-1]
    if not isinstance(last, ast.Raise | ast.Return) or len(node.body) > 1:
        return False
    said = ast.unparse(last)
    return any(word in said for word in (*REFUSES, "NotFound"))


def _clauses(module: ModuleType, node: ast.If) -> Iterator[tuple[str, int, Untyped]]:
    """Yield the parts of a condition that ask whose something is."""
    said = ast.unparse(node.body[-1])
    page = module.__name__.startswith(pages.__name__)
    if page and not any(word in said for word in SAYS_NO):
        return
    test = node.test
    parts = test.values if _is_or(test) else [test]  # type: ignore[attr-defined]  # a BoolOp
    for number, part in enumerate(parts):
        asked = ast.unparse(part)
        owned = any(word in _words(part) for word in OWNED)
        if "scenario" in asked or not (owned or (page and "known" in asked)):
            continue
        if _only_asks_whether_there_is_one(part):
            continue
        yield f"without “{asked}”", part.lineno, never(node, number, len(parts))


def _lets_pass(function: Function, node: ast.If) -> bool:
    """Tell whether this lets pass whom the end of the function refuses."""
    last = function.body[-1]
    refuses = isinstance(last, ast.Raise) and any(
        word in ast.unparse(last) for word in (*SAYS_NO, "NotFound", "Forbidden")
    )
    return refuses and len(node.body) == 1 and isinstance(node.body[0], ast.Return)


def _opened(test: ast.expr | None) -> Iterator[tuple[str, int, Untyped]]:
    """Yield the parts of a condition without which more would pass."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for number, part in enumerate(test.values):
            if not ast.unparse(part).endswith("is not None"):
                said = f"without “{ast.unparse(part)}”"
                yield said, part.lineno, always(test, number)


def _is_or(test: ast.expr) -> bool:
    return isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or)


def _words(part: ast.expr) -> set[str]:
    found = {one.attr for one in ast.walk(part) if isinstance(one, ast.Attribute)}
    return found | {one.id for one in ast.walk(part) if isinstance(one, ast.Name)}


def _only_asks_whether_there_is_one(part: ast.expr) -> bool:
    return isinstance(part, ast.Compare) and ast.unparse(part).endswith("is None")
