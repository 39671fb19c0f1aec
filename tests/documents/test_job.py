"""Reports ordered from a process of their own, and what an edition leaves out."""

import subprocess
import sys
from pathlib import Path

import pytest

from exercise.documents import formats
from exercise.documents.job import Order, Progress, command, progress
from exercise.documents.preview import left_out
from exercise.engine import jobs
from exercise.offline.records import read_file
from exercise.offline.reports import the_report
from exercise.words import words_in
from tests.conftest import ROOT
from tests.documents.conftest import Printed


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_job_tells_how_far_it_is_and_makes_the_same_bytes(
    record_file: Path, tmp_path: Path, form: str
) -> None:
    output = tmp_path / "made"
    said: list[str] = []
    edition = "delegation:HGA"
    order = Order(record=record_file, output=output, form=form, edition=edition)
    assert jobs.run(command(order), said.append) == 0
    told = [progress(line) for line in said]
    assert [one.percent for one in told if one] == [5, 15, 40, 100]
    value = the_report(read_file(record_file), edition)
    assert output.read_bytes() == formats.render(value, formats.Wish(form=form))


def test_a_page_beside_the_review_links_there(
    record_file: Path, tmp_path: Path
) -> None:
    output = tmp_path / "page.html"
    order = Order(record=record_file, output=output, form="html", review="/review/e")
    assert jobs.run(command(order), lambda _line: None) == 0
    page = output.read_text("utf-8")
    assert 'href="/review/e#entry-' in page
    assert 'rel="stylesheet"' in page
    assert "<style" not in page


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("40 Writing the report", Progress(40, "Writing the report")),
        ("", None),
        ("warning: 40", None),
        ("101 too much", None),
    ],
)
def test_a_line_is_progress_or_it_is_not(said: str, told: Progress | None) -> None:
    assert progress(said) == told


def detente(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "exercise", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_a_digest_and_what_is_left_out(
    record_file: Path, tmp_path: Path
) -> None:
    output = tmp_path / "annex.xlsx"
    edition = ("--edition", "delegation:VES", "--preview")
    done = detente("report", record_file, "--format", "xlsx", *edition, "-o", output)
    assert done.returncode == 0, done.stderr
    assert "left out: Response times, " in done.stdout
    assert "SHA-256 " in done.stdout
    assert output.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    "wrong",
    [
        ("--edition", "delegation:NOBODY"),
        ("--language", "xx"),
        ("--template", "README.md"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    record_file: Path, tmp_path: Path, wrong: tuple[str, str]
) -> None:
    output = tmp_path / "out"
    done = detente("report", record_file, "--format", "html", *wrong, "-o", output)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert not output.exists()


def test_a_preview_counts_what_goes(printed: Printed) -> None:
    words, full = words_in("en"), printed.value("full")
    gone = {
        one.kind: (one.left_out, one.of)
        for one in left_out(words, full, printed.value("anonymous"))
    }
    assert gone["names"][0] == gone["names"][1] == 8
    assert gone["notes"] == (1, 1)
    assert gone["asides"] == (1, 1)
    assert gone["contributions"][0] == gone["contributions"][1] > 0
    assert gone["delegations"] == (8, 8)
    assert gone["responses"][0] == 0


def test_the_full_edition_leaves_nothing_out(printed: Printed) -> None:
    full = printed.value("full")
    assert not [one for one in left_out(words_in("en"), full, full) if one.left_out]
