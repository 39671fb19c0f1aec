"""Runs the cells that a missing guard ought to turn red, and stops at the first."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

import pytest

from exercise.domain.commands import WIRE_TYPES
from exercise.domain.errors import Rejected
from exercise.web.policy import ANYONE, HOST, MEMBERS, POLICY
from tests import domain as rules
from tests.attack.matrix.commands import command_cells
from tests.attack.matrix.events import event_cells, events
from tests.attack.matrix.guards import Mutant
from tests.attack.matrix.routes import Cell, cells, surfaces
from tests.attack.matrix.scene import in_play
from tests.attack.matrix.streams import stream_cells
from tests.attack.matrix.world import ROLES, World, a_world
from tests.domain.grand import a_grand_scenario, a_grand_story

# The module; the package has a function of this name.
standing = importlib.import_module("exercise.domain.decide.standing")
# An ownership check is tried by one's equal, a role check by everybody.
EQUALS = ("delegate", "other delegate", "evaluator")


class Killed(Exception):
    """A cell turned red."""


def stop_at_red(cell: Cell) -> None:
    """Stop the hunt where something is wrong."""
    if cell.wrong:
        raise Killed(f"{cell.surface} {cell.role} {cell.axis} {cell.object}")


class Hunter:
    """Keeps a world for as long as nothing was changed in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._world: World | None = None

    def world(self) -> World:
        if self._world is None:
            folder = Path(mkdtemp(dir=self._folder))
            self._world = self._stack.enter_context(in_play(folder))
        return self._world

    def close(self) -> None:
        self._stack.close()
        self._stack, self._world = ExitStack(), None

    def red(self, mutant: Mutant) -> str:
        """Return the first cell that turns red, or nothing.

        What only the rules can tell (one's own offer, one's own call) their own tests
        hold; they are asked where no cell is red.
        """
        found = self._first_red(self._cells(mutant))
        ruled = mutant.module.startswith("exercise.domain.decide")
        return found or (red_rule() if ruled else "")

    def told_red(self, kind: str) -> str:
        """Return the first cell of a type of command that turns red, or nothing."""
        return self._first_red(self._of_type(kind))

    def _of_type(self, kind: str) -> Iterator[Cell]:
        self._told(ROLES, kind)
        yield from ()

    def _first_red(self, found: Iterator[Cell]) -> str:
        try:
            for cell in found:
                stop_at_red(cell)
        except Killed as red:
            return str(red)
        except Exception as broken:  # noqa: BLE001 - whatever it is, it is no quiet pass
            return f"broke: {type(broken).__name__} {str(broken)[:80]}"
        finally:
            self.close()
        return ""

    def _cells(self, mutant: Mutant) -> Iterator[Cell]:
        part = mutant.module.split(".")[-1]
        if part == "visibility":
            yield from stream_cells(a_grand_story())
            return
        if mutant.module.startswith("exercise.web"):
            yield from self._asked(part, mutant.function)
        if not mutant.module.startswith("exercise.web") or part == "intake":
            roles = ROLES if part in {"standing", "decide", "intake"} else EQUALS
            self._told(roles)

    def _asked(self, part: str, function: str) -> Iterator[Cell]:
        """Ask for the surfaces of a module first, then for all others."""
        world = self.world()
        if part in {"live", "guard", "session"}:
            for surface in events(world):
                yield from event_cells(world, surface)
        for surface in self._own_first(world, part, function):
            yield from cells(world, surface, may=False)
        for surface in events(world):
            yield from event_cells(world, surface)

    def _own_first(
        self, world: World, part: str, function: str
    ) -> list[tuple[str, str]]:
        app = world.stage.app
        own = {
            rule.rule: (view.__module__.split(".")[-1] == part)
            + (view.__name__ == function)
            for rule in app.url_map.iter_rules()
            for view in (app.view_functions[rule.endpoint],)
        }
        closed = [one for one in surfaces(world) if POLICY[one] != ANYONE]
        return sorted(closed, key=lambda one: -own[one[1]])

    def _told(self, roles: tuple[str, ...], kind: str = "") -> None:
        folder = Path(mkdtemp(dir=self._folder))
        with a_world(folder, a_grand_scenario()) as world:
            command_cells(world, stop_at_red, roles, kind)


def red_rule() -> str:
    """Return the first test of the rules that fails, or nothing."""
    for found in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}."):
        if not found.name.rpartition(".")[2].startswith("test_"):
            continue
        module = importlib.import_module(found.name)
        for name, test in vars(module).items():
            if name.startswith("test_") and any(map(_fails, _runs(test))):
                return f"{module.__name__}::{name}"
    return ""


def _runs(test: Callable[..., object]) -> Iterator[Callable[[], object]]:
    """Yield the runs of a test that asks for no fixture and draws nothing."""
    wanted = set(inspect.signature(test).parameters)
    marks = getattr(test, "pytestmark", [])
    if hasattr(test, "hypothesis"):
        return
    if not wanted:
        yield test
    for mark in marks if len(marks) == 1 else []:
        if mark.name != "parametrize":
            continue
        told = mark.args[0]
        names = told.replace(" ", "").split(",") if isinstance(told, str) else told
        for given in mark.args[1] if set(names) == wanted else []:
            marked = type(given).__name__ == "ParameterSet"
            many = given.values if marked else given
            values = many if marked or len(names) > 1 else (many,)
            yield partial(test, **dict(zip(names, values, strict=True)))


def _fails(run: Callable[[], object]) -> bool:
    try:
        run()
    except (AssertionError, pytest.fail.Exception, Rejected):
        return True
    return False


# --- What is declared, declared too widely ------------------------------------------


def loosened_commands() -> Iterator[tuple[str, Callable[[], Callable[[], None]]]]:
    """Yield each type of command, and what lets everybody give it."""
    for kind in WIRE_TYPES:
        if len(standing.WIDER.get(kind, ())) < len(standing.ANYBODY):
            yield kind, lambda kind=kind: _widen(kind)


def _widen(kind: str) -> Callable[[], None]:
    kept = standing.WIDER.get(kind)
    standing.WIDER[kind] = standing.ANYBODY

    def back() -> None:
        del standing.WIDER[kind]
        if kept is not None:
            standing.WIDER[kind] = kept

    return back


def loosened_surfaces() -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
    """Yield each closed surface with a rule that lets more than its own."""
    for surface, roles in POLICY.items():
        if roles not in {ANYONE, MEMBERS}:
            yield surface, frozenset(roles | MEMBERS | HOST)
