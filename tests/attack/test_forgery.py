"""What another site, a stolen cookie or a bent header may not do."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest

from exercise.web.policy import POLICY
from exercise.web.session import signed
from tests.attack.conftest import Tally
from tests.web.stage import Browser, Stage, a_stage

pytestmark = pytest.mark.attack
CORPUS = "forgery"

UNSAFE = sorted(rule for method, rule in POLICY if method == "POST")
OPEN = "/api/v1/join"
HOST = "localhost"
STRANGERS = (
    "https://evil.example",
    "http://evil.example",
    "null",
    "",
    "http://localhost.evil.example",
    "http://evil.example/localhost",
    "http://localhost@evil.example",
    "http://evil.example#localhost",
    "http://evil.example?http://localhost",
    "http://localhost:8001",
    "http://localhost:80:80",
    "http://localhost.",
    "http://127.0.0.1",
    "http://[::1]",
    "ftp://localhost",
    "file://",
    "chrome-extension://abcdef",
    "http://localhost/",
    "http://localhost evil.example",
    "http://LOCALHOST.evil.example",
    "http://xn--lcalhost-67a",
    "*",
)
OURS = ("http://localhost", "http://LOCALHOST", "https://localhost", None)


@dataclass
class World:
    stage: Stage
    host: Browser
    facilitator: Browser
    delegate: Browser

    def address(self, rule: str) -> str:
        link = self.stage.ground.enrol.link(self.stage.exercise, "observer")
        return (
            rule.replace("<exercise>", self.stage.exercise)
            .replace("<code>", self.stage.code("VES"))
            .replace("<token>", link)
        )

    def mark(self) -> object:
        """Return all that a forged request might have changed."""
        exercises = self.stage.timeline.exercises()
        heads = [(one.exercise, one.head_seq) for one in exercises]
        held = self.stage.ground.directory.memberships(self.facilitator.token)
        return heads, list(held)


@pytest.fixture
def world() -> Iterator[World]:
    with a_stage(flood=False) as stage:
        yield World(
            stage,
            stage.by_link("host", ""),
            stage.by_link("facilitator"),
            stage.delegate("VES"),
        )


def form() -> dict[str, str]:
    return {
        "code": "K7M4-92TX",
        "name": "Mallory",
        "title": "Forged",
        "scenario": "small",
        "role": "facilitator",
    }


def command() -> dict[str, str]:
    return {"id": str(uuid4()), "type": "note", "text": "forged"}


def post(browser: Browser, path: str, **headers: str) -> int:
    if path.startswith("/api/"):
        answer = browser.client.post(path, json=command(), headers=headers)
    else:
        answer = browser.client.post(path, data=form(), headers=headers)
    return answer.status_code


@pytest.mark.parametrize("rule", [one for one in UNSAFE if one != OPEN])
def test_nothing_changes_without_the_pages_own_word(
    world: World, rule: str, tally: Tally
) -> None:
    for browser in (world.host, world.facilitator, world.delegate):
        path, before = world.address(rule), world.mark()
        words = ("", "0", browser.csrf[:-1], browser.csrf[::-1], "null", "é" * 9)
        for word in words:
            headers = {"X-CSRFToken": word.encode().decode("latin-1")} if word else {}
            assert post(browser, path, **headers) in {400, 403}, (rule, word)
            tally.add("refused without the word")
        assert world.mark() == before


def test_a_word_of_one_browser_is_none_in_another(world: World) -> None:
    path = f"/api/v1/exercises/{world.stage.exercise}/commands"
    stolen = {"X-CSRFToken": world.delegate.csrf}
    assert post(world.facilitator, path, **stolen) == 400


def test_a_word_in_the_address_counts_for_nothing(world: World) -> None:
    word = world.host.csrf
    path = f"/host?csrf_token={word}&X-CSRFToken={word}"
    assert post(world.host, path) == 400


@pytest.mark.parametrize("origin", STRANGERS)
def test_a_page_of_another_site_moves_nothing(
    world: World, origin: str, tally: Tally
) -> None:
    token = world.stage.program()
    for rule in UNSAFE:
        path, before = world.address(rule), world.mark()
        headers = {"Origin": origin, "X-CSRFToken": world.facilitator.csrf}
        assert post(world.facilitator, path, **headers) == 403, (rule, origin)
        headers = {"Origin": origin, "Authorization": f"Bearer {token}"}
        assert post(world.facilitator, path, **headers) == 403, (rule, origin)
        assert world.mark() == before
        tally.add("refused for the Origin", 2)


@pytest.mark.parametrize("origin", OURS)
def test_our_own_pages_may(world: World, origin: str | None) -> None:
    headers = {"X-CSRFToken": world.facilitator.csrf}
    headers |= {"Origin": origin} if origin else {}
    path = f"/api/v1/exercises/{world.stage.exercise}/commands"
    assert post(world.facilitator, path, **headers) == 200


@pytest.mark.parametrize("rule", [rule for method, rule in POLICY if method == "GET"])
def test_looking_changes_nothing_in_the_record(world: World, rule: str) -> None:
    if rule == "/room/<code>":
        return  # the first display of a room takes its one member in
    path = (
        world.address(rule)
        .replace("<member>", world.delegate.member)
        .replace("<party>", "VES")
        .replace("<instrument>", "reply")
        .replace("<form>", "html")
        .replace("<path:name>", "css/base.css")
    )
    before = world.mark()
    for browser in (world.host, world.facilitator, world.delegate):
        browser.client.get(path)
    assert world.mark() == before


# --- Sessions ----------------------------------------------------------------


def test_a_session_planted_before_joining_is_nobodys_afterwards(world: World) -> None:
    stage = world.stage
    victim, thief = stage.browser(), stage.browser()
    thief.get("/")
    planted = thief.client.get_cookie("detente")
    assert planted is not None
    victim.client.set_cookie("detente", planted.value)
    victim.get(f"/j/{stage.code('VES')}")
    before = victim.token
    victim.post(f"/j/{stage.code('VES')}", name="Victim", seat="")
    held = stage.ground.directory.memberships(victim.token)
    assert victim.token != before
    assert len(held) == 1
    assert not stage.ground.directory.memberships(thief.token)
    assert thief.get(f"/desk/{held[0].member}").status_code == 401


def test_each_step_up_brings_another_session(world: World) -> None:
    stage, browser = world.stage, world.stage.browser()
    browser.get("/")
    seen = [browser.token]
    browser.get(f"/j/{stage.code('VES')}")
    browser.post(f"/j/{stage.code('VES')}", name="Amina", seat="")
    seen.append(browser.token)
    for role in ("observer", "facilitator"):
        path = f"/link/{stage.ground.enrol.link(stage.exercise, role)}"
        browser.get(path)
        browser.post(path)
        seen.append(browser.token)
    assert len(set(seen)) == len(seen)
    for old in seen[:-1]:
        assert not stage.ground.directory.memberships(old)


def test_nothing_is_left_of_a_session_after_logout(world: World) -> None:
    token = world.facilitator.token
    world.facilitator.get("/")
    world.facilitator.post("/logout")
    assert not world.stage.ground.directory.memberships(token)
    world.facilitator.client.set_cookie("detente", "x")
    path = f"/console/{world.stage.exercise}"
    assert world.facilitator.get(path).status_code == 401


def test_a_cookie_that_we_did_not_sign_is_none(world: World, tally: Tally) -> None:
    found = world.facilitator.client.get_cookie("detente")
    assert found is not None
    token, word, mac = found.value.split(".")
    bent = [
        f"{token}.{word}",
        f"{token}.{word}.",
        f"{token}.{word}.{mac[:-1]}",
        f"{token}.{word}.{mac}x",
        f"{token}.{word}.{mac}.x",
        f"{token}x.{word}.{mac}",
        f"{token}.{word}x.{mac}",
        f".{word}.{mac}",
        token,
        "",
        "..",
        "a" * 5000,
        "%00",
        '"\\"',
        f"{token}.{word}.é",
        signed(token, word, "another secret"),
        signed("", "", "another secret"),
    ]
    path = f"/console/{world.stage.exercise}"
    for value in bent:
        headers = {"Cookie": f"detente={value}".encode().decode("latin-1")}
        bare = world.stage.app.test_client(use_cookies=False)
        assert bare.get(path, headers=headers).status_code == 401, value
        tally.add("cookies refused")
    honest = {"Cookie": f"detente={found.value}"}
    bare = world.stage.app.test_client(use_cookies=False)
    assert bare.get(path, headers=honest).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    answer = world.stage.app.test_client().get("/", base_url="https://localhost")
    said = answer.headers["Set-Cookie"]
    assert "HttpOnly" in said
    assert "SameSite=Lax" in said
    assert "Secure" in said


# --- Headers -----------------------------------------------------------------

HOSTS = (
    "evil.example",
    "localhost.evil.example",
    "evil.example:80",
    "localhost@evil.example",
    "localhost,evil.example",
    "localhost evil.example",
    "evil.example\\localhost",
    "[::1",
    "localhost:99999",
    "-",
    "",
    "x" * 3000,
)


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_not_ours_is_answered_with_nothing_of_ours(
    world: World, host: str
) -> None:
    world.stage.app.config["TRUSTED_HOSTS"] = ["localhost"]
    for path in ("/", "/host", f"/console/{world.stage.exercise}/join"):
        answer = world.host.client.get(path, headers={"Host": host})
        assert answer.status_code == 400, (path, host)
        assert "evil" not in answer.text


FORWARDED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Prefix": "//evil.example",
    "X-Original-URL": "/host",
    "X-Rewrite-URL": "/host",
    "X-HTTP-Method-Override": "POST",
    "Forwarded": "host=evil.example;proto=https",
}


@pytest.mark.parametrize("name", FORWARDED)
def test_what_a_proxy_might_say_is_not_believed(world: World, name: str) -> None:
    told = {name: FORWARDED[name]}
    facilitator = world.facilitator.client
    codes = f"/console/{world.stage.exercise}/join"
    for path in (codes, "/", f"/desk/{world.delegate.member}"):
        assert "evil.example" not in facilitator.get(path, headers=told).text
    stranger = world.stage.app.test_client()
    assert stranger.get("/host", headers=told).status_code == 401
    gone = stranger.post(
        "/", data=form(), headers={**told, "Origin": "https://evil.example"}
    )
    assert gone.status_code == 403
