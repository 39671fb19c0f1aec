"""What an answer brings besides its words: how to read it, and who may keep it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.matrix.objects import OWN, Address, address, named, parameters
from tests.attack.matrix.routes import ask, surfaces
from tests.attack.matrix.scene import in_play
from tests.attack.matrix.world import World

pytestmark = pytest.mark.attack

CLOSED = "default-src 'none'"
# A part of a page is asked for again and again; it is kept by that browser alone,
# and shown only after the server has been asked.
KEPT = ("no-store", "private, no-cache")
OPEN = ("/static/", "/catalogue", "/favicon.ico", "/healthz", "/readyz", "/metrics")
# A charset belongs to what is text.
TEXT = re.compile(r"text/.+; charset=utf-8|image/svg\+xml; charset=utf-8")
METHODS = ("TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND", "GET\r\nX: y")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with in_play(tmp_path_factory.mktemp("answers")) as built:
        yield built


def own(world: World, role: str, rule: str) -> Address:
    """Return the address at which this role finds its own."""
    axes = [one for one in parameters(rule) if f"<{one}>" in rule or f":{one}>" in rule]
    if not axes:
        return Address(rule, "")
    assert OWN in named(world, role, rule, axes[0])
    return address(world, role, rule, axes[0], OWN)


def looks(world: World) -> list[str]:
    return [rule for method, rule in surfaces(world) if method == "GET"]


@pytest.mark.parametrize("role", ["nobody", "facilitator", "delegate", "room"])
def test_every_answer_says_what_it_is_and_runs_nothing(world: World, role: str) -> None:
    for rule in looks(world):
        answer = ask(world.browsers[role], ("GET", rule), own(world, role, rule))
        headers = answer.headers
        assert CLOSED in headers["Content-Security-Policy"], rule
        assert headers["X-Content-Type-Options"] == "nosniff", rule
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", rule
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", rule
        assert headers["Referrer-Policy"] == "same-origin", rule
        assert "Access-Control-Allow-Origin" not in headers, rule
        kind = headers["Content-Type"]
        assert not kind.startswith("text/") or TEXT.match(kind), (rule, kind)
        assert "server" not in {name.lower() for name, _ in headers.items()}, rule


@pytest.mark.parametrize("role", ["facilitator", "delegate", "trainer", "observer"])
def test_what_is_for_somebody_is_kept_by_nobody_on_the_way(
    world: World, role: str
) -> None:
    for rule in looks(world):
        if rule.startswith(OPEN):
            continue
        answer = ask(world.browsers[role], ("GET", rule), own(world, role, rule))
        if answer.status_code == 200:
            kept = answer.headers.get("Cache-Control", "")
            fits = kept.startswith(KEPT) or "no-store" in kept
            assert fits or rule in {"/j/<code>/qr.svg", "/api/v1/openapi.json"}, rule


def test_a_file_comes_as_a_file(world: World) -> None:
    """A download is saved under a name of ours, whatever was asked for."""
    trainer = world.browsers["trainer"]
    for name, path in (
        (f"{world.exercise}.jsonl", "record.jsonl"),
        ("report.html", "report.html?filename=evil.exe"),
    ):
        answer = trainer.get(f"/api/v1/exercises/{world.exercise}/{path}")
        said = answer.headers["Content-Disposition"]
        assert said == f'attachment; filename="{name}"'


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.split("\r", 1)[0])
def test_a_method_that_is_not_offered_does_nothing(world: World, method: str) -> None:
    before = world.content()
    for rule in ("/", "/host", f"/console/{world.exercise}"):
        answer = world.browsers["facilitator"].client.open(rule, method=method)
        assert answer.status_code in {400, 403, 405}, (method, rule)
    assert world.content() == before


def test_a_folder_is_no_list_and_nothing_beside_the_files_is_served(
    world: World,
) -> None:
    for path in (
        "/static/",
        "/static/css/",
        "/static/js",
        "/.git/HEAD",
        "/static/.git",
    ):
        assert world.browsers["nobody"].get(path).status_code == 404, path


def test_over_tls_a_browser_is_told_to_stay_there(world: World) -> None:
    for path in ("/", "/nowhere", "/api/v1/openapi.json", "/static/css/base.css"):
        answer = world.stage.app.test_client().get(path, base_url="https://localhost")
        assert answer.headers["Strict-Transport-Security"].startswith(
            "max-age=31536000"
        )


def test_one_parameter_twice_is_the_first_and_a_body_is_no_address(
    world: World,
) -> None:
    """Nobody gets past a check with a name in another place or a second time."""
    delegate = world.stage.delegate("VES", "Twice")
    path = f"/api/v1/exercises/{world.exercise}/entries"
    own_stream, other = "audience=VES", "audience=KAS"
    assert delegate.get(f"{path}?{own_stream}&{other}").status_code == 200
    assert "To KAS alone" not in delegate.get(f"{path}?{own_stream}&{other}").text
    assert delegate.get(f"{path}?{other}&{own_stream}").status_code == 403
    answer = delegate.client.get(path, data={"audience": "KAS"})
    assert answer.status_code == 200
    assert "To KAS alone" not in answer.text


def test_no_secret_stands_in_an_address(world: World) -> None:
    """What lets somebody in is in a cookie, a header or a body, but for spent links."""
    for rule in looks(world):
        assert not {"session", "secret", "password"} & set(parameters(rule))
    token = world.stage.program()
    for name in ("token", "access_token", "bearer", "authorization"):
        path = f"/api/v1/exercises/{world.exercise}/entries?{name}={token}"
        assert world.stage.app.test_client().get(path).status_code == 401


def test_logging_out_empties_what_the_browser_kept(world: World) -> None:
    browser = world.stage.delegate("ORL")
    browser.get("/")
    answer = browser.post("/logout")
    assert answer.headers["Clear-Site-Data"] == '"storage"'


def test_no_file_of_ours_asks_for_more_than_ours() -> None:
    """No script takes messages from other windows, and none is fetched from afar."""
    static = Path(__file__).parents[2] / "static"
    for file in (static / "js").rglob("*.js"):
        text = file.read_text("utf-8")
        assert "postMessage" not in text, file
        assert 'addEventListener("message"' not in text, file
        assert not re.search(r"import\s.+from\s+[\"']https?:", text), file
