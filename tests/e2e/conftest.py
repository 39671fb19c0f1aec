"""One real server for each engine asked for, started once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.house import House, Opened, running
from tests.e2e.people import Room


@pytest.fixture(scope="session")
def house(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running(tmp_path_factory.mktemp(engine), engine) as server:
        yield server


@pytest.fixture
def opened(house: House) -> Opened:
    return house.open()


@pytest.fixture
def room(browser: Browser, house: House) -> Iterator[Room]:
    """People come in; at the end nobody's browser has complained."""
    made = Room(browser, house)
    try:
        yield made
        made.is_clean()
    finally:
        made.closes()
