"""Every page and every call of the url map: who may, and what the others learn."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from werkzeug.test import TestResponse

from exercise.web.policy import ANYONE, HOST, POLICY
from tests.attack.matrix.objects import (
    ELSEWHERE,
    NONEXISTENT,
    OBJECTS,
    OTHERS,
    OWN,
    UNRELEASED,
    Address,
    address,
    named,
    parameters,
)
from tests.attack.matrix.world import MARK, MEANT, ROLES, Json, World
from tests.web.stage import Browser

STAFF = ("facilitator", "trainer", "evaluator")
REFUSED = frozenset({401, 403, 404})
DONE = frozenset({200, 201, 303})
# The right person at the wrong moment, or with a form that is not filled in.
HEARD = DONE | {409, 422}
A_MINUTE_MS = 61_000
WORD = re.compile(r'(csrf_token" value="|csrf-token" content=")[^"]*')
# Words that change nothing unless they name one's own.
UNHEARD = ("as", "text")
CODED = ("/j/", "/room/")
# What a look may leave behind: the count of failed tries, a projector's session.
LEAVES = {
    "/j/": {"failed_try"},
    "/room/": {"failed_try", "session"},
    "/": {"failed_try"},
}
BODIES: dict[str, Json] = {
    "/host": {"scenario": "small", "title": "Forged"},
    "/host/<exercise>/links": {"role": "trainer"},
    "/": {"code": "0000-0000"},
    "/j/<code>": {"name": "Mallory", "seat": "legal"},
    "/api/v1/exercises": {"scenario": "small", "title": "Forged"},
    "/api/v1/join": {"code": "0000-0000", "name": "Mallory"},
}


@dataclass(frozen=True)
class Cell:
    """One square of the matrix, and what was wrong with it, if anything."""

    surface: tuple[str, str]
    role: str
    axis: str
    object: str
    wrong: str = ""
    refused: bool = False


def surfaces(world: World) -> list[tuple[str, str]]:
    """Return every method of every rule there is, in the order of their danger."""
    found = [
        (method, rule.rule)
        for rule in world.stage.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]
    return sorted(found, key=lambda one: (_changes(one), one))


def _changes(surface: tuple[str, str]) -> int:
    """Order what looks before what acts, and what ends a session last."""
    open_ = POLICY.get(surface) == ANYONE
    return 2 * open_ + (surface[0] != "GET") + 4 * (surface[1] == "/logout")


def cells(
    world: World, surface: tuple[str, str], *, may: bool, roles: tuple[str, ...] = ROLES
) -> Iterator[Cell]:
    """Try a surface as each role about each object: who may (or who may not)."""
    for role in roles:
        for axis in parameters(surface[1]) or ("",):
            yield from _row(world, surface, role, axis, may)


def _row(
    world: World,
    surface: tuple[str, str],
    role: str,
    axis: str,
    wanted: bool,  # noqa: FBT001 - which half of the matrix
) -> Iterator[Cell]:
    known = named(world, role, surface[1], axis) if axis else {OWN: ""}
    nothing: object = None
    for object_ in OBJECTS:
        if object_ not in known:
            continue
        here = is_let(surface, role, axis, object_) == wanted
        if not here and (object_ != NONEXISTENT or wanted):
            continue
        if surface[1].startswith(CODED):
            world.story.clock.wall_ms += A_MINUTE_MS
        wrong, said = _tried(world, surface, role, axis, object_)
        if object_ == NONEXISTENT:
            nothing = said
        elif _must_look_like_none(role, axis, object_, let=wanted):
            wrong = wrong or _difference(said, nothing)
        if here:  # else asked only to see how nothing looks
            yield Cell(surface, role, axis, object_, wrong, refused=not wanted)


def _tried(
    world: World, surface: tuple[str, str], role: str, axis: str, object_: str
) -> tuple[str, object]:
    """Return what was wrong with an answer, and what could be told from it."""
    asked = address(world, role, surface[1], axis, object_)
    browser, let = _browser(world, role, surface), is_let(surface, role, axis, object_)
    before = world.content()
    answer = ask(browser, surface, asked)
    wrong = _wrong(world, surface, answer, object_, let=let)
    if not let or surface[0] == "GET":
        wrong = wrong or _moved(world, before, surface)
    return wrong, seen(answer, "" if axis == "as" else asked.named)


def is_let(surface: tuple[str, str], role: str, axis: str, object_: str) -> bool:
    """Tell whether the policy lets a role ask for this about such an object."""
    roles = POLICY[surface]
    if roles == ANYONE:
        return True
    if roles == HOST:
        return role == "host" and (axis != "exercise" or object_ != NONEXISTENT)
    if not _is_ones_own(surface, role, axis, object_):
        return False
    meant = "facilitator" if role == "elsewhere" else MEANT.get(role, role)
    return meant in roles


def _is_ones_own(surface: tuple[str, str], role: str, axis: str, object_: str) -> bool:
    """Tell whether a member may name this object, if their role may ask at all."""
    if axis == "exercise":
        return object_ == (ELSEWHERE if role == "elsewhere" else OWN)
    if role == "elsewhere" and "<exercise>" in surface[1]:
        return False
    if axis == "audience" and object_ != OWN:
        return role == "facilitator" and object_ != NONEXISTENT
    if axis == "sha256" and object_ in {OTHERS, UNRELEASED}:
        return role in STAFF
    return axis != "member" or object_ == OWN


def _must_look_like_none(role: str, axis: str, object_: str, *, let: bool) -> bool:
    """Tell whether an answer must be the same as if there were no such object."""
    if axis in UNHEARD:
        return object_ != OWN
    if let:
        return False
    if axis == "exercise":
        at_home = ELSEWHERE if role == "elsewhere" else OWN
        outside = role in {"nobody", "host", "revoked"}
        return outside or object_ != at_home
    return object_ != OWN


def ask(browser: Browser, surface: tuple[str, str], asked: Address) -> TestResponse:
    """Ask for it with this browser."""
    method, rule = surface
    if method == "GET":
        return browser.get(asked.path)
    body = BODIES.get(rule, {})
    if rule.startswith("/api/"):
        headers = {"X-CSRFToken": browser.csrf}
        return browser.client.open(
            asked.path, method=method, json=body, headers=headers
        )
    told = {"csrf_token": browser.csrf, **body}
    return browser.client.open(asked.path, method=method, data=told)


def _browser(world: World, role: str, surface: tuple[str, str]) -> Browser:
    if role == "host" and surface[0] != "GET":
        # Whoever opens an exercise or goes in is no mere host any more.
        fresh = world.stage.by_link("host", "")
        fresh.get("/")
        return fresh
    return world.browsers[role]


def _wrong(
    world: World,
    surface: tuple[str, str],
    answer: TestResponse,
    object_: str,
    *,
    let: bool,
) -> str:
    status = answer.status_code
    if let:
        # What is let may still name nothing.
        nowhere = status == 404 and (object_ != OWN or POLICY[surface] == ANYONE)
        return "" if status in HEARD or nowhere else f"refused with {status}"
    if surface[1].startswith("/desk/<member>") and status == 303:
        return ""
    if status not in REFUSED:
        return f"answered with {status}"
    secret = [MARK, *map(world.stage.code, world.story.scenario.delegation_ids)]
    leaked = [one for one in secret if one in answer.text]
    return f"told {leaked}" if leaked else ""


def seen(answer: TestResponse, named_: str) -> object:
    """Return all that can be told from an answer, but for the name that was asked."""
    headers = sorted(
        (name, value)
        for name, value in answer.headers.items()
        if name not in {"Date", "Set-Cookie"}
    )
    text = WORD.sub(r"\1", answer.text)
    return answer.status_code, headers, text.replace(named_, "·") if named_ else text


def _difference(said: object, nothing: object) -> str:
    if said == nothing:
        return ""
    return f"differs from none: {str(said)[:300]} / {str(nothing)[:300]}"


def _moved(world: World, before: bytes, surface: tuple[str, str]) -> str:
    """Return what changed in the database although nothing may, or nothing."""
    after = world.content()
    if after == before:
        return ""
    for start, tables in LEAVES.items():
        fits = surface[1] == start or (start != "/" and surface[1].startswith(start))
        if fits and tables:
            return ""
    return "the database changed"
