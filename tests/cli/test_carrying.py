"""A run opened from an earlier one has what that one's improvement plan left open."""

import json
from pathlib import Path

import pytest

from exercise.domain import events as e
from exercise.offline.rehearsing import rehearse
from tests.builders import a_scenario
from tests.cli.conftest import Run
from tests.documents.planted import STAFF, a_line


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """Give a record that ends with a finding and two lines of a plan."""
    first, *lines, last = rehearse(a_scenario()).record
    seen = json.loads(lines[-1])
    told: tuple[e.Event, ...] = (
        e.FindingWritten(
            finding="late", sort="improvement", title="Late", observation="They waited."
        ),
        e.PlanWritten(finding="late", action="Drill", owner="MFA", due="2031-04-30"),
        e.PlanWritten(finding="late", action="Second line", owner="CERT", due=""),
    )
    more = [a_line(seen, at, one, "eva", STAFF) for at, one in enumerate(told, 1)]
    file = tmp_path / "earlier.jsonl"
    lines += [json.dumps(one).encode() + b"\n" for one in more]
    file.write_bytes(b"".join((first, *lines, last)))
    return file


def opened(run: Run, *more: str) -> str:
    words = ("open", "ping", "--title", "Autumn run", "--json", *more)
    return str(json.loads(run(*words).stdout)["exercise"])


def report(run: Run, source: str, file: Path) -> dict[str, object]:
    run("report", source, "--format", "json", "-o", str(file))
    told = json.loads(file.read_text("utf-8"))
    assert isinstance(told, dict)
    return told


def test_a_run_opened_from_a_record_has_its_open_lines(
    run: Run, earlier: Path, tmp_path: Path
) -> None:
    exercise = opened(run, "--from", str(earlier))
    told = report(run, exercise, tmp_path / "report.json")
    lines = told["carried"]
    assert isinstance(lines, list)
    assert [(x["action"], x["owner"], x["due"], x["status"]) for x in lines] == [
        ("Drill", "MFA", "2031-04-30", "open"),
        ("Second line", "CERT", "", "open"),
    ]
    assert {one["area"] for one in lines} == {"Late"}
    assert {one["source"] for one in lines} == {a_scenario().title}


def test_a_run_opened_from_that_run_has_them_again(
    run: Run, earlier: Path, tmp_path: Path
) -> None:
    once = opened(run, "--from", str(earlier))
    twice = opened(run, "--from", once)
    first = report(run, once, tmp_path / "once.json")["carried"]
    second = report(run, twice, tmp_path / "twice.json")["carried"]
    assert isinstance(first, list)
    assert isinstance(second, list)
    assert len(second) == 2
    for one in (*first, *second):
        one.pop("entry")
    assert first == second


def test_a_run_opened_from_nothing_has_none(run: Run, tmp_path: Path) -> None:
    assert report(run, opened(run), tmp_path / "report.json")["carried"] == []


def test_a_run_that_is_not_there_is_refused_in_one_line(run: Run) -> None:
    told = run("open", "ping", "--title", "T", "--from", "nowhere", says=1)
    assert len(told.stderr.splitlines()) == 1
