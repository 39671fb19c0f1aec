"""A site on memory for each test that asks for one."""

from collections.abc import Iterator

import pytest

from tests.web.stage import Stage, a_stage


@pytest.fixture
def stage() -> Iterator[Stage]:
    """Give a site with one exercise open."""
    with a_stage() as built:
        yield built
