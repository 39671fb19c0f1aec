"""CSV, STIX 2.1 and xAPI: whole, marked, reproducible and without anybody's name."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import stix2
from click.testing import CliRunner

from exercise.adapters.record import Record, read_record
from exercise.cli import main
from exercise.documents.interchange.csv import COLUMNS
from exercise.documents.interchange.stix import EXERCISE, TLP
from exercise.domain.events import MemberNamed
from exercise.offline.interchange import FORMS, interchange
from exercise.offline.rehearsing import rehearse
from tests.builders import a_scenario
from tests.random_runs import scenario

STIX_ID = re.compile(r"[a-z-]+--[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def lines() -> tuple[bytes, ...]:
    return rehearse(a_scenario()).record


@pytest.fixture(scope="module")
def record(lines: tuple[bytes, ...]) -> Record:
    return read_record(lines)


def made(record: Record, form: str) -> str:
    return b"".join(interchange(record, form)).decode()


def refs(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from refs(one)
    elif isinstance(value, list):
        for one in value:
            yield from refs(one)
    elif isinstance(value, str) and STIX_ID.fullmatch(value):
        yield value


@pytest.mark.parametrize("form", FORMS)
def test_the_same_record_gives_the_same_bytes_and_nobodys_name(
    record: Record, form: str
) -> None:
    text = made(record, form)
    assert text == made(record, form)
    named = [x.event.name for x in record.entries if isinstance(x.event, MemberNamed)]
    assert named
    assert not [one for one in named if one in text]


def test_the_table_has_a_line_an_entry(record: Record) -> None:
    rows = list(csv.DictReader(io.StringIO(made(record, "csv"))))
    kinds = [one.event.KIND for one in record.entries]
    left = [one for one in kinds if one not in {"checkpoint", "member_named"}]
    assert [one["kind"] for one in rows] == left
    assert set(rows[0]) == set(COLUMNS)
    assert all(one["what"] for one in rows)


def test_a_spreadsheet_takes_no_cell_for_a_formula(record: Record) -> None:
    for row in csv.reader(io.StringIO(made(record, "csv"))):
        assert not [one for one in row if one.startswith(("=", "+", "-", "@"))]


def test_every_object_of_the_bundle_says_that_it_is_an_exercise(record: Record) -> None:
    bundle = json.loads(made(record, "stix"))
    assert bundle["type"] == "bundle"
    marking, *others = bundle["objects"]
    assert marking["definition"]["statement"] == EXERCISE
    for one in others:
        assert one["spec_version"] == "2.1"
        assert one["labels"] == ["exercise"]
        assert marking["id"] in one["object_marking_refs"]
        assert (one.get("name") or one["abstract"]).startswith("EXERCISE ")


def test_every_reference_of_the_bundle_is_in_it(record: Record) -> None:
    bundle = json.loads(made(record, "stix"))
    known = {one["id"] for one in bundle["objects"]} | {bundle["id"]} | {*TLP.values()}
    assert set(refs(bundle)) <= known
    assert len(known) > len(TLP) + 8


def test_a_labelled_paper_keeps_its_label(record: Record) -> None:
    bundle = json.loads(made(record, "stix"))
    notes = [one for one in bundle["objects"] if one["type"] == "note"]
    labelled = [one for one in notes if "TLP:AMBER" in one["content"]]
    assert labelled
    assert all(TLP["AMBER"] in one["object_marking_refs"] for one in labelled)


def test_statements_are_by_members_of_delegations_with_ids_of_their_own(
    record: Record,
) -> None:
    found = [json.loads(one) for one in made(record, "xapi").splitlines()]
    assert found
    assert len({UUID(one["id"]) for one in found}) == len(found)
    for one in found:
        assert {"actor", "verb", "object", "timestamp"} <= set(one)
        assert one["actor"]["account"]["name"]
        assert one["verb"]["id"].startswith("http")


@pytest.mark.parametrize("form", FORMS)
def test_the_command_writes_each_form_of_a_record_file(
    lines: tuple[bytes, ...], tmp_path: Path, form: str
) -> None:
    source, output = tmp_path / "record.jsonl", tmp_path / "out"
    source.write_bytes(b"".join(lines))
    told = CliRunner().invoke(
        main, ["export", str(source), "--format", form, "-o", str(output)]
    )
    assert told.exit_code == 0, told.output
    assert output.read_bytes() == b"".join(interchange(read_record(lines), form))


def test_a_bundle_is_of_the_record_alone(tmp_path: Path) -> None:
    words = ["export", "x", "--bundle", "--format", "csv", "-o", str(tmp_path / "x")]
    assert CliRunner().invoke(main, words).exit_code == 2


@pytest.mark.parametrize("name", ["small", "ping", "quiet-harbour"])
def test_a_stix_bundle_is_what_the_standards_own_library_takes(name: str) -> None:
    """Strictly: no property of our own, each object as STIX 2.1 wants it."""
    played = rehearse(scenario(name))
    text = made(read_record(played.record), "stix")
    bundle = stix2.parse(text, allow_custom=False, version="2.1")
    kinds = Counter(type(one).__name__ for one in bundle.objects)
    assert kinds["Note"] > 3
    assert kinds["Report"] == 1
    assert kinds["MarkingDefinition"] == 1
    assert kinds["Identity"] > 3
    # What it would write says the same as what we wrote.
    again = json.loads(bundle.serialize())
    assert {one["id"] for one in again["objects"]} == {
        one["id"] for one in json.loads(text)["objects"]
    }
