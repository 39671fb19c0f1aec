"""`detente fork`: a record taken up at a moment, and what it says of itself."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exercise.adapters.proof.verifier import verify
from exercise.cli import main
from exercise.offline.rehearsing import rehearse
from tests.builders import a_scenario


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("fork") / "record.jsonl"
    file.write_bytes(b"".join(rehearse(a_scenario()).record))
    return file


def fork(record: Path, output: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["fork", str(record), "-o", str(output), *more])


def test_a_fork_is_a_whole_record_that_says_whose_it_is(
    record: Path, tmp_path: Path
) -> None:
    output = tmp_path / "fork.jsonl"
    before = record.read_bytes()
    told = fork(record, output, "--at", "T+0:30", "--robots", "silent", "--json")
    assert told.exit_code == 0, told.output
    lines = output.read_bytes().splitlines(keepends=True)
    first, origin = json.loads(lines[0]), json.loads(before.splitlines()[0])
    assert first["exercise"] != origin["exercise"]
    assert first["rehearsal"]["fork_of"] == origin["exercise"]
    assert first["rehearsal"]["fork_at_ms"] == 30 * 60_000
    assert first["rehearsal"]["robots"] == "silent"
    verdict = verify(iter(lines))
    assert (verdict.ok, verdict.rehearsal) == (True, True)
    assert record.read_bytes() == before
    assert json.loads(told.stdout)["fork_of"] == origin["exercise"]


def test_falling_silent_half_way_costs(record: Path, tmp_path: Path) -> None:
    points = []
    for robots in ("silent", "cooperative"):
        told = fork(
            record, tmp_path / robots, "--at", "T+0:30", "--robots", robots, "--json"
        )
        points.append(json.loads(told.stdout)["headline"])
    assert points[0] < points[1]


def test_the_same_fork_is_the_same_to_the_byte(record: Path, tmp_path: Path) -> None:
    made = [tmp_path / "one", tmp_path / "two"]
    for one in made:
        assert fork(record, one, "--at", "T+0:20").exit_code == 0
    assert made[0].read_bytes() == made[1].read_bytes()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--at", "half past"), 2),
        (("--at", "T+99:00"), 1),
        (("--at", "T+0:10", "--robots", "heroic"), 2),
    ],
)
def test_what_cannot_be_forked_is_refused_in_one_line(
    record: Path, tmp_path: Path, more: tuple[str, ...], code: int
) -> None:
    told = fork(record, tmp_path / "none", *more)
    assert told.exit_code == code
    assert len(told.stderr.splitlines()) == 1
    assert not (tmp_path / "none").exists()
