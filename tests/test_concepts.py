"""docs/concepts.md against the code: nothing in it is a label alone."""

import re
from dataclasses import dataclass
from functools import cache

import pytest

from exercise.domain.acts import INSTRUMENTS
from exercise.domain.commands import WIRE_TYPES
from exercise.domain.events import KINDS
from exercise.resources import TEMPLATES
from tests.conftest import ROOT

DOCUMENT = ROOT / "docs" / "concepts.md"
COUNTS = {"ACT": 9, "SCP": 9, "INS": 23, "CH": 6, "CS": 3, "PS": 6}
IDS = [f"{family}-{n + 1}" for family, most in COUNTS.items() for n in range(most)]
COLUMNS = ("id", "concept", "screen", "command", "entry", "test", "how far")


@dataclass(frozen=True)
class Row:
    """One concept and what makes it real."""

    cells: dict[str, str]

    def named(self, column: str) -> list[str]:
        return re.findall(r"`([^`]+)`", self.cells[column])


@cache
def rows() -> dict[str, Row]:
    found: dict[str, Row] = {}
    for line in DOCUMENT.read_text("utf-8").splitlines():
        cells = [one.strip() for one in line.strip("|").split("|")]
        if re.fullmatch(r"[A-Z]+-\d+", cells[0]):
            assert cells[0] not in found, cells[0]
            found[cells[0]] = Row(dict(zip(COLUMNS, cells, strict=True)))
    return found


def test_every_concept_has_its_row_and_no_other_is_claimed() -> None:
    assert sorted(rows()) == sorted(IDS)


@pytest.mark.parametrize("concept", IDS)
def test_what_a_concept_names_is_there(concept: str) -> None:
    row = rows()[concept]
    for screen in row.named("screen"):
        assert (TEMPLATES / screen).is_file(), screen
    for command in row.named("command"):
        type_, _, instrument = command.rstrip(")").partition("(")
        assert type_ in WIRE_TYPES, command
        assert not instrument or instrument in INSTRUMENTS, command
    assert set(row.named("entry")) <= set(KINDS)


@pytest.mark.parametrize("concept", IDS)
def test_a_concept_rests_on_a_test_that_exists(concept: str) -> None:
    tests = rows()[concept].named("test")
    assert tests
    for one in tests:
        file, _, name = one.partition("::")
        text = (ROOT / "tests" / file).read_text("utf-8")
        assert re.search(rf"^def {name}\(", text, re.MULTILINE), one


@pytest.mark.parametrize("concept", IDS)
def test_a_concept_says_how_far_it_goes(concept: str) -> None:
    assert re.match(r"(whole|partly: .+)", rows()[concept].cells["how far"])


def test_every_instrument_stands_in_one_of_the_rows() -> None:
    named = {
        one.partition("(")[2].rstrip(")")
        for row in rows().values()
        for one in row.named("command")
    }
    acted = {one.id for one in INSTRUMENTS.values() if one.command == "act"}
    assert not acted - named
