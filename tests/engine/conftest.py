"""One real server for each engine, started once."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.engine.clients import ENGINES, Server, running


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, Server]]:
    with ExitStack() as stack:
        yield {each: stack.enter_context(running(each)) for each in ENGINES}


@pytest.fixture(params=ENGINES)
def server(
    request: pytest.FixtureRequest, servers: dict[str, Server]
) -> Iterator[Server]:
    yield servers[request.param]
    servers[request.param].hang_up()
