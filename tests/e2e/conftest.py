"""One real server for each engine asked for, and one browser, started once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.house import House, Opened, running
from tests.e2e.people import Room, chromium_at


@pytest.fixture(scope="session")
def house(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running(tmp_path_factory.mktemp(engine), engine) as server:
        yield server


@pytest.fixture
def opened(house: House) -> Opened:
    return house.open()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as play, chromium_at(play, chromium) as made:
        yield made


@pytest.fixture
def room(browser: Browser, house: House) -> Iterator[Room]:
    """People come in; at the end nobody's browser has complained."""
    made = Room(browser, house)
    try:
        yield made
        made.is_clean()
    finally:
        made.closes()
