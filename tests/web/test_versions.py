"""Earlier versions of drafts and of joint texts, as a desk asks for them."""

import json
import re
from uuid import uuid4

import pytest

from exercise.domain.commands import Amend, Propose, Start
from tests.web.stage import Browser, Socket, Stage

KEY = "act:press_line:-"


def written(text: str) -> str:
    state = {"form": "press_line", "about": "", "to": [], "values": {"text": text}}
    return json.dumps(state)


def socket_of(stage: Stage, browser: Browser) -> Socket:
    socket = stage.socket({"membership": browser.member}, browser)
    assert socket.open
    return socket


def versions(browser: Browser, key: str = KEY) -> str:
    answer = browser.get(f"/desk/{browser.member}/versions?key={key}")
    assert answer.status_code == 200
    return answer.text


def test_a_colleague_sees_who_writes_and_takes_over_at_once(stage: Stage) -> None:
    amina, bo = stage.delegate("VES", "Amina"), stage.delegate("VES", "Bo")
    first, second = socket_of(stage, amina), socket_of(stage, bo)
    first.command("draft", key=KEY, text=written("We regret."))
    told = second.command("draft", key=KEY)["draft"]
    assert (told["by"], told["mine"], told["writing"]) == ("Amina", False, True)
    assert json.loads(told["text"])["values"] == {"text": "We regret."}
    words = written("We regret it.")
    refused = second.command("draft", key=KEY, text=words)
    assert (refused["ok"], refused["code"]) == (False, "locked")
    assert second.command("draft", key=KEY, text=words, how="take")["ok"]
    late = first.command("draft", key=KEY, text=written("We regret that."))
    assert late["draft"]["by"] == "Bo"
    page = versions(bo)
    assert page.count("data-version=") == 2
    assert page.index("Bo") < page.index("Amina")
    assert "We regret." in page


def test_a_delegation_lists_what_its_people_have_begun(stage: Stage) -> None:
    amina, bo = stage.delegate("VES", "Amina"), stage.delegate("VES", "Bo")
    boris = stage.delegate("KAS", "Boris")
    first, second = socket_of(stage, amina), socket_of(stage, bo)
    first.command("draft", key=KEY, text=written("One"))
    second.command("draft", key="act:reply:e1", text=written("Two"))
    told = second.command("draft")["drafts"]
    assert [(one["key"], one["by"], one["mine"]) for one in told] == [
        (KEY, "Amina", False),
        ("act:reply:e1", "Bo", True),
    ]
    assert socket_of(stage, boris).command("draft")["drafts"] == []


def test_a_draft_is_read_in_words_and_not_in_a_programs_names(stage: Stage) -> None:
    amina = stage.delegate("VES", "Amina")
    values = {
        "title": "Together",
        "vote": 10,
        "majority": "two_thirds",
        "binding": True,
        "claims": {"attribution": "organ"},
        "forum": "f-1",
        "made_up": "x-1",
        "item": "loader",
    }
    state = {"form": "propose", "about": "", "to": [], "values": values}
    socket = socket_of(stage, amina)
    socket.command("draft", key="act:propose:-", text=json.dumps(state))
    page = versions(amina, "act:propose:-")
    said = re.sub(r"<[^>]+>", " ", page)
    for words in ("10 minutes", "two thirds", "Binding once adopted", "an organ"):
        assert words in said
    for raw in ("two_thirds", "attribution", "f-1", "made_up", "x-1", "loader"):
        assert raw not in said


def test_what_a_client_made_up_is_no_command_but_harms_nobody(stage: Stage) -> None:
    amina = stage.delegate("VES")
    socket = socket_of(stage, amina)
    odd = (
        '{"values": {"a": [{}], "b": null}}',
        '{"values": {"claims": {"attribution": [1]}}}',
    )
    for text in ("{", "[]", '{"values": 3}', *odd):
        assert socket.command("draft", key=KEY, text=text, how="restore")["ok"]
    page = versions(amina)
    assert page.count("data-version=") == 5
    marked = "<script>alert(1)</script>"
    socket.command("draft", key=KEY, text=written(marked), how="restore")
    assert marked not in versions(amina)


@pytest.mark.parametrize(
    ("told", "field"),
    [({"how": "steal"}, "how"), ({"how": 3}, "how"), ({"text": None}, "text")],
)
def test_a_draft_of_another_shape_is_refused_by_field(
    stage: Stage, told: dict[str, object], field: str
) -> None:
    socket = socket_of(stage, stage.delegate("VES"))
    answer = socket.command("draft", **{"key": KEY, "text": "x", **told})
    assert (answer["code"], answer["field"]) == ("shape", field)


def test_versions_are_the_delegations_own(stage: Stage) -> None:
    canary = uuid4().hex
    amina, boris = stage.delegate("VES"), stage.delegate("KAS", "Boris")
    socket_of(stage, amina).command("draft", key=KEY, text=written(canary))
    assert canary in versions(amina)
    assert canary not in versions(boris)
    told = socket_of(stage, boris).command("draft", key=KEY)
    assert set(told["draft"]) == {"key"}


def test_every_version_of_a_text_stands_in_full_with_what_changed(
    stage: Stage,
) -> None:
    fay, amina = stage.by_link("facilitator"), stage.delegate("VES")
    boris, oda = stage.delegate("KAS", "Boris"), stage.delegate("ORL", "Oda")
    stage.do(fay.member, Start())
    draft = Propose(
        title="Words", body="We regret the loss.", parties=("VES", "KAS"), claims={}
    )
    text = str(stage.do(amina.member, draft).id)
    amended = Amend(text=text, body="We deplore the loss.", remark="Stronger")
    stage.do(boris.member, amended)
    for browser in (amina, boris):
        page = browser.get(f"/desk/{browser.member}/texts/{text}").text
        assert page.count("data-version=") == 2
        assert "We regret the loss." in page
        assert "<ins>deplore</ins>" in page
        assert "Stronger" in page
    page = oda.get(f"/desk/{oda.member}/texts/{text}").text
    assert "regret" not in page
    assert "data-version=" not in page
