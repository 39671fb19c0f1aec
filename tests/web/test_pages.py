"""Pages before a desk, and the desks: codes, links, sessions, forms and headers."""

from dataclasses import replace
from html import unescape
from uuid import uuid4

import pytest

from exercise.domain.catalogue import CATALOGUE
from exercise.domain.commands import (
    AdHocInject,
    CloseRatings,
    End,
    Note,
    Rate,
    Start,
)
from exercise.service.directory import ROOM_PLACE, Place
from tests.web.stage import Stage, csrf_in


def test_a_code_is_forgiven_its_spelling(stage: Stage) -> None:
    browser = stage.browser()
    browser.get("/")
    code = stage.code("VES")
    loose = code.replace("-", " ").lower().replace("0", "o").replace("1", "l")
    answer = browser.post("/", code=loose)
    assert answer.status_code == 303
    assert answer.location == f"/j/{code}"


def test_an_unknown_code_gets_one_answer_and_is_counted(stage: Stage) -> None:
    browser = stage.browser()
    browser.get("/")
    answers = [browser.post("/", code=f"ABCD-EFG{n}") for n in range(7)]
    assert [one.status_code for one in answers] == [404] * 5 + [429] * 2
    texts = {
        one.text.replace(f"ABCD-EFG{n}", "").replace(csrf_in(one.text), "")
        for n, one in enumerate(answers[:5])
    }
    assert len(texts) == 1
    # The right one is no way out, and another browser is not held up.
    assert browser.post("/", code=stage.code("VES")).status_code == 429
    other = stage.browser()
    other.get("/")
    assert other.post("/", code=stage.code("VES")).status_code == 303


def test_three_hundred_wrong_tries_shut_out_those_without_a_cookie(
    stage: Stage,
) -> None:
    now_ms = stage.ground.clock.now_ms()
    for number in range(300):
        stage.ground.directory.fail(f"browser {number}", now_ms)
    right = {"code": stage.code("VES"), "name": "Amina"}
    answer = stage.browser().client.post("/api/v1/join", json=right)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    browser = stage.browser()
    browser.get("/")
    assert browser.post("/", code=stage.code("VES")).status_code == 303


def test_a_cookie_that_we_did_not_sign_is_no_cookie(stage: Stage) -> None:
    browser = stage.browser()
    browser.client.set_cookie("detente", "made.up")
    browser.get("/")
    assert browser.token not in {"", "made"}


def test_joining_begins_a_fresh_session(stage: Stage) -> None:
    browser = stage.browser()
    browser.get(f"/j/{stage.code('VES')}")
    before = browser.token
    browser.post(f"/j/{stage.code('VES')}", name="Amina", seat="legal")
    assert browser.token != before
    assert not stage.ground.directory.memberships(before)
    assert stage.ground.directory.memberships(browser.token)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stage: Stage) -> None:
    cookie = stage.browser().get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\u202eb", "a\x00b"])
def test_a_name_that_cannot_be_shown_is_refused_by_field(
    stage: Stage, name: str
) -> None:
    browser, head = stage.browser(), stage.head()
    browser.get(f"/j/{stage.code('VES')}")
    answer = browser.post(f"/j/{stage.code('VES')}", name=name, seat="")
    assert answer.status_code in {404, 409, 422}
    assert 'href="#field-name"' in answer.text
    assert stage.head() == head


def test_an_exclusive_seat_moves_only_when_one_says_so(stage: Stage) -> None:
    first = stage.delegate("VES", "Amina", seat="lead")
    browser = stage.browser()
    browser.get(f"/j/{stage.code('VES')}")
    form = {"name": "Bo", "seat": "lead"}
    asked = browser.post(f"/j/{stage.code('VES')}", **form)
    assert asked.status_code == 409
    moved = browser.post(f"/j/{stage.code('VES')}", **form, move="yes")
    assert moved.status_code == 303
    assert first.get(f"/desk/{first.member}").status_code == 403


def test_one_who_is_in_goes_straight_to_their_desk(stage: Stage) -> None:
    amina = stage.delegate("VES")
    answer = amina.get(f"/j/{stage.code('VES')}")
    assert answer.location == f"/desk/{amina.member}"
    assert amina.get(f"/j/{stage.code('VES')}?new=1").status_code == 200
    assert amina.get("/desk").location == f"/desk/{amina.member}"


def test_nobody_joins_once_it_has_ended(stage: Stage) -> None:
    fay = stage.by_link("facilitator")
    stage.do(fay.member, Start())
    stage.do(fay.member, End(confirm="END"))
    answer = stage.browser().get(f"/j/{stage.code('VES')}")
    assert answer.status_code == 409
    told = stage.browser().client.post(
        "/api/v1/join", json={"code": stage.code("VES"), "name": "Late"}
    )
    assert told.json["code"] == "ended"


def test_a_link_is_spent_by_its_form_and_by_nothing_else(stage: Stage) -> None:
    browser = stage.browser()
    path = f"/link/{stage.ground.enrol.link(stage.exercise, 'trainer')}"
    for _ in range(3):
        assert browser.get(path).status_code == 200
    answer = browser.post(path)
    assert answer.location == f"/review/{stage.exercise}"
    again = stage.browser()
    assert again.get(path).status_code == 404
    again.get("/")
    assert again.post(path).status_code == 404


def test_a_host_opens_an_exercise_and_goes_in(stage: Stage) -> None:
    host = stage.by_link("host", "")
    assert "Spring course" in host.get("/host").text
    answer = host.post("/host", scenario="small", title="Autumn course")
    assert answer.status_code == 200
    opened = stage.timeline.exercises()[0]
    assert opened.title == "Autumn course"
    assert host.get(f"/console/{opened.exercise}").status_code == 200
    wrong = host.post("/host", scenario="nowhere", title="Autumn course")
    assert wrong.status_code == 422
    assert host.get(f"/host/{stage.exercise}/enter").status_code == 200
    entered = host.post(f"/host/{stage.exercise}/enter")
    assert entered.location == f"/console/{stage.exercise}"


def test_the_api_joins_opens_and_reads(stage: Stage) -> None:
    client = stage.browser().client
    key = str(uuid4())
    told = {"code": stage.code("VES"), "name": "Amina", "seat": None, "id": key}
    first = client.post("/api/v1/join", json=told).json
    again = client.post("/api/v1/join", json=told).json
    assert first["member"] == again["member"]
    assert first["token"] != again["token"]
    assert first["audiences"] == ["VES"]
    bearer = {"Authorization": f"Bearer {again['token']}"}
    path = f"/api/v1/exercises/{stage.exercise}/entries"
    page = client.get(f"{path}?after=0", headers=bearer).json
    assert [one["position"] for one in page["entries"]] == list(
        range(1, page["head"] + 1)
    )
    back = client.get(f"{path}?before=2&limit=50", headers=bearer).json
    assert [one["position"] for one in back["entries"]] == [1]
    assert client.get(f"{path}?after=x", headers=bearer).status_code == 422
    foreign = client.get(f"{path}?audience=KAS", headers=bearer)
    assert foreign.status_code == 403


def test_a_facilitator_looks_over_a_delegations_shoulder_and_leaves_one_line(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    fay = stage.by_link("facilitator")
    stage.delegate("VES")
    head = stage.head()
    caplog.set_level("INFO", "exercise.web.viewing")
    path = f"/api/v1/exercises/{stage.exercise}/entries?audience=VES"
    assert fay.get(path).status_code == 200
    assert len(caplog.records) == 1
    assert stage.head() == head
    assert not stage.ground.directory.read_to(stage.exercise)
    eve = stage.by_link("evaluator")
    assert eve.get(path).status_code == 403


@pytest.mark.parametrize("path", ["/", "/logout", "/host", "/j/{code}", "/link/x"])
def test_a_form_without_its_word_is_refused(stage: Stage, path: str) -> None:
    browser = stage.delegate("VES")
    answer = browser.client.post(
        path.format(code=stage.code("VES")), data={"name": "x"}
    )
    assert answer.status_code == 400


def test_the_api_wants_the_word_from_a_cookie_but_not_from_a_token(
    stage: Stage,
) -> None:
    fay, token = stage.by_link("facilitator"), stage.program()
    path = f"/exercises/{stage.exercise}/commands"
    told = {"id": str(uuid4()), "type": "note", "text": "x"}
    assert fay.client.post(f"/api/v1{path}", json=told).status_code == 400
    fay.get(f"/console/{stage.exercise}")
    fay.get("/")
    assert fay.api(path, told).json["ok"]
    bearer = {"Authorization": f"Bearer {token}"}
    answer = stage.browser().client.post(
        f"/api/v1{path}", json={**told, "id": str(uuid4())}, headers=bearer
    )
    assert answer.json["ok"]


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost:9", "https://localhost.evil"],
)
def test_another_sites_page_may_send_nothing(stage: Stage, origin: str) -> None:
    browser = stage.browser()
    told = {"code": stage.code("VES"), "name": "Amina"}
    foreign = {"Origin": origin}
    answer = browser.client.post("/api/v1/join", json=told, headers=foreign)
    assert answer.status_code == 403
    ours = {"Origin": "http://localhost"}
    assert (
        browser.client.post("/api/v1/join", json=told, headers=ours).status_code == 200
    )


def test_every_answer_says_what_a_page_may_do(stage: Stage) -> None:
    for path in ("/", "/healthz", "/nowhere", "/api/v1/openapi.json", "/static/x"):
        headers = stage.browser().get(path).headers
        policy = headers["Content-Security-Policy"]
        for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'"):
            assert part in policy
        for part in ("object-src", "base-uri", "frame-ancestors"):
            assert f"{part} 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_a_room_display_needs_its_code_and_names_nobody(stage: Stage) -> None:
    name = uuid4().hex
    stage.delegate("VES", name)
    browser = stage.browser()
    code = stage.ground.directory.codes(stage.exercise)[ROOM_PLACE]
    answer = browser.get(f"/room/{code}")
    assert answer.status_code == 200
    assert name not in answer.text
    assert stage.browser().get(f"/room/{stage.code('VES')}").status_code == 404
    assert stage.browser().get(f"/j/{code}").status_code == 404


def test_files_are_kept_for_ever_under_their_own_address(stage: Stage) -> None:
    client = stage.browser().client
    page = client.get("/").text
    href = page.partition('href="/static/css/base.css')[2].partition('"')[0]
    answer = client.get(f"/static/css/base.css{href}")
    assert "immutable" in answer.headers["Cache-Control"]
    packed = client.get(
        f"/static/css/base.css{href}", headers={"Accept-Encoding": "gzip"}
    )
    assert packed.headers["Content-Encoding"] == "gzip"
    assert (
        "immutable" not in client.get("/static/css/base.css").headers["Cache-Control"]
    )
    for odd in ("../pyproject.toml", "..%2fpyproject.toml", "css", "nowhere.css"):
        assert client.get(f"/static/{odd}").status_code == 404


def test_the_first_page_asks_again_in_a_language_that_was_chosen(stage: Stage) -> None:
    browser = stage.browser()
    browser.get("/?lang=qps")
    assert 'dir="rtl"' in browser.get("/").text


def test_a_start_that_is_no_time_is_refused_by_field(stage: Stage) -> None:
    host = stage.by_link("host", "")
    host.get("/host")
    answer = host.post("/host", scenario="small", title="X", starts_at="soon\x00")
    assert answer.status_code == 422
    assert 'href="#field-starts_at"' in answer.text
    assert len(stage.timeline.exercises()) == 1


def test_an_evaluator_rates_without_seeing_what_others_rated(stage: Stage) -> None:
    fay, tom = stage.by_link("facilitator"), stage.by_link("trainer")
    eve, word = stage.by_link("evaluator"), uuid4().hex
    sol = stage.by_link("evaluator")
    stage.do(fay.member, Start())
    stage.do(sol.member, Rate(subject="talk", rating="M", note=word))
    stage.do(fay.member, Note(text=word))
    assert word in tom.get(f"/review/{stage.exercise}").text
    assert word not in eve.get(f"/review/{stage.exercise}").text
    assert eve.get(f"/review/{stage.exercise}/report.html").status_code == 409
    path = f"/api/v1/exercises/{stage.exercise}/ratings/mine"
    assert word in sol.get(path).text
    assert eve.get(path).json == {"ratings": []}
    stage.do(fay.member, End(confirm="END"))
    assert eve.get(f"/review/{stage.exercise}/report.html").status_code == 409
    for one in (eve, sol):
        stage.do(one.member, CloseRatings())
    assert word in eve.get(f"/review/{stage.exercise}").text
    assert eve.get(f"/review/{stage.exercise}/report.html").status_code == 200


def test_an_exercise_opened_by_a_program_comes_with_all_it_needs(stage: Stage) -> None:
    token = stage.ground.fresh_token()
    stage.ground.enrol.admit(token, "", "host")
    bearer = {"Authorization": f"Bearer {token}"}
    client = stage.browser().client
    told = {"scenario": "small", "title": "By a program"}
    answer = client.post("/api/v1/exercises", json=told, headers=bearer)
    assert answer.status_code == 201
    assert set(answer.json["codes"]) == set(stage.opened.codes)
    place = stage.ground.directory.place(answer.json["codes"]["VES"])
    assert place == Place(answer.json["exercise"], "VES")
    mine = {"Authorization": f"Bearer {answer.json['facilitator_token']}"}
    path = f"/api/v1/exercises/{answer.json['exercise']}/score"
    assert client.get(path, headers=mine).status_code == 200
    assert client.get(path, headers=bearer).status_code == 404


def test_every_citation_leads_to_its_line_in_the_catalogues(stage: Stage) -> None:
    text = unescape(stage.browser().get("/catalogue").text)
    for id_, one in CATALOGUE.items():
        assert f'id="{id_}"' in text
        assert one.source in text
    unverified = sum(not one.verified for one in CATALOGUE.values())
    assert text.count("unverified") == unverified


def test_the_run_list_counts_readers_and_keeps_what_is_announced(
    stage: Stage,
) -> None:
    fay, amina = stage.by_link("facilitator"), stage.delegate("VES")
    stage.do(fay.member, Start())
    sent = AdHocInject(
        title="Rain in the east", body="Rain.", channel="wire", audience=("VES", "ORL")
    )
    stage.do(fay.member, sent)
    coming = replace(sent, title="Hail in the west", undo_ms=60_000)
    stage.do(fay.member, coming)
    stage.services.directory.see(stage.exercise, "VES", amina.member, 99)
    listed = fay.get(f"/console/{stage.exercise}/runlist").text
    assert "1 of 2 read" in listed
    assert "Hail in the west" in listed


def test_staff_are_asked_for_a_name_with_their_link_and_screens_are_not(
    stage: Stage,
) -> None:
    for role, asked in (("trainer", True), ("facilitator", True), ("host", False)):
        where = stage.exercise if role != "host" else ""
        link = f"/link/{stage.ground.enrol.link(where, role)}"
        browser = stage.browser()
        assert ('name="name"' in browser.get(link).text) is asked
    fay = stage.browser()
    link = f"/link/{stage.ground.enrol.link(stage.exercise, 'facilitator')}"
    fay.get(link)
    assert fay.post(link, name="Fay Okafor").status_code == 303
    state = stage.ground.conduct.writer(stage.exercise).view()
    assert state is not None
    assert "Fay Okafor" in state.names.values()


def test_a_report_is_written_in_its_readers_language(stage: Stage) -> None:
    fay = stage.by_link("facilitator")
    path = f"/review/{stage.exercise}/report.html"
    assert fay.get(path).text.endswith(" page participants en")
    assert fay.get(f"{path}?lang=qps").text.endswith(" page participants qps")
