"""No installed package is older than the release that closed a known hole in it."""

import re
import sys
from importlib.metadata import PackageNotFoundError, version

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.conftest import ROOT

# What stands beside each floor is what an older release lets in.
FLOORS = {
    "python-socketio": "5.16.3",  # CVE-2025-61765 pickle; CVE-2026-48804 attachments
    "python-engineio": "4.13.2",  # CVE-2026-48802 threads; CVE-2026-48809 payloads
    "eventlet": "0.40.3",  # CVE-2025-58068 smuggling by trailers
    "gevent": "25.4.1",  # smuggling by 100-continue; CVE-2023-41419
    "flask": "3.1.3",  # CVE-2026-27205 Vary; CVE-2025-47278 key rotation
    "werkzeug": "3.1.6",  # CVE-2026-27199 device names; CVE-2025-66221
    "jinja2": "3.1.6",  # CVE-2025-27516 sandbox
}
LOCKED = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)


def locked(file: str) -> dict[str, str]:
    return dict(LOCKED.findall((ROOT / "requirements" / file).read_text("utf-8")))


@pytest.mark.parametrize("package", FLOORS)
def test_what_is_installed_and_locked_is_not_older_than_its_floor(package: str) -> None:
    floor = Version(FLOORS[package])
    assert Version(version(package)) >= floor
    assert Version(locked("runtime.txt")[package]) >= floor


@pytest.mark.parametrize("package", FLOORS)
def test_the_project_asks_for_the_floor_too(
    package: str, dependencies: list[Requirement]
) -> None:
    asked = next(each for each in dependencies if each.name == package)
    assert not asked.specifier.contains("0.0.1")
    lowest = min(Version(each.version) for each in asked.specifier)
    assert lowest >= Version(FLOORS[package])


def test_the_locks_agree_with_each_other() -> None:
    runtime, everything = locked("runtime.txt"), locked("dev.txt")
    assert runtime.items() <= everything.items()
    assert locked("build.txt").items() <= everything.items()


def test_the_lock_satisfies_what_the_project_asks(
    dependencies: list[Requirement],
) -> None:
    runtime = locked("runtime.txt")
    loose = [
        each.name
        for each in dependencies
        if not each.specifier.contains(runtime[each.name])
    ]
    assert not loose


@pytest.mark.parametrize("file", ["runtime.txt", "dev.txt", "build.txt"])
def test_every_locked_package_has_its_hash(file: str) -> None:
    text = (ROOT / "requirements" / file).read_text("utf-8")
    blocks = re.split(r"\n(?=\S)", text)
    assert all("--hash=sha256:" in block for block in blocks)


def test_gevent_websocket_is_not_installed() -> None:
    # gevent would prefer it, and answers 500 then.
    with pytest.raises(PackageNotFoundError):
        version("gevent-websocket")


def test_python_is_new_enough() -> None:
    assert sys.version_info >= (3, 11)
