"""What people install is whole: the wheel of the sdist, its assets and its licences."""

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import PackageMetadata, distribution, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT

ASSETS = ("templates", "static", "injects")
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("DETENTE_")}

# Needed without being imported by name, each for its reason.
UNSEEN = {
    "simple-websocket": "python-engineio speaks WebSocket through it on threads",
    "tzdata": "zoneinfo reads it where the machine has no zone files",
}
MODULES = {
    "flask-socketio": "flask_socketio",
    "flask-wtf": "flask_wtf",
    "pillow": "PIL",
    "prometheus-client": "prometheus_client",
    "pydantic-settings": "pydantic_settings",
    "python-docx": "docx",
    "python-engineio": "engineio",
    "python-socketio": "socketio",
    "websocket-client": "websocket",
}


def run(*command: str | Path, at: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=at,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    run(
        sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, at=ROOT
    )
    return next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    source = next(folder.iterdir())
    run(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        folder,
        at=source,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an environment that has the wheel, and our libraries by a path file."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder, at=folder)
    site = next(folder.glob("lib/python3*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)  # noqa: S202 - our own wheel, built just now
    ours = Path(next(iter(distribution("click").files or [])).locate().parents[1])
    (site / "libraries.pth").write_text(f"{ours}\n", "utf-8")
    return folder / "bin" / "python"


@pytest.mark.slow
def test_the_wheel_of_the_sdist_holds_every_asset(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    ours = {
        f"exercise/_assets/{file.relative_to(ROOT)}"
        for folder in ASSETS
        for file in (ROOT / folder).rglob("*")
        if file.is_file()
    }
    assert ours <= packed
    assert not {name for name in packed if name.startswith(("tests/", "bench/"))}


@pytest.mark.slow
def test_an_installed_copy_finds_its_assets_from_any_folder(
    installed: Path, tmp_path: Path
) -> None:
    said = run(
        installed,
        "-c",
        "from exercise import resources as r;"
        "print(r.__file__); print(len(r.scenario_folders()));"
        "print(r.TEMPLATES.is_dir() and r.STATIC.is_dir() and r.LOCALE.is_dir())",
        at=tmp_path,
    ).split()
    assert not Path(said[0]).is_relative_to(ROOT)
    assert int(said[1]) >= 1
    assert said[2] == "True"


@pytest.mark.slow
def test_an_installed_copy_answers_for_help_from_any_folder(
    installed: Path, tmp_path: Path
) -> None:
    said = run(installed, "-m", "exercise", "--help", at=tmp_path)
    assert "Usage" in said


@pytest.mark.slow
def test_every_dependency_is_used(dependencies: list[Requirement]) -> None:
    source = "\n".join(
        file.read_text("utf-8") for file in (ROOT / "exercise").rglob("*.py")
    )
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", source, re.MULTILINE))
    unused = {
        each.name
        for each in dependencies
        if MODULES.get(each.name, each.name) not in imported
    }
    assert unused == set(UNSEEN)


def licence_of(package: PackageMetadata) -> str:
    """Return the licence as the package states it, in the newest of three ways."""
    stated = package.get("License-Expression") or ""
    if stated:
        return stated
    named = [
        each.rpartition(" :: ")[2]
        for each in package.get_all("Classifier") or []
        if each.startswith("License :: ")
    ]
    short = str(package.get("License") or "").partition("\n")[0].strip()
    return "; ".join(named) or short


def test_third_party_names_every_dependency_with_its_licence(
    dependencies: list[Requirement],
) -> None:
    page = (ROOT / "THIRD-PARTY.md").read_text("utf-8")
    rows = set(re.findall(r"^\| ([\w.-]+) \| ([^|]+?) \|", page, re.MULTILINE))
    stated = {(each.name, licence_of(metadata(each.name))) for each in dependencies}
    assert rows - {("Package", "Licence"), ("---", "---")} == stated
