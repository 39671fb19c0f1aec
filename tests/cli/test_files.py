"""Files of a scenario by the commands: taken in at opening, exported, verified."""

import json
from pathlib import Path
from shutil import copytree, rmtree
from zipfile import ZipFile

import pytest

from exercise.offline.store import Store, open_store
from exercise.resources import INJECTS
from exercise.settings import Settings
from tests.cli.conftest import Run

SHIPPED = INJECTS / "quiet-harbour"
FILES = {one.name: one.read_bytes() for one in (SHIPPED / "papers").iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of Quiet Harbour that may be changed and thrown away."""
    return Path(copytree(SHIPPED, tmp_path / "quiet-harbour"))


def opened(run: Run, folder: Path) -> str:
    told = run("open", str(folder), "--title", "Tuesday", "--json")
    return str(json.loads(told.stdout)["exercise"])


def held(store: Store, exercise: str) -> dict[str, bytes]:
    return {
        one.name: b"".join(store.papers.parts(exercise, digest))
        for digest, one in store.papers.held(exercise).items()
    }


def test_an_open_exercise_needs_no_folder(run: Run, folder: Path) -> None:
    exercise = opened(run, folder)
    rmtree(folder)
    with open_store(Settings.read()) as store:
        assert held(store, exercise) == FILES


def test_a_file_that_is_none_is_refused_with_file_and_key(
    run: Run, folder: Path
) -> None:
    (folder / "papers" / "loader-note.pdf").write_text("<script>alert(1)</script>")
    for words in (("check", str(folder)), ("open", str(folder), "--title", "No")):
        told = run(*words, says=1)
        assert "items.loader-hashes.attachments[1]" in told.output
    with open_store(Settings.read()) as store:
        assert not store.timeline.exercises()


def test_a_bundle_holds_what_the_scenario_came_with(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    exercise = opened(run, folder)
    run("export", exercise, "--bundle", "-o", str(tmp_path / "all.zip"))
    with ZipFile(tmp_path / "all.zip") as bundle:
        names = [one for one in bundle.namelist() if one.startswith("papers/")]
        assert sorted(map(bundle.read, names)) == sorted(FILES.values())
        bundle.extractall(tmp_path / "out")
    record = tmp_path / "out" / "record.jsonl"
    assert f"{len(FILES)} of {len(FILES)} files" in run("verify", str(record)).stdout
    file = tmp_path / "out" / names[0]
    file.write_bytes(file.read_bytes() + b"\x00")
    assert names[0] in run("verify", str(record), says=1).stderr


def test_a_purge_leaves_no_file(run: Run, folder: Path) -> None:
    exercise = opened(run, folder)
    run("purge", exercise, "--yes")
    with open_store(Settings.read()) as store:
        assert not store.papers.held(exercise)
