"""An answer is waited for alike on every engine."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("loop", ["eventlet", "gevent", "threading"])
def test_an_answer_comes_in_time_or_patience_ends(loop: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.service.tickets", loop],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 0, told.stderr
