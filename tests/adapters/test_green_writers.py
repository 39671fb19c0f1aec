"""On green threads nothing yields inside a SQLite write transaction."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("green_writers.py")


@pytest.mark.slow
def test_nothing_yields_between_begin_and_commit(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.adapters.green_writers", str(tmp_path / "g.db")],
        cwd=SCRIPT.parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 0, told.stderr
    writes, switches, inside = map(int, told.stdout.split())
    assert writes > 40
    assert switches > 200
    assert inside == 0
