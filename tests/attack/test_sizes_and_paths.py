"""Too much, too deep, too many, and addresses that climb out of their folder."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from exercise.web.policy import POLICY
from tests import many
from tests.attack.conftest import Tally
from tests.web.stage import Browser, Stage, a_stage

pytestmark = pytest.mark.attack
CORPUS = "sizes and paths"

HERE = re.escape(str(Path(__file__).parents[2]) + "/")
# What an answer may not tell of the machine behind it.
TELLTALE = re.compile(
    rf"Traceback|site-packages|\bSELECT |{HERE}|\.py\b|root:x:|\[core\]"
)


@dataclass
class World:
    stage: Stage
    people: dict[str, Browser]

    @property
    def commands(self) -> str:
        return f"/api/v1/exercises/{self.stage.exercise}/commands"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with a_stage(flood=False) as stage:
        people = {one: stage.by_link(one) for one in ("facilitator", "trainer")}
        people["host"] = stage.by_link("host", "")
        people["delegate"] = stage.delegate("VES")
        people["nobody"] = stage.browser()
        people["nobody"].get("/")
        yield World(stage, people)


def fine(answer: TestResponse) -> None:
    assert answer.status_code < 500, (answer.status_code, answer.text[:300])
    assert not TELLTALE.search(answer.text), answer.text[:300]


# --- Too much ----------------------------------------------------------------

MUCH = 300 << 10
BODIES = {
    "long text": b'{"id": "%s", "type": "note", "text": "' + b"x" * MUCH + b'"}',
    "deep lists": b"[" * 100_000,
    "deep and closed": b"[" * 50_000 + b"]" * 50_000,
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "deep within": b'{"id": ' + b"[" * 2_000 + b"]" * 2_000 + b"}",
    "many keys": b"{" + b",".join(b'"k%d": 1' % n for n in range(20_000)) + b"}",
    "one key twice": b'{"type": "note", "type": "start"}',
    "long number": b'{"id": ' + b"9" * 200_000 + b"}",
    "big exponent": b'{"id": 1e999}',
    "bare words": b'{"id": NaN, "type": Infinity}',
    "half a character": b'{"id": "\\ud800"}',
    "a NUL": b'{"id": "\\u0000", "type": "note"}',
    "no UTF-8": b'{"id": "\xff\xfe"}',
    "a mark of order": b'\xef\xbb\xbf{"id": "x"}',
    "UTF-16": '{"id": "x"}'.encode("utf-16"),
    "cut short": b'{"id": "x", "type"',
    "nothing": b"",
    "null": b"null",
    "a word": b'"note"',
    "a list": b"[]",
    "remarks": b'{/* */"id": 1}',
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("role", ["nobody", "facilitator", "delegate"])
def test_a_body_that_no_client_would_send_is_refused(
    world: World, name: str, role: str, tally: Tally
) -> None:
    browser, head = world.people[role], world.stage.head()
    browser.get("/")
    for path in (world.commands, "/api/v1/join", "/api/v1/exercises"):
        answer = browser.client.post(
            path,
            data=BODIES[name],
            content_type="application/json",
            headers={"X-CSRFToken": browser.csrf},
        )
        fine(answer)
        assert answer.status_code >= 400
        tally.add(str(answer.status_code))
    assert world.stage.head() == head


KINDS = (
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json-patch",
    "text/json;application/json",
    "",
)


@pytest.mark.parametrize("kind", KINDS)
def test_json_under_another_name_is_not_read(world: World, kind: str) -> None:
    told = b'{"id": "%s", "type": "note", "text": "x"}' % str(uuid4()).encode()
    token = {"Authorization": f"Bearer {world.stage.program()}"}
    client = world.stage.app.test_client()
    for path in (world.commands, "/api/v1/join"):
        answer = client.post(path, data=told, content_type=kind, headers=token)
        fine(answer)
        assert answer.status_code in {400, 415, 422}, answer.text


FORMS = {
    "long value": {"name": "x" * MUCH},
    "many fields": {f"f{n}": "x" for n in range(2_000)},
    "long key": {"k" * MUCH: "x"},
    "a NUL": {"name": "a\x00b", "code": "\x00", "title": "\x00"},
    "controls": {"name": "\x1b[2J\r\nSet-Cookie: a=b", "title": "\r\nX: y"},
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_no_page_has_is_refused(
    world: World, name: str, tally: Tally
) -> None:
    code = world.stage.code("VES")
    head = world.stage.head()
    for browser in world.people.values():
        for path in ("/", f"/j/{code}", "/link/made-up", "/host", "/host/x/links"):
            browser.get("/")
            for kind in (None, "multipart/form-data"):
                word = {"X-CSRFToken": browser.csrf}
                answer = browser.client.post(
                    path, data=FORMS[name], content_type=kind, headers=word
                )
                fine(answer)
                assert answer.status_code >= 400, (path, answer.status_code)
                assert "Set-Cookie: a=b" not in str(answer.headers)
                tally.add(str(answer.status_code))
    assert world.stage.head() == head


def test_a_header_of_any_length_or_script_is_survived(world: World) -> None:
    long, odd = "x" * 60_000, "é\x80\xff".encode("latin-1").decode("latin-1")
    for name in (
        "Authorization",
        "Cookie",
        "Accept-Language",
        "X-Membership",
        "X-CSRFToken",
        "If-None-Match",
        "If-Modified-Since",
        "Accept-Encoding",
        "User-Agent",
        "Range",
        "Content-Type",
    ):
        for value in (long, odd, "", ",;=", "Bearer " + odd, "detente=" + odd):
            for path in ("/", "/host", world.commands, "/static/css/base.css"):
                for role in ("nobody", "facilitator"):
                    client = world.people[role].client
                    fine(client.get(path, headers={name: value}))


def test_an_address_with_any_query_is_survived(world: World, tally: Tally) -> None:
    entries = f"/api/v1/exercises/{world.stage.exercise}/entries"
    for name in ("after", "before", "limit", "audience", "as", "lang", "html", "new"):
        for value in QUERIES[:: many(short=2, full=1)]:
            for path in (entries, "/", f"/console/{world.stage.exercise}/runlist"):
                query = {name: value}
                answer = world.people["facilitator"].client.get(
                    path, query_string=query
                )
                fine(answer)
                tally.add(str(answer.status_code))


QUERIES = (
    "-1", "0", "1e9", "9" * 12, "9" * 5000, "0x10", "١٢", "NaN", "true", "null",
    "", " ", "\x00", "%00", "../..", "facilitators'--", "a" * 5000, "en\r\nX: y",
    "../../etc/passwd", "{{7*7}}", "VES,KAS", "all", "public", "room", "*",
)  # fmt: skip

# --- Paths -------------------------------------------------------------------

CLIMBS = (
    "..", "../", "../../etc/passwd", "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd", "..%252f..%252fetc%252fpasswd", "..\\..\\etc\\passwd",
    "..%5c..%5cetc%5cpasswd", "....//....//etc/passwd", "..;/..;/etc/passwd",
    "%c0%ae%c0%ae/etc/passwd", "..%c0%af..%c0%afetc/passwd", "/etc/passwd",
    "//etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd", "C:\\Windows\\win.ini",
    "C:/Windows/win.ini", "\\\\evil.example\\share", "css/../../pyproject.toml",
    "css/../../exercise/app.py", "../templates/base.html", "../.git/config",
    "css/%00.css", "css/base.css%00", "css/base.css/", "css", "css/", ".", "./css",
    "~root", "~", "CON", "aux.css", "css/NUL", "css/base.css::$DATA", "%", "%zz",
    "%u002e%u002e", "\u2025/\u2025", "\uff0e\uff0e/etc", "a" * 300, "a/" * 2000,
    "\x7f", "%0d%0aSet-Cookie:%20a=b", "<script>", "{{7*7}}", "${7*7}", "' OR 1=1--",
    "0", "-1", "null", "undefined", "None", "__proto__", "constructor", "\U0001d7ce",
    "\u202e", "?", "#", "&", ";", "%3f", "%23", "*", "**", "[", "(", "\ud7ff",
)  # fmt: skip
PARAMETER = re.compile(r"<(?:path:)?(\w+)>")
WITH_PARAMETERS = sorted(one for one in POLICY if PARAMETER.search(one[1]))


@pytest.mark.parametrize("surface", WITH_PARAMETERS, ids=" ".join)
def test_no_path_leads_out_or_to_a_failure(
    world: World, surface: tuple[str, str], tally: Tally
) -> None:
    method, rule = surface
    head = world.stage.head()
    every = many(short=7, full=1)
    for climb in CLIMBS[WITH_PARAMETERS.index(surface) % every :: every]:
        for each in (climb, quote(climb, safe=""), quote(climb, safe="/%")):
            path = _address(world, rule, each)
            for role in ("nobody", "facilitator", "delegate"):
                answer = world.people[role].client.open(path, method=method)
                fine(answer)
                assert "Set-Cookie: a=b" not in str(answer.headers)
                tally.add(str(answer.status_code))
    assert world.stage.head() == head


def _address(world: World, rule: str, climb: str) -> str:
    """Return a rule's address with its last parameter climbing."""
    *fixed, last = PARAMETER.findall(rule)
    path = rule.replace(f"<path:{last}>", climb).replace(f"<{last}>", climb)
    known = {"exercise": world.stage.exercise, "code": world.stage.code("VES")}
    known["member"] = world.people["delegate"].member
    for name in fixed:
        path = path.replace(f"<{name}>", known[name])
    return path
