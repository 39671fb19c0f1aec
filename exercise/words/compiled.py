"""What a template is compiled to: calls, look-ups and escapes by the short way."""

from collections.abc import Iterator
from keyword import iskeyword
from typing import Any

from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import (
    Call,
    CallBlock,
    CondExpr,
    Const,
    EnvironmentAttribute,
    Expr,
    FromImport,
    Getattr,
    Import,
    Macro,
    MarkSafe,
    Name,
    Template,
    Test,
)
from markupsafe import escape

from exercise.words.macros import PARAMETER

OF_EVERY_DICT = frozenset(dir(dict))
# What mappings and texts are asked, and no macro is named.
METHODS = OF_EVERY_DICT | {"splitlines"}
CALLER = "caller"


class Short(CodeGenerator):
    """Writes code that does what Jinja's does, and asks less on the way."""

    def visit_Template(self, node: Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's own name
        """Write a template's code, once it is known what its macros are."""
        given = {one.name for one in node.find_all(Name) if one.ctx != "load"}
        self._modules = {one.target for one in node.find_all(Import)} - given
        own = {one.name for one in node.find_all(Macro)} | {CALLER}
        self._macros = (own | set(_imported(node))) - given
        self._printed: Expr | None = None
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's own name
        """Write a look-up that Jinja's own rules are asked for only if it fails."""
        if node.attr in OF_EVERY_DICT:
            super().visit_Getattr(node, frame)
            return
        name = repr(node.attr)
        self.write(f"(o[{name}] if (o := ")
        self.visit(node.node, frame)
        self.write(
            f").__class__ is dict and {name} in o"
            f" else v if (v := getattr(o, {name}, missing)) is not missing"
            f" else environment.getattr(o, {name}))"
        )

    def visit_Test(self, node: Test, frame: Frame) -> None:  # noqa: N802 - Jinja's own name
        """Write a test; whether something is none needs no function."""
        if node.name != "none":
            super().visit_Test(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(" is None)")

    def visit_Call(  # noqa: N802 - Jinja's own name
        self,
        node: Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 - Jinja's own
    ) -> None:
        """Write a call; what a macro says is marked as the markup that it is."""
        if forward_caller or not _is_simple(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
        elif self._is_macro(node, frame):
            if node is self._printed:
                self._say(node, frame)
                return
            self._printed = node
            self.visit(MarkSafe(node), frame)
        elif _is_plain(node):
            self._ask(node, frame)
        else:
            super().visit_Call(node, frame)

    def visit_CondExpr(self, node: CondExpr, frame: Frame) -> None:  # noqa: N802 - Jinja's own name
        """Write a choice; one that is printed escapes what it chose, if need be."""
        if node is not self._printed or node.expr2 is None:
            super().visit_CondExpr(node, frame)
            return
        self.write("(")
        self._print(node.expr1, frame)
        self.write(" if ")
        self.visit(node.test, frame)
        self.write(" else ")
        self._print(node.expr2, frame)
        self.write(")")

    def visit_CallBlock(self, node: CallBlock, frame: Frame) -> None:  # noqa: N802 - Jinja's own name
        """Write a call with a body of its own; what it says is printed as it is."""
        if not self._is_macro(node.call, frame):
            super().visit_CallBlock(node, frame)
            return
        inner, told = self.macro_body(node, frame)
        self.writeline("caller = ")
        if node.args:
            self.macro_def(told, inner)
        else:
            self.write("Caller(environment, macro)")
        self.start_write(frame, node)
        self._say(node.call, frame, f"{PARAMETER}{CALLER}={CALLER}")
        self.end_write(frame)

    def _print(self, node: Expr, frame: Frame) -> None:
        """Write an expression as what is printed of it."""
        if isinstance(node, Const) and isinstance(node.value, str):
            self.write(repr(str(escape(node.value))))
            return
        self._output_child_pre(node, frame, self._make_finalize())
        self.visit(node, frame)
        self._output_child_post(node, frame, self._make_finalize())

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401 - Jinja's own
        if not _escapes(frame):
            super()._output_child_pre(node, frame, finalize)
        elif self._prints_itself(node, frame):
            self._printed = node
            self.write("(")
        elif isinstance(node, Name):
            ref = frame.symbols.ref(node.name)
            self.write(f"({ref} if {ref}.__class__ is Markup else escape(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401 - Jinja's own
        if isinstance(node, Name) and _escapes(frame):
            self.write(")")
        super()._output_child_post(node, frame, finalize)

    def _prints_itself(self, node: Expr, frame: Frame) -> bool:
        """Tell whether an expression writes what is printed of it by itself."""
        if isinstance(node, Call):
            return self._is_macro(node, frame)
        return isinstance(node, CondExpr) and node.expr2 is not None

    def _is_macro(self, node: Call, frame: Frame) -> bool:
        """Tell whether a call is of a macro, which says markup where that is asked."""
        if not (_escapes(frame) and _is_simple(node)):
            return False
        match node.node:
            case Name(name=name):
                return name in self._macros
            case Getattr(node=Name(name=name), attr=attr):
                return name in self._modules and not iskeyword(attr)
            case _:
                return False

    def _say(self, node: Call, frame: Frame, last: str = "") -> None:
        """Write what asks a macro for unmarked markup."""
        called = node.node
        if isinstance(called, Getattr):
            self.visit(called.node, frame)
            self.write(f".{called.attr}")
        else:
            self.visit(called, frame)
        self.write(".say(")
        self._words(node, frame, PARAMETER)
        self.write(f"{last})")

    def _ask(self, node: Call, frame: Frame) -> None:
        """Write a call that needs nothing of Jinja's."""
        called = node.node
        if isinstance(called, Getattr):
            self.write("(")
            self.visit(called.node, frame)
            self.write(f").{called.attr}(")
        else:
            self.visit(called, frame)
            self.write("(")
        self._words(node, frame)
        self.write(")")

    def _words(self, node: Call, frame: Frame, prefix: str = "") -> None:
        for one in node.args:
            self.visit(one, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{prefix}{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")


def _imported(tree: Template) -> Iterator[str]:
    for one in tree.find_all(FromImport):
        for name in one.names:
            yield name if isinstance(name, str) else name[1]


def _is_simple(node: Call) -> bool:
    """Tell whether each word of a call stands in the template by itself."""
    return node.dyn_args is None and node.dyn_kwargs is None


def _is_plain(node: Call) -> bool:
    """Tell whether a call is of the house's words or of a mapping's own."""
    if any(iskeyword(one.key) for one in node.kwargs):
        return False
    called = node.node
    if isinstance(called, Getattr):
        return called.attr in METHODS
    return isinstance(called, EnvironmentAttribute)


def _escapes(frame: Frame) -> bool:
    return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
