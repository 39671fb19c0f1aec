"""`detente trends`: runs in a table, compared where they can be."""

import json
from pathlib import Path

import pytest

from exercise.adapters.finished import run_from, run_json
from exercise.offline.forking import fork_record
from exercise.offline.records import read_file
from exercise.offline.rehearsing import rehearse
from exercise.offline.trends import run_of
from tests.builders import a_scenario
from tests.cli.conftest import Run


def record(folder: Path, robots: str, seed: int = 1) -> Path:
    file = folder / f"{robots}-{seed}.jsonl"
    file.write_bytes(b"".join(rehearse(a_scenario(), robots=robots, seed=seed).record))
    return file


def test_two_runs_of_one_scenario_are_compared(run: Run, tmp_path: Path) -> None:
    files = record(tmp_path, "silent"), record(tmp_path, "cooperative")
    (series,) = json.loads(run("trends", *files, "--json").stdout)["series"]
    assert len(series["runs"]) == 2
    (gap,) = series["gaps"]
    first, second = (one["headline"] for one in series["runs"])
    assert gap["points"] == pytest.approx(second - first)
    assert not gap["within_noise"]
    told = run("trends", *files).stdout
    assert "of 100" in told
    assert "within noise" not in told


def test_equal_runs_are_within_noise(run: Run, tmp_path: Path) -> None:
    files = [record(tmp_path, "slow", seed) for seed in (1, 2)]
    assert "within noise" in run("trends", *files).stdout


def test_a_fork_is_shown_apart(run: Run, tmp_path: Path) -> None:
    file, other = record(tmp_path, "cooperative"), tmp_path / "fork.jsonl"
    played = fork_record(read_file(file), 20 * 60_000)
    other.write_bytes(b"".join(played.record))
    told = json.loads(run("trends", file, other, "--json").stdout)["series"]
    assert [len(one["runs"]) for one in told] == [1, 1]
    assert sorted(bool(one["fork_of"]) for one in told) == [False, True]


def test_without_sources_it_reads_what_has_ended(run: Run) -> None:
    run("open", "ping", "--title", "Not yet")
    assert run("trends").stdout == "No exercise has ended yet.\n"


def test_a_run_survives_its_line_of_json(tmp_path: Path) -> None:
    found = run_of(read_file(record(tmp_path, "leaky")))
    assert found is not None
    assert run_from(json.loads(json.dumps(run_json(found)))) == found
