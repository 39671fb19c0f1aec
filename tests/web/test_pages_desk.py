"""A delegation's pages: the lobby, the desk before, during and after play."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

import pytest

from exercise.adapters.scenario_files import load
from exercise.domain import commands as c
from exercise.domain.acts import INSTRUMENTS
from exercise.resources import INJECTS, STATIC
from tests.web.stage import Browser, Stage, a_stage
from tests.web.test_pages_staff import CONSTANT, LETTERS, PLANTED, _texts, read

SECRET = "Our cabinet will not name anybody tonight"
COLD_BYTES = 150_000
WHEN = ("lobby", "new", "played", "ended")


@dataclass
class Table:
    """Two delegations at one exercise, and who leads it."""

    stage: Stage
    leads: Browser
    ves: Browser
    kas: Browser

    def html(self, who: Browser, query: str = "") -> str:
        answer = who.get(f"/desk/{who.member}{query}")
        assert answer.status_code == 200, answer.text
        return answer.text


def _table(stage: Stage) -> Table:
    leads = stage.by_link("facilitator")
    ves = stage.delegate("VES", "Amina Haddad", "lead")
    return Table(stage, leads, ves, stage.delegate("KAS", PLANTED, "lead"))


def _play(table: Table) -> None:
    """Let one of everything happen that a desk shows."""
    stage, fay = table.stage, table.leads.member
    ves, kas = table.ves.member, table.kas.member
    scenario = load(INJECTS / "quiet-harbour")
    for inject in scenario.injects[:6]:
        stage.do(fay, c.Release(inject=inject.id))
    asks = {"subject": PLANTED, "asked": "Who is it?", "reply_in": 15}
    ask = c.Act(instrument="clarification_request", to=("KAS",), fields=asks)
    asked = stage.do(ves, ask).id
    stage.do(kas, c.Acknowledge(about=str(asked)))
    words = {"text": SECRET}
    reply = c.Act(instrument="reply", to=("VES",), about=str(asked), fields=words)
    stage.do(kas, reply)
    _agree(table)
    _talk(table)
    stage.do(fay, c.OpenProbe(probe="P1"))
    belief = {one.id: 25 for one in scenario.hypotheses[:4]}
    stage.do(ves, c.AnswerProbe(probe="P1", attribution=belief, severity=2))


def _agree(table: Table) -> None:
    stage, ves, kas = table.stage, table.ves.member, table.kas.member
    offered = {"type": "forensics", "text": PLANTED, "due_in": 30}
    for _ in range(2):
        offer = c.Act(instrument="offer_assistance", to=("KAS",), fields=offered)
        given = str(stage.do(ves, offer).id)
    stage.do(kas, c.Act(instrument="accept_assistance", about=given, fields={}))
    for silence in (None, 600_000):
        text = c.Propose(
            title="Ports",
            body=PLANTED,
            parties=("KAS", "ORL"),
            claims={},
            silence_ms=silence,
        )
        tabled = str(stage.do(ves, text).id)
    stage.do(kas, c.Reserve(text=tabled, reservation=PLANTED))
    statement = c.Act(instrument="public_attribution", to=("KAS",), fields=_blame())
    stage.do(ves, statement)


def _blame() -> dict[str, object]:
    scenario = load(INJECTS / "quiet-harbour")
    return {
        "text": PLANTED,
        "belief": {scenario.hypotheses[0].id: 100},
        "confidence": "low",
    }


def _talk(table: Table) -> None:
    stage, ves, kas = table.stage, table.ves.member, table.kas.member
    for _ in range(2):
        call = str(stage.do(kas, c.Call(to="VES")).id)
        stage.do(ves, c.AnswerCall(call=call))
        stage.do(ves, c.Say(call=call, text=PLANTED))
        if not _:
            stage.do(kas, c.HangUp(call=call))


@pytest.fixture(scope="module")
def tables() -> Iterator[dict[str, Table]]:
    """Give a table at every stage of an exercise."""
    scenario = replace(load(INJECTS / "quiet-harbour"), two_seats=("press_line",))
    with (
        a_stage(scenario, flood=False) as lobby,
        a_stage(scenario, flood=False) as new,
        a_stage(scenario, flood=False) as played,
        a_stage(scenario, flood=False) as ended,
    ):
        found = {
            name: _table(stage)
            for name, stage in zip(WHEN, (lobby, new, played, ended), strict=True)
        }
        for name in WHEN[1:]:
            found[name].stage.do(found[name].leads.member, c.Start(rate=1))
        for name in WHEN[2:]:
            _play(found[name])
        waits = c.Act(instrument="press_line", fields={"text": PLANTED})
        found["played"].stage.do(found["played"].ves.member, waits)
        found["ended"].stage.do(found["ended"].leads.member, c.End(confirm="END"))
        yield found


@pytest.mark.parametrize("when", WHEN)
def test_a_desk_is_whole_at_every_moment(tables: dict[str, Table], when: str) -> None:
    table = tables[when]
    for who in (table.ves, table.kas):
        found = read(table.html(who))
        assert found.wrong == []
        assert found.open == []
        assert [one for one, n in found.ids.items() if n > 1] == []


@pytest.mark.parametrize("when", WHEN)
def test_every_control_outside_the_stock_has_a_name(
    tables: dict[str, Table], when: str
) -> None:
    html = re.sub(
        r"<template.*?</template>",
        "",
        tables[when].html(tables[when].ves),
        flags=re.DOTALL,
    )
    found = read(html)
    assert [one for one in found.controls if one[1] not in found.labels] == []


@pytest.mark.parametrize("when", WHEN)
def test_nothing_that_others_wrote_becomes_markup(
    tables: dict[str, Table], when: str
) -> None:
    assert "<img src=x" not in tables[when].html(tables[when].ves)


@pytest.mark.parametrize("when", WHEN)
def test_every_word_of_the_desk_goes_through_the_catalogue(
    tables: dict[str, Table], when: str
) -> None:
    table = tables[when]
    html = table.html(table.ves, "?lang=qps")
    table.ves.get("/?lang=en")
    theirs = _theirs(table)
    ours = [
        one
        for one in read(html).said
        if LETTERS.search(one)
        and "[" not in one
        and not CONSTANT.search(one)
        and " ".join(one.split()) not in theirs
    ]
    assert sorted(set(ours)) == []


def _theirs(table: Table) -> str:
    scenario = asdict(load(INJECTS / "quiet-harbour"))
    stored = table.stage.ground.timeline.after(table.stage.exercise, 0)
    bodies = _texts([json.loads(one.entry.body or "{}") for one in stored])
    keys = ("Ctrl", "Enter", table.stage.opened.exercise)
    types = (
        PLANTED,
        "forensics",
        "CERT CERT-VES 2031-0312-04",
        "Vesmark, Spring course",
    )
    texts = [*_texts(scenario), *bodies, *keys, *types]
    return " ".join(" ".join(str(one).split()) for one in texts)


def test_the_composer_has_a_form_for_everything_a_state_may_do(
    tables: dict[str, Table],
) -> None:
    html = tables["new"].html(tables["new"].ves)
    for one in INSTRUMENTS.values():
        if one.command == "act" and "state" in one.who:
            form = re.search(
                rf'<template id="form-{one.id}".*?</template>', html, re.DOTALL
            )
            assert form, one.id
            rows = set(re.findall(r'data-row="(\w+)"', form[0]))
            assert rows == {field.name for field in one.fields}
            assert f'data-rung="{one.rung}"' in form[0]


def test_a_company_is_not_offered_what_only_states_do(
    tables: dict[str, Table],
) -> None:
    table = tables["new"]
    company = table.stage.delegate("HGA", "Lee", "")
    html = table.html(company)
    assert 'id="form-offer_assistance"' in html
    assert 'id="form-use_of_force"' not in html


@pytest.mark.parametrize("instrument", sorted(INSTRUMENTS))
def test_one_form_can_be_asked_for_alone(
    tables: dict[str, Table], instrument: str
) -> None:
    ves = tables["new"].ves
    answer = ves.get(f"/desk/{ves.member}/composer/{instrument}")
    assert answer.status_code == 200
    found = read(answer.text)
    assert found.wrong == found.open == []
    assert f'data-instrument="{instrument}"' in answer.text


def test_a_word_that_needs_a_second_seat_waits_to_be_signed(
    tables: dict[str, Table],
) -> None:
    table = tables["played"]
    assert 'data-countersign="' in table.html(table.ves)
    assert 'data-countersign="' not in table.html(table.kas)


def test_what_came_in_lies_in_the_inbox_and_what_is_ours_beside_it(
    tables: dict[str, Table],
) -> None:
    html = tables["played"].html(tables["played"].ves)
    inbox, _, ours = html.partition('id="ours-list"')
    ours = ours.partition("</ul></section>")[0]
    assert (
        'data-by="VES"'
        not in re.findall(r'id="inbox-list".*?</ul>', inbox, re.DOTALL)[0]
    )
    assert 'data-by="VES"' in ours
    assert 'data-by="KAS"' not in ours
    cards = re.findall(r'id="mail-(\w+)"', html)
    assert set(cards) <= set(re.findall(r'id="paper-(\w+)"', html))


def test_a_call_that_runs_is_there_after_a_reload(tables: dict[str, Table]) -> None:
    html = tables["played"].html(tables["played"].kas)
    assert 'data-state="running" data-answered-ms="' in html
    assert html.count('class="call-panel call-past"') == 1


def test_the_brief_is_always_at_hand_and_is_only_ones_own(
    tables: dict[str, Table],
) -> None:
    scenario = load(INJECTS / "quiet-harbour")
    theirs = next(one for one in scenario.delegations if one.id == "KAS")
    for when in WHEN:
        said = " ".join(read(tables[when].html(tables[when].ves)).said)
        assert not [one for one in theirs.red_lines if one in said]
        kas = " ".join(read(tables[when].html(tables[when].kas)).said)
        assert all(one in kas for one in theirs.red_lines)


def test_another_delegations_sealed_answer_stays_sealed(
    tables: dict[str, Table],
) -> None:
    assert 'id="probe-stock"' in tables["played"].html(tables["played"].ves)
    assert 'id="probe-stock"' not in tables["played"].html(tables["played"].kas)


def test_the_hot_wash_opens_when_play_is_over(tables: dict[str, Table]) -> None:
    tab = r'<a href="#hotwash" data-go="hotwash" data-when="ended"( hidden)?>'
    running = re.search(tab, tables["played"].html(tables["played"].ves))
    ended = re.search(tab, tables["ended"].html(tables["ended"].ves))
    assert running is not None
    assert ended is not None
    assert running[1]
    assert not ended[1]


def test_a_desk_is_light_enough_for_a_phone(tables: dict[str, Table]) -> None:
    """Everything a cold browser loads, packed."""
    html = tables["played"].html(tables["played"].ves)
    names = set(re.findall(r"/static/([\w./@-]+)", html)) | {"js/desk.js"}
    for _ in range(4):
        names |= {
            found for one in names if one.endswith(".js") for found in _imports(one)
        }
    data = [html.encode(), *((STATIC / one).read_bytes() for one in names)]
    assert sum(len(gzip.compress(one, 9)) for one in data) < COLD_BYTES


def _imports(name: str) -> set[str]:
    text = (STATIC / name).read_text("utf-8")
    found = re.findall(r'from "(\.[^"]+)"', text)
    folder = (STATIC / name).parent
    root = STATIC.resolve()
    return {str((folder / one).resolve().relative_to(root)) for one in found}


def test_a_script_asks_only_for_words_and_places_that_the_desk_has(
    tables: dict[str, Table],
) -> None:
    html = tables["played"].html(tables["played"].ves)
    named = (
        "answers",
        "composer",
        "counsel",
        "desk",
        "drafting",
        "forms",
        "hotline",
        "inbox",
    )
    more = ("notices", "outgoing", "papers", "probe", "timelist")
    text = "".join((STATIC / f"js/{one}.js").read_text("utf-8") for one in named + more)
    for word in set(re.findall(r'\bword\("(\w+)"', text)):
        kebab = re.sub(r"(?<!^)([A-Z])", r"-\1", word).lower()
        assert f"data-word-{kebab}=" in html, word
    made = {"say", "slot-item"}
    for id_ in set(re.findall(r'getElementById\("([\w-]+)"\)', text)) - made:
        assert f'id="{id_}"' in html or id_ in {"probe-stock", "inbox-empty"}, id_
