"""Each part that `doctor` looks at, ill and well."""

import socket
from contextlib import closing
from pathlib import Path

import pytest

from exercise.offline.health import Finding, examine
from exercise.service.rehearse import SimulatedClock
from exercise.settings import Settings


def findings(
    settings: Settings, *faults: str, now_ms: int | None = None
) -> dict[str, Finding]:
    clock = None if now_ms is None else SimulatedClock(now_ms)
    found = examine(settings, lambda _: list(faults), clock)
    return {one.subject: one for one in found}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "detente.db").touch()
    return Settings.read(data=tmp_path, port=0)


def test_a_machine_without_a_fault_has_nothing_to_mend(settings: Settings) -> None:
    assert all(one.well for one in findings(settings).values())


def test_a_port_that_somebody_has_is_found(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = findings(Settings.read(data=tmp_path, port=port))["port"]
    assert "DETENTE_PORT" in found.fix


def test_a_clock_from_before_the_program_is_found(settings: Settings) -> None:
    assert "timedatectl" in findings(settings, now_ms=1_000)["clock"].fix


@pytest.mark.parametrize(
    ("fault", "fix"),
    [
        ("cannot be reached: refused", "DETENTE_DATABASE_URL"),
        ("has another version's schema", "detente db upgrade"),
        ("positions of VES have a gap", "detente restore"),
    ],
)
def test_a_database_fault_comes_with_what_mends_it(
    settings: Settings, fault: str, fix: str
) -> None:
    assert fix in findings(settings, fault)["database"].fix


def test_a_folder_that_is_a_file_is_found(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    found = findings(Settings.read(data=file / "data", port=0))
    assert "DETENTE_DATA" in found["data"].fix
