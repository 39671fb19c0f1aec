"""Every guard is taken out once, and the matrix of rights must turn red each time."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from exercise.web import policy
from tests import FULL
from tests.attack.conftest import Tally
from tests.attack.matrix.guards import NO_GUARDS, Mutant, guarded, in_force, mutants
from tests.attack.matrix.hunt import Hunter, loosened_commands, loosened_surfaces
from tests.attack.matrix.routes import cells
from tests.attack.matrix.scene import in_play

pytestmark = pytest.mark.attack
CORPUS = "mutants"

EVERY: Sequence[Mutant] = mutants()
# A few of each sort where there is no time for all.
SAMPLE = [
    one
    for one in EVERY
    if any(word in one.name for word in ("score every", "_see without", "ItemShared"))
]


@pytest.fixture
def hunter(tmp_path: Path) -> Iterator[Hunter]:
    made = Hunter(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(
    "mutant", EVERY if FULL else SAMPLE, ids=lambda one: one.name.replace(" ", "-")
)
def test_without_this_guard_the_matrix_is_red(
    mutant: Mutant, hunter: Hunter, tally: Tally
) -> None:
    with in_force(mutant):
        red = hunter.red(mutant)
    tally.add("killed" if red else "survived")
    assert red


def test_what_is_called_no_guard_is_there_and_says_why() -> None:
    """A reason for a line that is gone would hide the next one in its place."""
    names = {one.name for one in mutants(with_reasons=True)}
    assert set(NO_GUARDS) <= names
    assert all(NO_GUARDS.values())


def test_a_guard_is_in_force_again_afterwards() -> None:
    mutant = SAMPLE[0]
    before = guarded(mutant).__code__
    with in_force(mutant):
        assert guarded(mutant).__code__ is mutant.code
    assert guarded(mutant).__code__ is before


def test_a_command_that_everybody_may_give_turns_it_red(
    hunter: Hunter, tally: Tally
) -> None:
    loosened = list(loosened_commands())
    for number, (kind, widen) in enumerate(loosened):
        if not FULL and number % 20:
            continue
        back = widen()
        try:
            red = hunter.told_red(kind)
        finally:
            back()
        tally.add("killed" if red else "survived")
        assert red, kind


def test_a_rule_that_lets_more_than_the_page_turns_it_red(
    tmp_path: Path, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_play(tmp_path) as world:
        for number, (surface, roles) in enumerate(loosened_surfaces()):
            if not FULL and number % 7:
                continue
            monkeypatch.setitem(policy.POLICY, surface, roles)  # type: ignore[arg-type]  # a dict behind its type
            red = any(cell.wrong for cell in cells(world, surface, may=True))
            monkeypatch.undo()
            tally.add("killed" if red else "survived")
            assert red, surface
