"""Every page, call and event as every role: who may, and what the others learn."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import uuid4

import pytest

from exercise.domain.commands import Release, Revoke, Start
from exercise.domain.scenario import Scenario
from exercise.web.policy import ANYONE, POLICY
from exercise.web.send import NAMESPACE
from tests.adapters.files import a_pdf, attachment, brought
from tests.domain.small import a_scenario
from tests.web.stage import Browser, Stage, a_stage

ROLES = (
    "nobody",
    "host",
    "facilitator",
    "trainer",
    "evaluator",
    "observer",
    "delegate",
    "other delegate",
    "elsewhere",
    "revoked",
)
MEANT = {"other delegate": "delegate"}
CANARY = uuid4().hex
MAP = attachment("map.pdf", a_pdf())


def with_a_map() -> Scenario:
    """Return the small scenario with a file in what is released to all."""
    base = a_scenario()
    first = replace(base.injects[0], attachments=(MAP,))
    assert "public" in first.audience
    return replace(base, injects=(first, *base.injects[1:]))


@dataclass
class World:
    """A stage with one browser for each role."""

    stage: Stage
    browsers: dict[str, Browser] = field(default_factory=dict)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with a_stage(with_a_map(), papers=(brought(MAP, a_pdf()),)) as stage:
        built = World(stage)
        for role in ("facilitator", "trainer", "evaluator", "observer"):
            built.browsers[role] = stage.by_link(role)
        built.browsers["host"] = stage.by_link("host", "")
        built.browsers["delegate"] = stage.delegate("VES", CANARY)
        built.browsers["other delegate"] = stage.delegate("KAS", "Boris")
        built.browsers["nobody"] = stage.browser()
        built.browsers["nobody"].get("/")
        built.browsers["elsewhere"] = elsewhere(stage)
        out = built.browsers["revoked"] = stage.delegate("VES", "Rita")
        fay = built.browsers["facilitator"]
        stage.do(fay.member, Revoke(member=out.member))
        stage.do(fay.member, Start(rate=1))
        stage.do(fay.member, Release(inject="blackout"))
        yield built


def elsewhere(stage: Stage) -> Browser:
    """Return a facilitator of another exercise on the same server."""
    found = stage.ground.shelf.read("small")
    assert found is not None
    other = stage.ground.enrol.open(
        "Elsewhere", found.scenario, found.sha256, papers=found.papers
    )
    return stage.by_link("facilitator", other.exercise)


def surfaces(stage: Stage) -> set[tuple[str, str]]:
    """Return everything that can be asked of the application."""
    pages = {
        (method, rule.rule)
        for rule in stage.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    events = {
        (namespace, event)
        for namespace, handlers in stage.live.server.handlers.items()
        for event in handlers
    }
    assert not stage.live.server.namespace_handlers
    return pages | events


def test_everything_that_can_be_asked_for_has_its_rule(world: World) -> None:
    assert surfaces(world.stage) == set(POLICY)


def address(world: World, rule: str) -> str:
    return (
        rule.replace("<exercise>", world.stage.exercise)
        .replace("<member>", world.browsers["delegate"].member)
        .replace("<code>", world.stage.code("VES"))
        .replace("<party>", "VES")
        .replace("<instrument>", "reply")
        .replace("<inject>", "spiral")
        .replace("<form>", "html")
        .replace("<sha256>", MAP.sha256)
        .replace("<token>", "made-up")
        .replace("<path:name>", "css/base.css")
    )


def allowed(role: str, surface: tuple[str, str]) -> bool:
    if POLICY[surface] == ANYONE:
        return True
    if "<member>" in surface[1]:
        return role == "delegate"
    return MEANT.get(role, role) in POLICY[surface]


PAGES = sorted(one for one in POLICY if one[0] in {"GET", "POST"})
CLOSED = [one for one in PAGES if POLICY[one] != ANYONE]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("surface", CLOSED, ids=" ".join)
def test_each_role_gets_what_is_theirs_and_nothing_else(
    world: World, surface: tuple[str, str], role: str
) -> None:
    browser, path = world.browsers[role], address(world, surface[1])
    head = world.stage.head()
    if role == "host" and surface == ("POST", "/host/<exercise>/enter"):
        # Whoever goes in is no mere host any more.
        browser = world.stage.by_link("host", "")
    if surface[0] == "GET":
        answer = browser.get(path)
    elif path.startswith("/api/"):
        browser.get("/")
        answer = browser.api(path.removeprefix("/api/v1"), {})
    else:
        browser.get("/")
        answer = browser.post(path, role="trainer")
    if allowed(role, surface):
        assert answer.status_code in {200, 201, 303, 409, 422}, answer.text[:400]
        return
    assert answer.status_code in {401, 403, 404}, (role, surface)
    assert CANARY not in answer.text
    assert world.stage.code("VES") not in answer.text
    assert world.stage.head() == head


@pytest.mark.parametrize("role", ["nobody", "elsewhere", "host"])
def test_an_exercise_one_is_not_in_looks_like_none(world: World, role: str) -> None:
    browser, real = world.browsers[role], world.stage.exercise
    made_up = "0" * len(real)
    for surface in CLOSED:
        if (
            surface[0] == "GET"
            and "<exercise>" in surface[1]
            and "/host" not in surface[1]
        ):
            path = address(world, surface[1])
            asked = browser.get(path)
            other = browser.get(path.replace(real, made_up))
            assert asked.status_code == other.status_code
            said = asked.text.replace(real, made_up)
            assert without_words(said) == without_words(other.text)


def without_words(page: str) -> str:
    """Return a page without the words that change at every look."""
    lines = page.splitlines()
    return "\n".join(line for line in lines if "csrf" not in line)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_hears_its_own_stream_or_none(world: World, role: str) -> None:
    browser = world.browsers[role]
    mine = browser.member or world.browsers["delegate"].member
    socket = world.stage.socket({"membership": mine}, browser)
    hears = MEANT.get(role, role) in POLICY[NAMESPACE, "connect"] or role == "elsewhere"
    assert socket.open == hears
    if hears:
        told = socket.ask("sync", {"cursors": {}})
        assert len(told["audiences"]) == 1
        theirs = role in {"facilitator", "evaluator", "trainer", "delegate"}
        assert (CANARY in str(told)) == theirs


def test_a_command_is_judged_by_who_sends_it_and_not_by_where(world: World) -> None:
    path = f"/exercises/{world.stage.exercise}/commands"
    for role in ROLES:
        told = {"id": str(uuid4()), "type": "note", "text": "x"}
        browser = world.browsers[role]
        browser.get("/")
        answer = browser.api(path, told)
        assert answer.json is not None
        assert answer.json["ok"] == (role == "facilitator"), role
        assert answer.status_code in {200, 401, 403, 404}
