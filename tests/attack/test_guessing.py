"""Whoever guesses join codes finds none, and is not even looked at for long."""

import secrets
from collections.abc import Iterator

import pytest

from tests import many
from tests.adapters.stand import HandClock
from tests.attack.conftest import Tally
from tests.domain.given import STARTEX
from tests.web.stage import Browser, Stage, a_stage

pytestmark = pytest.mark.attack
CORPUS = "join codes"

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GUESSES = many(short=1_000, full=10_000)
MINUTE_MS = 60_000
# Three hundred, and what one browser with its own five still had.
MOST_EVALUATED = 305
# A crowd of guessers gets through in a minute what one gets through in this.
AT_ONCE_MS = 3


@pytest.fixture
def clock() -> HandClock:
    return HandClock(STARTEX)


@pytest.fixture
def stage(clock: HandClock) -> Iterator[Stage]:
    with a_stage(clock=clock) as built:
        yield built


def guess() -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(8))


def tries(browser: Browser, way: int) -> int:
    """Try one code, in one of the ways there are."""
    code = guess()
    if way == 0:
        return browser.get(f"/j/{code}").status_code
    if way == 1:
        return browser.get(f"/room/{code}").status_code
    if way == 2:
        return browser.post("/", code=code).status_code
    told = {"code": code, "name": "Mallory"}
    return browser.client.post("/api/v1/join", json=told).status_code


def evaluated(stage: Stage, since_ms: int) -> int:
    """Return how many tries were looked at since then."""
    return stage.ground.directory.failures("-", since_ms).all


@pytest.mark.parametrize("jar", ["one cookie", "no cookie", "a fresh browser each"])
def test_thousands_of_guesses_find_nothing_and_most_are_not_looked_at(
    stage: Stage, clock: HandClock, jar: str, tally: Tally
) -> None:
    one = stage.browser()
    one.get("/")
    seen: dict[int, int] = {}
    for number in range(GUESSES):
        browser = one
        if jar != "one cookie":
            browser = Browser(stage, stage.app.test_client(use_cookies=False))
        if jar == "a fresh browser each":
            browser = stage.browser()
        status = tries(browser, number % 4 if jar == "one cookie" else 3)
        seen[status] = seen.get(status, 0) + 1
        tally.add(str(status))
        clock.wall_ms += AT_ONCE_MS
        assert evaluated(stage, clock.wall_ms - MINUTE_MS) <= MOST_EVALUATED
    assert set(seen) <= {404, 429}
    assert seen[429] > seen[404] or GUESSES < 2 * MOST_EVALUATED


def test_a_guesser_locks_nobody_out(stage: Stage) -> None:
    stranger = Browser(stage, stage.app.test_client(use_cookies=False))
    for _ in range(MOST_EVALUATED):
        tries(stranger, 3)
    assert tries(stranger, 3) == 429
    # A phone that comes straight from a picture of the code has no cookie yet; it
    # gets one with this answer, and so gets in when the page is loaded again.
    path = f"/j/{stage.code('KAS')}"
    honest = stage.browser()
    assert honest.get(path).status_code == 429
    assert honest.get(path).status_code == 200
    assert honest.post(path, name="Amina", seat="").status_code == 303


def test_a_browser_has_five_tries_and_the_right_code_is_no_sixth(
    stage: Stage, clock: HandClock
) -> None:
    browser = stage.browser()
    browser.get("/")
    assert [tries(browser, 2) for _ in range(6)] == [404] * 5 + [429]
    assert browser.get(f"/j/{stage.code('VES')}").status_code == 429
    clock.wall_ms += MINUTE_MS + 1
    assert browser.get(f"/j/{stage.code('VES')}").status_code == 200


def test_every_unknown_code_gets_the_same_answer(stage: Stage) -> None:
    real = stage.code("VES")
    near = real[:-1] + ("0" if real[-1] != "0" else "1")
    room = stage.opened.room
    said = set()
    for code in (near, guess(), "", "x", "0" * 500, room, "é" * 8, "K7M4 92TX"):
        browser = stage.browser()
        browser.get("/")
        told = {"code": code, "name": "Mallory"}
        said.add(browser.client.post("/api/v1/join", json=told).data)
    assert len(said) == 1
