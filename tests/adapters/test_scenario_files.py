"""A scenario is read whole, or everything that is wrong with it is said at once."""

import re
from collections.abc import Callable
from dataclasses import is_dataclass
from pathlib import Path

import pytest

from exercise.adapters.scenario_files import (
    Problem,
    ScenarioRefused,
    check,
    find,
    library,
    load,
)
from exercise.adapters.scenario_files.shape import authored
from exercise.adapters.scenario_files.times import milliseconds, point
from exercise.domain import scenario as schema
from exercise.domain.conditions import NUMBERS, SIGNATURES
from exercise.resources import INJECTS
from exercise.words.blocks import HEADERS
from tests.adapters.planted_faults import DRAFT, FAULTS, MAIN, WIPER, Fault
from tests.adapters.scenario_text import FILES

Author = Callable[..., Path]
AUTHORED = [
    kind
    for name in schema.__all__
    if isinstance(kind := getattr(schema, name), type) and is_dataclass(kind)
]


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Write the small scenario with some of its text exchanged."""

    def write(*changes: tuple[str, str, str]) -> Path:
        files = dict(FILES)
        for file, old, new in changes:
            assert old in files[file], f"{old} is not in {file}"
            files[file] = files[file].replace(old, new, 1)
        folder = tmp_path / "small"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
        return folder

    return write


def problem(problems: list[Problem], file: str, key: str) -> Problem:
    found = [one for one in problems if (one.file, one.key) == (file, key)]
    assert found, f"nothing at {file} {key} in {[str(one) for one in problems]}"
    return found[0]


def test_a_whole_scenario_is_read_into_frozen_values(author: Author) -> None:
    scenario = load(author())
    draft = scenario.inject("draft")
    assert draft is not None
    assert draft.at_ms == 1_830_000
    assert draft.audience == ("VES", "KAS")
    assert draft.obligations[0].target_ms == 90_000
    assert scenario.texts[0].commitment_due_ms == 7_200_000
    assert scenario.topics[0].windows[0].end_ms == 2_400_000
    with pytest.raises(AttributeError):
        draft.at_ms = 5  # type: ignore[misc]


def test_a_target_that_is_left_out_is_half_of_the_deadline(author: Author) -> None:
    obligation = load(author()).injects[0].obligations[0]
    assert obligation.target_ms * 2 == obligation.deadline_ms == 1_200_000


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_with_file_key_and_nearest_name(
    author: Author, fault: Fault
) -> None:
    problems = check(author(fault[:3]))
    found = problem(problems, fault.where, fault.key)
    assert found.nearest == fault.near
    assert "{" not in found.reason
    assert found.reason in str(found)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_scenario_is_never_loaded(author: Author, fault: Fault) -> None:
    with pytest.raises(ScenarioRefused) as refusal:
        load(author(fault[:3]))
    assert (fault.where, fault.key) in {
        (one.file, one.key) for one in refusal.value.problems
    }
    assert fault.near in str(refusal.value)


def test_what_may_be_meant_is_a_warning_and_is_played(author: Author) -> None:
    folder = author((DRAFT, 'released("wiper") and not', 'released("wiper") or not'))
    assert not [one for one in check(folder) if one.warning]
    folder = author((DRAFT, 'released("wiper") and', "rung >= 0 and"))
    (found,) = check(folder)
    assert (found.file, found.key, found.warning) == (DRAFT, "when", True)
    assert ": warning: rung >= 0 is always true" in str(found)
    assert load(folder).inject("draft")


def test_no_fault_hides_another(author: Author) -> None:
    folder = author(
        (MAIN, 'title = "Small"\n', ""),
        (MAIN, 'holder = "VES"', 'holder = "VSE"'),
        (MAIN, 'kind = "media"', 'kind = "medium"'),
        (MAIN, "organ = 40", "organ = 41"),
        (WIPER, '"poc_message"', '"poc_mesage"'),
        (DRAFT, 'released("wiper")', 'relesed("wiper")'),
        (DRAFT, 'channel = "cable"', 'channel = "cabel"'),
    )
    (folder / "03-broken.toml").write_text("id = ", "utf-8")
    (folder / "closing.toml").write_text('id = "closing"', "utf-8")
    problems = check(folder)
    places = {(one.file, one.key) for one in problems}
    assert places >= {
        (MAIN, "title"),
        (MAIN, "items.hashes.holder"),
        (MAIN, "delegations.MED.kind"),
        (MAIN, "probes.P1.reference"),
        (WIPER, "obligations[1].instruments"),
        (DRAFT, "channel"),
        ("03-broken.toml", ""),
        ("closing.toml", ""),
    }


def test_help_that_is_promised_can_be_offered_with_the_form(author: Author) -> None:
    folder = author(
        (MAIN, 'types = ["logistics"]', 'types = ["logistics", "moral"]'),
        (MAIN, 'type = "logistics"', 'type = "moral"'),
    )
    assert problem(check(folder), MAIN, "assistance.relief.type")


def test_one_unreadable_part_brings_no_complaint_about_what_points_at_it(
    author: Author,
) -> None:
    problems = check(author((WIPER, 'channel = "tech"', 'channel = "teck"')))
    assert [(one.file, one.key) for one in problems] == [(WIPER, "channel")]


def test_a_folder_without_a_scenario_says_so(tmp_path: Path) -> None:
    assert ("scenario.toml", "") in {(one.file, one.key) for one in check(tmp_path)}


def test_injects_do_not_stand_in_the_scenario_file(author: Author) -> None:
    folder = author((MAIN, 'id = "small"', 'id = "small"\ninjects = []'))
    assert problem(check(folder), MAIN, "injects")


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("at", "T+0:16", 960_000),
        ("start", "T+1:02:03", 3_723_000),
        ("window", "20m", 1_200_000),
        ("deadline", "1h30m", 5_400_000),
        ("target", "90s", 90_000),
        ("at", "20m", None),
        ("window", "T+0:20", None),
        ("at", "T+0:60", None),
        ("window", "", None),
        ("window", "20", None),
    ],
)
def test_points_and_lengths_are_written_apart(
    key: str, text: str, expected: int | None
) -> None:
    assert milliseconds(key, text) == expected
    if expected is not None and text.startswith("T+"):
        assert point(expected) == text


def test_the_library_lists_what_can_be_opened(author: Author, tmp_path: Path) -> None:
    folder = author()
    (tmp_path / "not-a-scenario").mkdir()
    (listed,) = library([tmp_path])
    assert (listed.title, listed.folder) == ("Small", folder)
    assert listed.summary == "Two States and a newspaper."
    assert library([folder]) == [listed]
    assert find("small", [tmp_path]) == folder
    assert find(str(folder), []) == folder
    assert find("nowhere", [tmp_path]) is None


FORMAT = Path(__file__).parents[2] / "docs" / "scenario-format.md"


def described(name: str) -> str:
    """Return the section of the format's page that describes a dataclass."""
    sections = re.split(r"\n#{2,3} ", FORMAT.read_text("utf-8"))
    titled = {
        found[1]: section
        for section in sections
        if (found := re.search(r"`([A-Z]\w+)`", section.splitlines()[0]))
    }
    # A value is two words and stands with the topic whose answers they are.
    return titled["Topic" if name == "Value" else name]


@pytest.mark.parametrize("kind", AUTHORED, ids=lambda one: one.__name__)
def test_every_field_is_described_with_an_example(kind: type) -> None:
    section = described(kind.__name__)
    for key in authored(kind):
        assert f"`{key}`" in section, key
        if key not in {"injects", "variants"}:
            assert re.search(rf"`(\[\[)?{key}(\]\]| = )", section), key


def test_every_fact_of_a_condition_is_described() -> None:
    page = FORMAT.read_text("utf-8")
    for name in (*SIGNATURES, *NUMBERS, "rung"):
        assert f"| `{name}` |" in page


def test_every_header_line_is_described() -> None:
    page = FORMAT.read_text("utf-8")
    readme = (INJECTS / "README.md").read_text("utf-8")
    for name in HEADERS:
        assert f"`{name}`" in page
        assert f"`{name}:`" in readme
