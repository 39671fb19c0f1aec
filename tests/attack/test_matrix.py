"""The matrix of rights: all that can be asked for, as every role, of every object."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from exercise.domain.commands import WIRE_TYPES
from exercise.domain.events import KINDS
from exercise.web.policy import POLICY
from tests.attack.conftest import TALLIES, Tally
from tests.attack.matrix.commands import command_cells, undeclared
from tests.attack.matrix.events import event_cells, events
from tests.attack.matrix.routes import Cell, cells, surfaces
from tests.attack.matrix.scene import in_play
from tests.attack.matrix.streams import stream_cells
from tests.attack.matrix.world import World, a_world
from tests.domain.grand import a_grand_scenario, a_grand_story

pytestmark = pytest.mark.attack


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with in_play(tmp_path_factory.mktemp("matrix")) as built:
        yield built


def judged(part: str, found: Iterable[Cell]) -> list[Cell]:
    """Count the cells, and return those that are not as they must be."""
    tally = TALLIES.setdefault(f"rights: {part}", Tally())
    wrong = []
    for cell in found:
        tally.add("refused" if cell.refused else "let")
        tally.surfaces.add(cell.surface)
        tally.roles.add(cell.role)
        tally.objects.add(cell.object)
        if cell.wrong:
            wrong.append(cell)
            tally.became["wrong"] += 1
    return wrong


def undeclared_routes(world: World) -> set[tuple[str, str]]:
    """Return what can be asked for and has no rule, or has a rule and is not there."""
    return {*surfaces(world), *events(world)} ^ set(POLICY)


def test_everything_that_can_be_asked_for_has_its_rule(world: World) -> None:
    assert not undeclared_routes(world)
    assert not undeclared()


def test_a_route_or_an_event_without_a_rule_is_found(tmp_path: Path) -> None:
    with a_world(tmp_path) as fresh:
        app, server = fresh.stage.app, fresh.stage.live.server
        app._got_first_request = False  # noqa: SLF001 - only a route that came too late can be planted
        app.add_url_rule("/planted", view_func=lambda: "", methods=["GET"])
        server.on("planted", handler=lambda _sid: None, namespace="/live")
        assert undeclared_routes(fresh) == {("GET", "/planted"), ("/live", "planted")}


def test_who_may_not_learns_nothing_and_changes_nothing(world: World) -> None:
    for surface in surfaces(world):
        wrong = judged("pages and calls", cells(world, surface, may=False))
        assert not wrong, wrong[:10]


def test_an_event_is_heard_from_whom_it_is_for(world: World) -> None:
    for surface in events(world):
        wrong = judged("events", event_cells(world, surface))
        assert not wrong, wrong[:10]


def test_who_may_is_let(tmp_path: Path) -> None:
    """A world of its own: much of what is let cannot be undone."""
    with in_play(tmp_path) as world:
        for surface in surfaces(world):
            wrong = judged("pages and calls", cells(world, surface, may=True))
            assert not wrong, wrong[:10]


def test_a_command_is_given_by_whom_it_is_for(tmp_path: Path) -> None:
    found: list[Cell] = []
    with a_world(tmp_path, a_grand_scenario()) as world:
        judge = command_cells(world, found.append)
    tried = {sort.partition(":")[0] for sort in judge.said}
    assert tried == {*WIRE_TYPES, "draft"}
    wrong = judged("commands", found)
    assert not wrong, wrong[:10]


def test_an_entry_reaches_whom_it_names_and_nobody_else() -> None:
    found = list(stream_cells(a_grand_story()))
    assert {one.surface[1] for one in found} == set(KINDS)
    wrong = judged("entries", found)
    assert not wrong, wrong[:10]
