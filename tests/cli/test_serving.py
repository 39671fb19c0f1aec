"""A server that cannot have its database says so in one line and ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.server

# Nobody listens on port 1.
NOWHERE = "postgresql://nobody@127.0.0.1:1/none"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_database_that_is_away_is_said_in_one_line(
    workers: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "exercise", "serve", "--port", "0"]
    told = subprocess.run(
        [*command, "--workers", workers],
        cwd=ROOT,
        env={
            **os.environ,
            "DETENTE_DATA": str(tmp_path),
            "DETENTE_DATABASE_URL": NOWHERE,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 1
    assert len(told.stderr.splitlines()) == 1, told.stderr
    assert "the database cannot be used" in told.stderr
    assert "detente doctor" in told.stderr
