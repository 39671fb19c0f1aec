"""docs/security.md and docs/asvs.md against the tests: no promise without one."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

SECURITY, ASVS = ROOT / "docs" / "security.md", ROOT / "docs" / "asvs.md"
THREATS = range(1, 31)
# The requirements of levels 1 and 2, by section: how many there are, from 1 on; those
# of level 3 follow them in each section.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
    "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
IDS = [f"{section}.{n + 1}" for section, most in SECTIONS.items() for n in range(most)]
TEST = re.compile(r"`([a-z0-9_/]+\.py)::(test_\w+)`")


def rows(document: Path, first: str) -> list[list[str]]:
    """Return the cells of every line of a table whose first cell is of this form."""
    found = []
    for line in document.read_text("utf-8").splitlines():
        cells = [one.strip() for one in line.strip().strip("|").split(" | ")]
        if line.startswith("|") and re.fullmatch(first, cells[0]):
            found.append(cells)
    return found


@cache
def threats() -> dict[int, list[str]]:
    return {int(cells[0]): cells for cells in rows(SECURITY, r"\d+")}


@cache
def requirements() -> dict[str, list[str]]:
    """Return the row of each requirement; a row may speak of several in a line."""
    found: dict[str, list[str]] = {}
    for cells in rows(ASVS, r"\d+\.\d+\.\d+(–\d+\.\d+\.\d+)?"):
        first, _, last = cells[0].partition("–")
        start, end = IDS.index(first), IDS.index(last or first)
        for id_ in IDS[start : end + 1]:
            assert id_ not in found, id_
            found[id_] = cells
    return found


def is_there(file: str, name: str) -> bool:
    text = (ROOT / "tests" / file).read_text("utf-8")
    return bool(re.search(rf"^def {name}\(", text, re.MULTILINE))


def test_every_threat_has_its_row_with_four_cells() -> None:
    assert sorted(threats()) == list(THREATS)
    assert len(rows(SECURITY, r"\d+")) == len(THREATS)
    assert all(len(cells) == 4 for cells in threats().values())


@pytest.mark.parametrize("number", THREATS)
def test_a_threat_is_held_by_a_test_that_exists(number: int) -> None:
    _, threat, defence, held = threats()[number]
    assert threat
    assert defence
    named = TEST.findall(held)
    assert named or held.startswith("nothing to hold:")
    for file, name in named:
        assert is_there(file, name), f"{file}::{name}"


def test_every_requirement_of_levels_one_and_two_has_its_row_and_no_other() -> None:
    assert len(IDS) == 253
    assert sorted(requirements()) == sorted(IDS)


@pytest.mark.parametrize("id_", IDS)
def test_a_requirement_is_met_by_a_test_or_says_why_not(id_: str) -> None:
    _, wording, held = requirements()[id_]
    assert wording
    named = TEST.findall(held)
    for file, name in named:
        assert is_there(file, name), f"{file}::{name}"
    reasoned = re.match(r"(not applicable|open|by reading): .{10,}", held)
    assert named or reasoned, held


def test_what_is_counted_in_the_checklist_is_what_it_says() -> None:
    text = ASVS.read_text("utf-8")
    sorts = {"test": 0, "not applicable": 0, "open": 0, "by reading": 0}
    for cells in requirements().values():
        sort = cells[2].partition(":")[0]
        sorts[sort if sort in sorts else "test"] += 1
    for sort, count in sorts.items():
        assert f"| {sort} | {count} |" in text, (sort, count)
