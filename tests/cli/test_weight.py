"""What commands without a server load: no web framework, no green threads."""

import subprocess
import sys
from pathlib import Path

import pytest

from exercise.offline.rehearsing import rehearse
from exercise.resources import INJECTS
from tests.builders import a_scenario

ROOT = Path(__file__).parents[2]
HEAVY = ("flask", "eventlet", "gevent", "socketio", "sqlalchemy", "jinja2", "babel")
PROGRAM = f"""
import sys
from exercise.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    found = sorted(set({HEAVY}) & set(sys.modules))
    print("loaded", *found, file=sys.stderr)
    sys.exit(end.code)
"""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("weight") / "record.jsonl"
    file.write_bytes(b"".join(rehearse(a_scenario()).record))
    return file


def loaded(*words: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    (line,) = [one for one in done.stderr.splitlines() if one.startswith("loaded")]
    return line.split()[1:]


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("check", str(INJECTS / "quiet-harbour")),
        ("rehearse", "quiet-harbour", "--json"),
    ],
    ids=lambda words: words[0],
)
def test_commands_about_scenarios_load_no_server(words: tuple[str, ...]) -> None:
    assert loaded(*words) == []


@pytest.mark.parametrize("command", ["score", "verify"])
def test_commands_about_records_load_no_server(command: str, record: Path) -> None:
    assert loaded(command, str(record)) == []


def test_a_report_loads_templates_and_no_server(record: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "report.html")
    found = loaded("report", str(record), "--format", "html", "-o", out)
    assert not set(found) & {"flask", "eventlet", "gevent", "socketio", "sqlalchemy"}
