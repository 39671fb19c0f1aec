"""Commands run as people type them, on a database of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import CliRunner, Result

from exercise.cli import main

Run: TypeAlias = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give what runs a command and holds it to its exit code and one line of error."""
    monkeypatch.setenv("DETENTE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DETENTE_PORT", "0")
    monkeypatch.delenv("DETENTE_DATABASE_URL", raising=False)
    monkeypatch.delenv("DETENTE_INJECTS", raising=False)

    def told(*words: str | Path, says: int = 0, answer: str | None = None) -> Result:
        typed = [str(one) for one in words]
        result = CliRunner().invoke(main, typed, input=answer)
        assert result.exit_code == says, result.output
        if says:
            assert len(result.stderr.splitlines()) == 1, "one line with the fix"
            assert result.stderr.startswith("detente: ")
        return result

    return told
