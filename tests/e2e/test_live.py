"""Programs meet the server through its contract: join, sync, act, be refused."""

import json
import threading
import uuid
from collections.abc import Iterator
from typing import Any, Self, TypeAlias

import pytest
import socketio

from tests.e2e.house import House, Opened
from tests.e2e.program import Program

pytestmark = pytest.mark.server

Json: TypeAlias = Any

BODY = "The eastern dispatch centre has lost its screens. Say what you need."


@pytest.fixture
def desk(house: House, opened: Opened) -> Iterator["Desk"]:
    """A running exercise with a facilitator and two delegations on the line."""
    with Desk(house, opened) as made:
        yield made


class Desk:
    """A facilitator, Vesmark and Kastrova, each on the live channel."""

    def __init__(self, house: House, opened: Opened) -> None:
        self.house, self.opened = house, opened
        self.ves_told = house.join(opened.codes["VES"], "Amina", "lead")
        self.kas_told = house.join(opened.codes["KAS"], "Bo")
        self.fac = Program(house, opened.token)
        self.ves = Program(house, self.ves_told["token"])
        self.kas = Program(house, self.kas_told["token"])

    def __enter__(self) -> Self:
        for one in (self.fac, self.ves, self.kas):
            one.__enter__()
        self.fac.did("hold")
        self.fac.did("start")
        self.ves.hears("started")
        return self

    def __exit__(self, *error: object) -> None:
        for one in (self.fac, self.ves, self.kas):
            one.__exit__(None, None, None)

    def sends(self, to: list[str] | str, body: str = BODY) -> Json:
        """Send an unplanned inject and return its entry as the facilitator sees it."""
        self.fac.did(
            "ad_hoc_inject", title="Dispatch", body=body, channel="cable", audience=to
        )
        return self.fac.hears("inject_released", body=body)


def test_a_joined_program_is_told_what_the_contract_says(
    house: House, opened: Opened
) -> None:
    told = house.join(opened.codes["VES"].lower().replace("-", " "), "Amina", "lead")
    assert set(told) == {
        "token", "exercise", "member", "delegation", "seat", "audiences",
    }  # fmt: skip
    assert (told["exercise"], told["delegation"]) == (opened.exercise, "VES")
    assert (told["seat"], told["audiences"]) == ("lead", ["VES"])


def test_joining_again_with_one_id_is_the_same_member(
    house: House, opened: Opened
) -> None:
    wish = {"code": opened.codes["VES"], "name": "Amina", "id": str(uuid.uuid4())}
    (_, first), (_, again) = (house.ask("POST", "/join", wish) for _ in range(2))
    assert first["member"] == again["member"]
    assert first["token"] != again["token"]


def test_an_acknowledgement_sent_twice_is_stored_once(desk: Desk) -> None:
    inject = desk.sends(["VES"])
    command = {"id": str(uuid.uuid4()), "type": "acknowledge", "about": inject["id"]}
    first, again = (desk.ves.call("command", command) for _ in range(2))
    assert first["ok"]
    assert again == {**first, "duplicate": True}
    assert first["audience"] == "VES"
    stored = [
        one
        for one in desk.ves.everything("VES")
        if one["kind"] == "acknowledged" and one["body"]["about"] == inject["id"]
    ]
    assert [(one["id"], one["position"]) for one in stored] == [
        (first["id"], first["position"])
    ]


def test_another_command_under_a_used_id_is_refused(desk: Desk) -> None:
    inject = desk.sends(["VES"])
    command = {"id": str(uuid.uuid4()), "type": "acknowledge", "about": inject["id"]}
    assert desk.ves.call("command", command)["ok"]
    other = {**command, "about": str(uuid.uuid4())}
    assert not desk.ves.call("command", other)["ok"]


def test_a_stream_has_no_gaps_live_by_sync_and_backward(desk: Desk) -> None:
    for number in range(12):
        desk.sends("all", f"Bulletin {number}")
    desk.ves.hears("inject_released", body="Bulletin 11")
    told = desk.ves.everything("VES")
    assert [one["position"] for one in told] == list(range(1, len(told) + 1))
    live = desk.ves.entries
    assert live == told[-len(live) :]
    path = f"/exercises/{desk.opened.exercise}/entries?audience=VES&html=false"
    token, pages, before = desk.ves_told["token"], [], len(told) + 1
    while before > 1:
        status, page = desk.house.ask(
            "GET", f"{path}&before={before}&limit=5", token=token
        )
        assert status == 200
        assert len(page["entries"]) <= 5
        pages = page["entries"] + pages
        before = page["entries"][0]["position"]
    assert pages == told
    status, forward = desk.house.ask("GET", f"{path}&after=3", token=token)
    assert (status, forward["entries"], forward["head"]) == (200, told[3:], len(told))


def test_an_entry_has_the_keys_of_the_contract(desk: Desk) -> None:
    desk.sends(["VES"])
    entry = desk.ves.hears("inject_released")
    assert set(entry) - {"html"} == {
        "id", "position", "at_ms", "wall", "kind", "author", "audience", "body",
    }  # fmt: skip
    assert set(entry["author"]) == {"member", "delegation", "seat", "name"}


def test_html_comes_to_those_who_want_it(desk: Desk) -> None:
    with Program(desk.house, desk.ves_told["token"], html=True) as page:
        desk.sends(["VES"], "Some <b>bold</b> words")
        entry = page.hears("inject_released")
        assert "Some &lt;b&gt;bold&lt;/b&gt; words" in entry["html"]
    assert not desk.ves.hears("inject_released").get("html")


def test_a_beat_tells_the_head_and_the_clock(desk: Desk) -> None:
    beat = desk.ves.waits(lambda: desk.ves.events("beat"))[-1]
    assert set(beat) == {"epoch", "heads", "clock"}
    assert set(beat["clock"]) == {"at_ms", "rate", "running", "wall"}
    assert list(beat["heads"]) == ["VES"]
    assert beat["epoch"] == desk.ves.sync()["epoch"]


@pytest.mark.parametrize(
    ("type_", "rest"),
    [
        ("start", {}),
        ("pause", {}),
        ("release", {"inject": "beacon"}),
        ("note", {"text": "mine"}),
        ("rate", {"subject": "M", "rating": "P"}),
    ],
)
def test_a_delegate_may_not_what_others_may(
    desk: Desk, type_: str, rest: dict[str, Any]
) -> None:
    ack = desk.ves.does(type_, **rest)
    assert (ack["ok"], ack["code"]) == (False, "forbidden")
    assert ack["message"]


def test_a_facilitator_may_not_speak_for_a_delegation(desk: Desk) -> None:
    ack = desk.fac.does("act", instrument="public_statement", fields={"text": "We"})
    assert (ack["ok"], ack["code"]) == (False, "forbidden")


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"type": "acknowledge"}, "about"),
        ({"type": "acknowledge", "about": 7}, "about"),
        ({"type": "acknowledge", "about": "x", "actor": "y"}, "actor"),
        ({"type": "fall_due", "inject": "beacon"}, "type"),
        ({"type": "join", "member": "m", "role": "facilitator"}, "type"),
    ],
)
def test_a_command_without_the_shape_is_refused_by_field(
    desk: Desk, payload: dict[str, Any], field: str
) -> None:
    ack = desk.ves.call("command", {"id": str(uuid.uuid4()), **payload})
    assert not ack["ok"]
    assert ack.get("field", "") == field
    assert ack["code"] in {"shape", "unknown-field", "missing-field"}


def test_a_refused_command_stores_nothing_and_is_judged_anew(desk: Desk) -> None:
    held = {"id": str(uuid.uuid4()), "type": "resume"}
    assert desk.fac.call("command", held)["code"] == "not-paused"
    desk.fac.did("pause")
    assert desk.fac.call("command", held)["ok"]


def test_other_streams_are_closed(desk: Desk) -> None:
    for audience in ("KAS", "facilitators", "evaluators", "observers", "room"):
        assert desk.ves.call("sync", {"cursors": {audience: 0}})["code"] == "forbidden"
        seen = desk.ves.call("seen", {"audience": audience, "position": 1})
        assert seen["code"] == "forbidden"
        status, told = desk.house.ask(
            "GET",
            f"/exercises/{desk.opened.exercise}/entries?audience={audience}",
            token=desk.ves_told["token"],
        )
        assert (status, told["code"]) == (403, "forbidden")


def test_staff_pages_and_documents_are_closed_to_delegates(desk: Desk) -> None:
    here = f"/exercises/{desk.opened.exercise}"
    for path in ("/score", "/report.html", "/record.jsonl"):
        status, _ = desk.house.ask("GET", here + path, token=desk.ves_told["token"])
        assert status == 403
        status, _ = desk.house.ask("GET", here + path)
        assert status == 401


def test_a_facilitator_reads_a_delegations_stream_without_a_trace(desk: Desk) -> None:
    desk.sends(["VES"])
    before = len(desk.fac.everything("facilitators"))
    status, told = desk.house.ask(
        "GET",
        f"/exercises/{desk.opened.exercise}/entries?audience=VES&html=false",
        token=desk.opened.token,
    )
    assert (status, told["entries"]) == (200, desk.ves.everything("VES"))
    assert len(desk.fac.everything("facilitators")) == before
    assert not desk.fac.events("read")


@pytest.mark.parametrize("auth", [None, {}, {"token": "no"}, {"membership": "VES"}])
def test_a_connect_without_a_right_is_refused(
    house: House, opened: Opened, auth: object
) -> None:
    stranger = socketio.Client(reconnection=False, handle_sigint=False)
    with pytest.raises(socketio.exceptions.ConnectionError):
        stranger.connect(
            house.url, auth=auth, namespaces=["/live"], transports=["websocket"]
        )
    stranger.shutdown()
    assert opened.exercise


def test_an_unknown_code_and_a_good_one_of_another_kind_sound_alike(
    house: House, opened: Opened
) -> None:
    answers = [
        house.ask("POST", "/join", {"code": code, "name": "Amina"})
        for code in ("0000-0000", "nonsense", opened.room)
    ]
    assert {status for status, _ in answers} == {404}
    assert len({json.dumps(told) for _, told in answers}) == 1


def test_a_private_inject_is_in_no_foreign_byte(desk: Desk) -> None:
    canary = f"canary {uuid.uuid4().hex}"
    desk.sends(["VES"], canary)
    desk.ves.hears("inject_released", body=canary)
    desk.sends("public", "The marker after it")
    desk.kas.hears("inject_released", body="The marker after it")
    assert canary not in json.dumps([desk.kas.heard, desk.kas.everything("KAS")])
    observer = json.loads(
        desk.house.command("link", desk.opened.exercise, "--role", "observer", "--json")
    )["token"]
    with Program(desk.house, observer) as watcher:
        told = watcher.everything("observers")
    assert "The marker after it" in json.dumps(told)
    assert canary not in json.dumps(told)
    status, room = desk.house.page(f"/room/{desk.opened.room}")
    assert status == 200
    assert canary not in room
    assert "Dispatch" in room


def test_a_sender_is_told_when_the_addressee_reads(desk: Desk) -> None:
    ack = desk.ves.did(
        "act",
        instrument="private_demarche",
        to=["KAS"],
        fields={"subject": "Port Sarn", "text": "Logs.", "asked": "Preserve them."},
    )
    entry = desk.kas.hears("act_issued")
    assert entry["id"] == ack["id"]
    seen = desk.kas.call("seen", {"audience": "KAS", "position": entry["position"]})
    assert seen["ok"]
    told = desk.ves.waits(lambda: desk.ves.events("read"))
    assert told[0] == {"entry": ack["id"], "delegation": "KAS"}
    synced = desk.ves.sync({"VES": ack["position"] - 1})["audiences"]["VES"]
    assert synced["read"] == {ack["id"]: ["KAS"]}


def test_facilitators_see_who_is_in_and_how_far_they_read(desk: Desk) -> None:
    head = desk.kas.everything("KAS")[-1]["position"]
    desk.kas.call("seen", {"audience": "KAS", "position": head})

    def both() -> bool:
        frames = desk.fac.events("presence")
        told = frames[-1]["delegations"] if frames else {}
        wanted = {"in": 1, "read_to": head}
        return told.get("KAS") == wanted and told["ORL"] == {"in": 0, "read_to": 0}

    desk.fac.waits(both)
    assert not desk.ves.events("presence")


def test_a_revoked_member_is_cut_and_hears_nothing_later(desk: Desk) -> None:
    desk.fac.did("revoke", member=desk.kas_told["member"], reason="left the room")
    desk.sends("all", "After the cut")
    desk.kas.waits(lambda: desk.kas.events("revoked"), within=2)
    desk.kas.waits(lambda: desk.kas.ended, within=2)
    desk.ves.hears("inject_released", body="After the cut")
    assert "After the cut" not in json.dumps(desk.kas.heard)
    status, _ = desk.house.ask(
        "POST",
        f"/exercises/{desk.opened.exercise}/commands",
        {"id": str(uuid.uuid4()), "type": "call", "to": "VES"},
        desk.kas_told["token"],
    )
    assert status in {401, 403, 404}


def test_two_facilitators_at_once_release_once(desk: Desk) -> None:
    second = json.loads(
        desk.house.command(
            "link", desk.opened.exercise, "--role", "facilitator", "--json"
        )
    )["token"]
    acks: list[Any] = []
    with Program(desk.house, second) as other:
        pressing = [
            threading.Thread(
                target=lambda one=one: acks.append(
                    one.does("release", inject="dispatch-wiper")
                )
            )
            for one in (desk.fac, other) * 3
        ]
        for one in pressing:
            one.start()
        for one in pressing:
            one.join()
    assert sorted(ack["ok"] for ack in acks) == [False] * 5 + [True]
    assert {ack["code"] for ack in acks if not ack["ok"]} == {"already-released"}
    released = [
        one
        for one in desk.fac.everything("facilitators")
        if one["kind"] == "inject_released"
        and one["body"]["inject"] == "dispatch-wiper"
    ]
    assert len(released) == 1


def test_a_release_undone_reached_nobody_and_the_log_shows_both(desk: Desk) -> None:
    desk.fac.did("release", inject="dispatch-wiper", undo_ms=5000)
    again = desk.fac.does("release", inject="dispatch-wiper", undo_ms=5000)
    assert (again["ok"], again["code"]) == (False, "announced")
    desk.fac.did("undo", inject="dispatch-wiper")
    desk.sends("all", "The marker after it")
    desk.ves.hears("inject_released", body="The marker after it")
    assert "dispatch-wiper" not in json.dumps(desk.ves.everything("VES"))
    kinds = [one["kind"] for one in desk.fac.everything("facilitators")]
    first, then = kinds.index("release_announced"), kinds.index("release_undone")
    assert first < then
    desk.fac.did("release", inject="dispatch-wiper")
    desk.ves.hears("inject_released", inject="dispatch-wiper")


def test_a_call_rings_is_answered_and_has_a_transcript(desk: Desk) -> None:
    call = desk.ves.did("call", to="KAS")["id"]
    assert desk.kas.hears("call_opened")["id"] == call
    desk.kas.did("answer_call", call=call)
    desk.ves.did("say", call=call, text="Is it yours?")
    desk.kas.did("say", call=call, text="It is not.")
    desk.ves.did("hang_up", call=call)
    closed = desk.kas.hears("call_closed", call=call)
    said = [
        one["body"]["text"] for one in desk.kas.entries if one["kind"] == "call_line"
    ]
    assert said == ["Is it yours?", "It is not."]
    assert closed["body"]["lasted_ms"] >= 0


def test_a_joint_text_is_signed_by_both_and_published(desk: Desk) -> None:
    ack = desk.ves.did(
        "propose", title="Harbour", body="We agree.", parties=["VES", "KAS"], claims={}
    )
    text = desk.kas.hears("text_proposed")["body"]["state"]["text"]
    assert ack["position"]
    desk.kas.did("sign", text=text)
    signed = desk.ves.hears("text_signed")
    assert signed["body"]["state"]["signed"] == ["KAS", "VES"]


def test_time_stands_while_paused_and_play_ends(desk: Desk) -> None:
    desk.fac.did("pause", reason="The microphone failed.")
    assert desk.ves.hears("paused")["body"]["reason"] == "The microphone failed."
    stood = desk.fac.did("note", text="one")["at_ms"]
    assert desk.fac.did("note", text="two")["at_ms"] == stood
    desk.fac.did("resume")
    desk.fac.did("end", confirm="END")
    desk.ves.hears("ended")
    assert not desk.ves.does("call", to="KAS")["ok"]
    status, card = desk.house.ask(
        "GET", f"/exercises/{desk.opened.exercise}/score", token=desk.opened.token
    )
    assert status == 200
    assert "headline" in card
