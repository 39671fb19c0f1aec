"""Files reach those to whom an entry brought them; for all others there are none."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from werkzeug.test import TestResponse

from exercise.domain.commands import (
    AdHocInject,
    Recall,
    Release,
    Revoke,
    ShareItem,
    Start,
    Undo,
    WireCommand,
)
from exercise.domain.scenario import Attachment, Scenario
from exercise.service.papers import PART, Paper
from exercise.web.papers import flow
from exercise.words.formats import filesize
from tests.adapters.files import a_pdf, a_png, attachment, brought, chunk
from tests.domain.small import a_scenario
from tests.web.stage import Browser, Stage, a_stage

BYTES = {
    "brief": a_pdf("What only VES knows"),
    "inject": a_png(6, 5),
    "item": a_pdf("Hashes"),
    "public": a_png(640, 400, chunk(b"prVt", b"\x00" * (2 * PART))),
    "never": a_png(3, 3),
}
FILES = {
    name: attachment(f"papers/{name}.{'pdf' if b'PDF' in data[:5] else 'png'}", data)
    for name, data in BYTES.items()
}
PAPERS = tuple(brought(FILES[name], data) for name, data in BYTES.items())
STAFF = ("facilitator", "trainer", "evaluator")
ROLES = (*STAFF, "observer", "VES", "KAS", "HGA", "host", "elsewhere", "nobody")
INSIDE = (*STAFF, "observer", "VES", "KAS", "HGA")


def with_files() -> Scenario:
    """Return the small scenario with a file in each place where one may be."""
    base = a_scenario()
    of = {"beacon": "inject", "blackout": "public", "spare": "never"}
    return replace(
        base,
        delegations=tuple(
            replace(one, attachments=(FILES["brief"],)) if one.id == "VES" else one
            for one in base.delegations
        ),
        injects=tuple(
            replace(one, attachments=(FILES[of[one.id]],)) if one.id in of else one
            for one in base.injects
        ),
        items=tuple(replace(one, attachments=(FILES["item"],)) for one in base.items),
    )


@dataclass
class World:
    """A stage with one browser for each role."""

    stage: Stage
    browsers: dict[str, Browser] = field(default_factory=dict)

    def ask(self, role: str, sha256: str, exercise: str = "") -> TestResponse:
        where = exercise or self.stage.exercise
        path = f"/api/v1/exercises/{where}/papers/{sha256}"
        return self.browsers[role].client.get(path)

    def does(self, role: str, command: WireCommand) -> str:
        ack = self.stage.do(self.browsers[role].member, command)
        return str(ack.id)

    def who_gets(self, name: str) -> set[str]:
        """Return the roles that get a file; the others must see what is not there."""
        found = set()
        for role in ROLES:
            answer = self.ask(role, FILES[name].sha256)
            if answer.status_code == 200:
                assert answer.data == BYTES[name], role
                found.add(role)
            else:
                assert told(answer) == told(self.ask(role, "0" * 64)), role
        return found


def told(answer: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return everything that an answer says, to be compared to the byte."""
    return answer.status_code, answer.data, sorted(answer.headers.items())


def filled(stage: Stage) -> World:
    world = World(stage)
    for role in (*STAFF, "observer"):
        world.browsers[role] = stage.by_link(role)
    for party in ("VES", "KAS", "HGA"):
        world.browsers[party] = stage.delegate(party)
    world.browsers["host"] = stage.by_link("host", "")
    world.browsers["nobody"] = stage.browser()
    found = stage.ground.shelf.read("small")
    assert found is not None
    other = stage.ground.enrol.open(
        "Elsewhere", found.scenario, found.sha256, papers=found.papers
    )
    world.browsers["elsewhere"] = stage.by_link("facilitator", other.exercise)
    return world


@pytest.fixture
def world() -> Iterator[World]:
    with a_stage(with_files(), papers=PAPERS, flood=False) as stage:
        yield filled(stage)


def test_before_startex_a_delegation_has_its_brief_and_no_more(world: World) -> None:
    assert world.who_gets("brief") == {*STAFF, "VES"}
    for name in ("inject", "item", "public", "never"):
        assert world.who_gets(name) == set(STAFF)


def test_a_release_brings_a_file_to_its_audience_and_to_nobody_else(
    world: World,
) -> None:
    world.does("facilitator", Start(rate=1))
    world.does("facilitator", Release(inject="beacon"))
    assert world.who_gets("inject") == {*STAFF, "VES"}
    assert world.who_gets("item") == {*STAFF, "VES"}
    assert world.who_gets("public") == set(STAFF)
    world.does("facilitator", Release(inject="blackout"))
    assert world.who_gets("public") == {*STAFF, "observer", "VES", "KAS", "HGA"}
    assert world.who_gets("brief") == {*STAFF, "VES"}
    assert world.who_gets("never") == set(STAFF)


def test_an_item_takes_its_file_along(world: World) -> None:
    world.does("facilitator", Start(rate=1))
    world.does("facilitator", Release(inject="beacon"))
    assert world.who_gets("item") == {*STAFF, "VES"}
    world.does("VES", ShareItem(item="loader", to=("HGA",)))
    assert world.who_gets("item") == {*STAFF, "VES", "HGA"}
    assert world.who_gets("inject") == {*STAFF, "VES"}


def test_what_is_announced_or_undone_brings_nothing(world: World) -> None:
    world.does("facilitator", Start(rate=1))
    world.does("facilitator", Release(inject="beacon", undo_ms=60_000))
    assert world.who_gets("inject") == set(STAFF)
    world.does("facilitator", Undo(inject="beacon"))
    assert world.who_gets("inject") == set(STAFF)


def test_an_unplanned_inject_brings_its_files_once_it_is_out(world: World) -> None:
    world.does("facilitator", Start(rate=1))
    words = AdHocInject(
        title="A map",
        body="Look at it.",
        channel="cable",
        audience=("KAS",),
        attachments=(FILES["never"].sha256,),
        undo_ms=60_000,
    )
    world.does("facilitator", words)
    assert world.who_gets("never") == set(STAFF)
    world.does("facilitator", replace(words, undo_ms=0))
    assert world.who_gets("never") == {*STAFF, "KAS"}


def test_what_is_recalled_stays_readable_as_its_text_does(world: World) -> None:
    world.does("facilitator", Start(rate=1))
    world.does("facilitator", Release(inject="beacon"))
    world.does("facilitator", Recall(inject="beacon", reason="Too early."))
    assert world.who_gets("inject") == {*STAFF, "VES"}


def test_who_is_out_gets_nothing(world: World) -> None:
    member = world.browsers["VES"].member
    world.does("facilitator", Revoke(member=member))
    answer = world.ask("VES", FILES["brief"].sha256)
    assert told(answer) == told(world.ask("VES", "0" * 64))
    assert answer.status_code == 404


def test_a_file_of_one_exercise_is_none_in_another(world: World) -> None:
    real = FILES["brief"].sha256
    for role in INSIDE:
        for exercise in ("0" * 32, "elsewhere"):
            answer = world.ask(role, real, exercise)
            assert answer.status_code == 404
            assert told(answer) == told(world.ask(role, "0" * 64, exercise))


@pytest.mark.parametrize(
    "name",
    ["", "0", "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "a" * 63, "g" * 64, "é" * 8],
)
def test_no_other_name_leads_anywhere(world: World, name: str) -> None:
    for role in ("facilitator", "VES", "nobody"):
        assert world.ask(role, name).status_code in {401, 404}


def test_a_name_is_taken_to_the_letter(world: World) -> None:
    real = FILES["brief"].sha256
    assert world.ask("VES", real).status_code == 200
    for name in (real.upper(), f"{real} ", f"{real}%00", f"{real}.pdf"):
        if name != real:
            assert world.ask("VES", name).status_code == 404


def test_a_program_gets_what_its_member_gets(world: World) -> None:
    path = f"/api/v1/exercises/{world.stage.exercise}/papers/{FILES['never'].sha256}"
    client = world.stage.app.test_client()
    token = world.stage.program("facilitator")
    got = client.get(path, headers={"Authorization": f"Bearer {token}"})
    assert got.data == BYTES["never"]
    watching = world.stage.program("observer")
    no = client.get(path, headers={"Authorization": f"Bearer {watching}"})
    assert no.status_code == 404


def test_a_browser_in_two_seats_reads_for_both(world: World) -> None:
    both = world.browsers["KAS"]
    assert world.ask("KAS", FILES["brief"].sha256).status_code == 404
    code = world.stage.code("VES")
    both.get(f"/j/{code}")
    assert both.post(f"/j/{code}", name="Amina", seat="").status_code == 303
    assert world.ask("KAS", FILES["brief"].sha256).status_code == 200


# --- How it is sent -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["brief", "never"])
def test_a_file_runs_nothing_and_is_kept_nowhere(world: World, name: str) -> None:
    answer = world.ask("facilitator", FILES[name].sha256)
    type_ = {"pdf": "application/pdf", "png": "image/png"}[FILES[name].type]
    assert answer.headers["Content-Type"] == type_
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Content-Length"] == str(len(BYTES[name]))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "Set-Cookie" not in answer.headers


def test_a_large_file_comes_in_parts(world: World) -> None:
    answer = world.ask("facilitator", FILES["public"].sha256)
    parts = list(answer.iter_encoded())
    assert b"".join(parts) == BYTES["public"]
    assert max(map(len, parts)) == PART < len(BYTES["public"])


def test_between_two_parts_everybody_else_goes_on() -> None:
    order: list[object] = []
    for part in flow([b"one", b"two"], order.append):
        order += [part]
    assert order == [b"one", 0, b"two", 0]


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "1 KB"), (1_499, "1 KB"), (48_213, "48 KB"), (10_000_000, "10.0 MB")],
)
def test_a_size_is_said_as_people_say_it(size: int, said: str) -> None:
    assert filesize(size) == said


def test_to_ask_for_the_head_alone_sends_no_bytes(world: World) -> None:
    path = f"/api/v1/exercises/{world.stage.exercise}/papers/"
    client = world.browsers["VES"].client
    there = client.head(path + FILES["brief"].sha256)
    assert (there.status_code, there.data) == (200, b"")
    assert there.headers["Content-Length"] == str(len(BYTES["brief"]))
    assert client.head(path + FILES["never"].sha256).status_code == 404


@pytest.mark.parametrize(
    ("file", "plain", "whole"),
    [
        ("papers/a map.png", "a_map.png", "a%20map.png"),
        ('x";evil="y.png', "x_evil_y.png", "x%22%3Bevil%3D%22y.png"),
        ("carte é.PNG", "carte_.PNG.png", "carte%20%C3%A9.PNG.png"),
        ("خريطة.png", "paper.png", "%D8%AE%D8%B1%D9%8A%D8%B7%D8%A9.png"),
        ("run.exe", "run.exe.png", "run.exe.png"),
        ("..png", "paper.png", "..png"),
    ],
)
def test_a_name_is_safe_wherever_it_is_kept(file: str, plain: str, whole: str) -> None:
    data = a_png(7, 7)
    one: Attachment = attachment(file, data)
    base = a_scenario()
    first = replace(base.delegations[0], attachments=(one,))
    scenario = replace(base, delegations=(first, *base.delegations[1:]))
    with a_stage(scenario, papers=(brought(one, data),)) as stage:
        browser = stage.delegate("VES")
        path = f"/api/v1/exercises/{stage.exercise}/papers/{one.sha256}"
        told = browser.client.get(path).headers["Content-Disposition"]
    assert told == f"inline; filename=\"{plain}\"; filename*=UTF-8''{whole}"


def test_an_exercise_whose_files_were_not_brought_is_not_opened() -> None:
    with a_stage(with_files(), papers=PAPERS) as stage:
        found = stage.ground.shelf.read("small")
        assert found is not None
        before = len(stage.timeline.exercises())
        fewer: tuple[Paper, ...] = PAPERS[1:]
        with pytest.raises(Exception, match=r"brief\.pdf"):
            stage.ground.enrol.open("No", found.scenario, found.sha256, papers=fewer)
        assert len(stage.timeline.exercises()) == before
