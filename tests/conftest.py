"""What every test stands on: no network, the services it may use, and its order."""

import os
import re
import secrets
import shutil
import sys
import tomllib
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
from hypothesis import HealthCheck, settings
from packaging.requirements import Requirement
from playwright.sync_api import Browser, sync_playwright

from tests import FULL
from tests.design.specimen import CHROMIUM
from tests.faults import figures

CONCEPT = re.compile(r"`([\w/]+\.py::\w+)`")
ROOT = Path(__file__).resolve().parent.parent
REQUIRED = os.environ.get("DETENTE_TEST_SERVICES") == "required"

# The role that `.ci/prepare` makes; a machine that trusts local users has another.
POSTGRESQL = [
    "postgresql://detente_test:detente-test@127.0.0.1:5432/postgres",
    "postgresql://postgres@127.0.0.1:5432/postgres",
]
REDIS = "redis://127.0.0.1:6379/9"

# Cheap tests first: a broken rule is told in seconds, not after the browsers.
ORDER = ("slow", "services", "server", "attack", "faults", "browser")

settings.register_profile("short", max_examples=60, deadline=None, derandomize=True)
settings.register_profile(
    "full",
    max_examples=2000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("full" if FULL else "short")


class OutsideRefused(RuntimeError):
    """A test reached for another machine."""


def _refuse_outside(event: str, args: tuple[object, ...]) -> None:
    """Let this process speak to this machine only; Python tells us of each attempt."""
    if event == "socket.connect":
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = args[0]
    else:
        return
    if host is not None and not _is_here(host):
        raise OutsideRefused(host)


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        address = ip_address(name)
    except ValueError:
        return name in {"", "localhost"}
    return address.is_loopback or address.is_unspecified


def pytest_configure() -> None:
    sys.addaudithook(_refuse_outside)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    figures.tell(terminalreporter)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_cost)
    named = set(CONCEPT.findall((ROOT / "docs/concepts.md").read_text("utf-8")))
    for item in items:
        if item.nodeid.removeprefix("tests/").partition("[")[0] in named:
            # So that `-k concepts` runs every test that a concept rests on.
            item.extra_keyword_matches.add("concepts")


def _cost(item: pytest.Item) -> int:
    names = {mark.name for mark in item.iter_markers()}
    return max((ORDER.index(name) for name in names & set(ORDER)), default=-1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `engine` on the engines asked for, else on the default."""
    if "engine" in metafunc.fixturenames:
        asked = os.environ.get("DETENTE_TEST_ENGINES", "eventlet").split(",")
        metafunc.parametrize("engine", asked, scope="session")


def missing(what: str) -> None:
    """Skip for want of something; where everything is promised, fail instead."""
    if REQUIRED:
        pytest.fail(f"{what}, and DETENTE_TEST_SERVICES=required")
    pytest.skip(what)


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def project(root: Path) -> dict[str, Any]:
    """Give what pyproject.toml says."""
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def dependencies(project: dict[str, Any]) -> list[Requirement]:
    """Give what `pip install .` brings with it."""
    return [Requirement(each) for each in project["project"]["dependencies"]]


@pytest.fixture(scope="session")
def postgresql_server() -> str:
    """Give the address of a PostgreSQL in which we may make databases."""
    told = os.environ.get("DETENTE_TEST_POSTGRESQL")
    for url in [told] if told else POSTGRESQL:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return url
    missing("no PostgreSQL on 127.0.0.1:5432 lets us in")
    raise AssertionError


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """Give an empty PostgreSQL database that is gone after the test."""
    name = f"detente_test_{secrets.token_hex(6)}"
    with psycopg.connect(postgresql_server, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield postgresql_server.rpartition("/")[0] + f"/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def redis_url() -> Iterator[str]:
    """Give a Redis for nudges."""
    url = os.environ.get("DETENTE_TEST_REDIS", REDIS)
    with redis.Redis.from_url(url, socket_connect_timeout=2) as client:
        try:
            client.ping()
        except redis.RedisError:
            missing("no Redis answers on 127.0.0.1:6379")
        yield url


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of Debian's Chromium."""
    path = shutil.which("chromium")
    if path is None:
        missing("no chromium on the path")
    return str(path)


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Give the folder in which a Node program finds socket.io-client."""
    folder = ROOT / ".node" / "node_modules"
    if shutil.which("node") is None or not (folder / "socket.io-client").is_dir():
        missing("no Node with socket.io-client (.ci/prepare fetches it)")
    return folder


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for everything; a second beside it would not start."""
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=chromium, args=list(CHROMIUM))
        yield made
        made.close()
