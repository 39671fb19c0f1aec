"""The live channel: who hears what, and what a socket may ask for."""

from uuid import uuid4

from exercise.domain.commands import AdHocInject, Move, Note, Redact, Revoke, Start
from exercise.service.requests import Ack, Request
from tests.web.stage import Browser, Socket, Stage


def facilitator(stage: Stage) -> Browser:
    return stage.by_link("facilitator")


def socket_of(stage: Stage, browser: Browser) -> Socket:
    socket = stage.socket({"membership": browser.member}, browser)
    assert socket.open
    return socket


def an_inject_for(stage: Stage, by: Browser, party: str, text: str = "B") -> None:
    inject = AdHocInject(title="T", body=text, channel="wire", audience=(party,))
    stage.do(by.member, inject)


def test_a_delegate_hears_what_is_addressed_to_their_delegation(stage: Stage) -> None:
    fay, amina = facilitator(stage), stage.delegate("VES")
    socket = socket_of(stage, amina)
    stage.do(fay.member, Start())
    an_inject_for(stage, fay, "VES")
    socket.waits_for(lambda it: "inject_released" in kinds(it))
    entry = socket.entries()[-1]
    assert entry["audience"] == "VES"
    assert entry["body"]["title"] == "T"
    assert set(entry) == {
        "id",
        "position",
        "at_ms",
        "wall",
        "kind",
        "author",
        "audience",
        "body",
        "html",
    }
    assert entry["id"] in entry["html"]


def test_who_was_sent_out_elsewhere_is_not_brought_up_to_date(stage: Stage) -> None:
    """A worker that has not read of it yet answers a `sync` as if it had."""
    fay, amina = facilitator(stage), stage.delegate("VES")
    rita = stage.delegate("VES", "Rita")
    gone, moved = socket_of(stage, amina), socket_of(stage, rita)
    stage.do(fay.member, Start())
    for socket in (gone, moved):
        socket.waits_for(lambda it: "started" in kinds(it))
    stage.services.tailers.stop()
    stage.do(fay.member, Revoke(member=amina.member, reason="Left"))
    stage.do(fay.member, Move(member=rita.member, delegation="KAS"))
    canary = f"canary-{uuid4().hex}"
    an_inject_for(stage, fay, "VES", canary)
    for socket in (gone, moved):
        told = socket.ask("sync", {"cursors": {"VES": 0}})
        assert (told["ok"], told["code"]) == (False, "forbidden")
        assert canary not in str(told)


def kinds(socket: Socket) -> list[str]:
    return [one["kind"] for one in socket.entries()]


def test_positions_come_without_a_gap_from_sync_to_live(stage: Stage) -> None:
    fay, amina = facilitator(stage), stage.delegate("VES")
    stage.do(fay.member, Start())
    socket = socket_of(stage, amina)
    synced = socket.ask("sync", {"cursors": {"VES": 0}})["audiences"]["VES"]
    an_inject_for(stage, fay, "VES")
    socket.waits_for(lambda it: "inject_released" in kinds(it))
    seen = [one["position"] for one in synced["entries"]]
    seen += [one["position"] for one in socket.entries()]
    assert list(dict.fromkeys(seen)) == list(range(1, max(seen) + 1))


def test_what_a_page_missed_is_one_sync_away(stage: Stage) -> None:
    fay, amina = facilitator(stage), stage.delegate("VES")
    stage.do(fay.member, Start())
    for number in range(205):
        an_inject_for(stage, fay, "VES", f"Number {number}")
    socket = socket_of(stage, amina)
    first = socket.ask("sync", {"cursors": {"VES": 2}})["audiences"]["VES"]
    assert len(first["entries"]) == 200
    assert first["entries"][0]["position"] == 3
    last = first["entries"][-1]["position"]
    assert first["head"] > last
    rest = socket.ask("sync", {"cursors": {"VES": last}})["audiences"]["VES"]
    assert rest["entries"][-1]["position"] == rest["head"]
    again = socket.ask("sync", {"cursors": {"VES": 2}})["audiences"]["VES"]
    assert again == first


def test_a_cursor_from_another_life_is_answered_from_the_beginning(
    stage: Stage,
) -> None:
    socket = socket_of(stage, stage.delegate("VES"))
    told = socket.ask("sync", {"cursors": {"VES": 9_999}})["audiences"]["VES"]
    assert told["entries"][0]["position"] == 1


def test_another_stream_is_refused(stage: Stage) -> None:
    socket = socket_of(stage, stage.delegate("VES"))
    for stream in ("KAS", "facilitators", "nowhere"):
        told = socket.ask("sync", {"cursors": {stream: 0}})
        assert (told["ok"], told["code"]) == (False, "forbidden")


def test_a_private_inject_reaches_nobody_else(stage: Stage) -> None:
    fay, amina = facilitator(stage), stage.delegate("VES")
    boris, oda = stage.delegate("KAS", "Boris"), stage.by_link("observer")
    sockets = [socket_of(stage, one) for one in (amina, boris, oda)]
    stage.do(fay.member, Start())
    canary = uuid4().hex
    an_inject_for(stage, fay, "VES", canary)
    sockets[0].waits_for(lambda it: canary in str(it.entries()))
    # What came after it for all has arrived, so the canary is not on its way.
    an_inject_for(stage, fay, "KAS", "Something else")
    sockets[1].waits_for(lambda it: "Something else" in str(it.entries()))
    synced = sockets[1].ask("sync", {"cursors": {}})
    assert canary not in str(sockets[1].client.queue) + str(synced)
    assert canary not in str(sockets[2].client.queue)
    for browser, path in (
        (boris, f"/desk/{boris.member}"),
        (oda, f"/desk/{oda.member}"),
        (boris, f"/api/v1/exercises/{stage.exercise}/entries"),
    ):
        assert canary not in browser.get(path).text


def test_a_command_under_one_id_is_kept_once(stage: Stage) -> None:
    fay, amina = facilitator(stage), stage.delegate("VES")
    stage.do(fay.member, Start())
    an_inject_for(stage, fay, "VES")
    socket = socket_of(stage, amina)
    entries = socket.ask("sync", {"cursors": {}})["audiences"]["VES"]["entries"]
    about = next(one["id"] for one in entries if one["kind"] == "inject_released")
    told = {"id": str(uuid4()), "type": "acknowledge", "about": about}
    first, head = socket.ask("command", told), stage.head()
    assert first["ok"]
    assert first["audience"] == "VES"
    again = socket.ask("command", told)
    assert again == {**first, "duplicate": True}
    assert stage.head() == head
    other = socket.ask("command", {**told, "about": entries[0]["id"]})
    assert other["code"] == "conflict"


def test_a_role_that_may_not_is_refused_and_nothing_is_kept(stage: Stage) -> None:
    facilitator(stage)
    socket, head = socket_of(stage, stage.delegate("VES")), stage.head()
    told = socket.command("start")
    assert (told["ok"], told["code"]) == (False, "forbidden")
    assert stage.head() == head


def test_without_a_right_to_it_the_door_stays_shut(stage: Stage) -> None:
    amina, boris = stage.delegate("VES"), stage.delegate("KAS")
    assert not stage.socket({"token": "made up"}).open
    assert not stage.socket({}).open
    assert not stage.socket(None, amina.stage.browser()).open
    # One browser's cookie with another's membership.
    assert not stage.socket({"membership": boris.member}, amina).open
    forged = stage.browser()
    forged.client.set_cookie("detente", f"{amina.token}.word.forged")
    assert not stage.socket({"membership": amina.member}, forged).open


def test_a_program_comes_with_its_token(stage: Stage) -> None:
    socket = stage.socket({"token": stage.program(), "html": False})
    assert socket.open
    told = socket.ask("sync", {"cursors": {}})["audiences"]["facilitators"]
    assert {one["html"] for one in told["entries"]} == {""}


def test_logging_out_cuts_the_sockets(stage: Stage) -> None:
    amina = stage.delegate("VES")
    socket = socket_of(stage, amina)
    amina.get("/")
    assert amina.post("/logout").status_code == 303
    socket.waits_for(lambda it: not it.open)
    assert socket.heard("revoked")
    assert not stage.socket({"membership": amina.member}, amina).open


def test_one_who_is_revoked_is_cut_and_hears_nothing_later(stage: Stage) -> None:
    fay, amina = facilitator(stage), stage.delegate("VES")
    boris = stage.delegate("VES", "Boris")
    socket, other = socket_of(stage, amina), socket_of(stage, boris)
    stage.do(fay.member, Start())
    stage.do(fay.member, Revoke(member=amina.member))
    an_inject_for(stage, fay, "VES", "Later")
    other.waits_for(lambda it: "Later" in str(it.entries()))
    assert not socket.open
    assert "Later" not in str(socket.client.queue)
    assert not stage.socket({"membership": amina.member}, amina).open


def test_the_fifth_place_closes_the_first(stage: Stage) -> None:
    amina = stage.delegate("VES")
    sockets = [socket_of(stage, amina) for _ in range(5)]
    sockets[0].waits_for(lambda it: not it.open)
    assert all(one.open for one in sockets[1:])


def test_the_sender_learns_that_the_addressee_has_read(stage: Stage) -> None:
    fay, amina = facilitator(stage), stage.delegate("VES")
    boris = stage.delegate("KAS", "Boris")
    ours, theirs = socket_of(stage, amina), socket_of(stage, boris)
    stage.do(fay.member, Start())
    act = ours.command(
        "act", instrument="consult", to=["KAS"], fields={"text": "Shall we talk?"}
    )
    assert act["ok"], act
    theirs.waits_for(lambda it: "act_issued" in kinds(it))
    position = theirs.entries()[-1]["position"]
    assert theirs.ask("seen", {"audience": "KAS", "position": position})["ok"]
    read = ours.ask("sync", {"cursors": {"VES": 0}})["audiences"]["VES"]["read"]
    assert read[act["id"]] == ["KAS"]
    told = {"entry": act["id"], "delegation": "KAS"}
    ours.waits_for(lambda it: told in it.heard("read"))


def test_nobody_marks_anothers_stream_as_read(stage: Stage) -> None:
    socket = socket_of(stage, stage.delegate("VES"))
    told = socket.ask("seen", {"audience": "KAS", "position": 1})
    assert told["code"] == "forbidden"
    for odd in (None, 3, {}, {"audience": "VES"}, {"audience": "VES", "position": "1"}):
        assert socket.ask("seen", odd)["code"] == "shape"


def test_a_note_has_no_place_in_an_evaluators_stream(stage: Stage) -> None:
    fay, eve = facilitator(stage), stage.by_link("evaluator")
    socket = socket_of(stage, eve)
    stage.do(fay.member, Note(text="between us"))
    stage.do(fay.member, Start())
    socket.waits_for(lambda it: "started" in kinds(it))
    assert "between us" not in str(socket.client.queue)


def test_too_much_at_once_is_told_to_wait(stage: Stage) -> None:
    socket = socket_of(stage, stage.delegate("VES"))
    answers = [socket.command("acknowledge", about="x") for _ in range(30)]
    slow = [one for one in answers if one["code"] == "too-fast"]
    assert slow
    assert slow[0]["retry_after"] >= 1


def test_a_draft_is_kept_for_the_delegation_and_locked_to_its_writer(
    stage: Stage,
) -> None:
    amina, bo = stage.delegate("VES"), stage.delegate("VES", "Bo")
    ours, theirs = socket_of(stage, amina), socket_of(stage, bo)
    head = stage.head()
    told = ours.command("draft", key="statement", text="We regret")
    assert told["ok"]
    assert told["position"] is None
    assert stage.head() == head
    other = theirs.command("draft", key="statement", text="We deny")
    assert (other["ok"], other["code"]) == (False, "locked")
    assert "Amina" in other["message"]
    assert other["draft"]["text"] == "We regret"


def test_a_name_that_is_erased_is_gone_from_pages_that_were_kept(
    stage: Stage,
) -> None:
    name = uuid4().hex
    fay, amina = facilitator(stage), stage.delegate("VES", name)
    stage.do(fay.member, Start())
    socket = socket_of(stage, amina)
    for number in range(205):
        an_inject_for(stage, fay, "VES", f"Number {number}")
    ask = {"cursors": {"VES": 0}}
    before = socket.ask("sync", ask)["audiences"]["VES"]["entries"]
    named = next(one for one in before if one["kind"] == "member_named")
    assert named["author"]["name"] == name
    erase = Request("system", "redact/1", Redact(entry=named["id"]))
    assert isinstance(stage.ground.conduct.submit(stage.exercise, erase), Ack)
    socket.waits_for(lambda it: "entry_redacted" in kinds(it))
    after = socket.ask("sync", ask)["audiences"]["VES"]["entries"]
    assert name not in str(after)
    gone = next(one for one in after if one["id"] == named["id"])
    assert gone["body"] is None
    assert "(erased)" in str(after)


def test_a_beat_carries_the_clock_and_the_streams_own_head(stage: Stage) -> None:
    fay, amina = facilitator(stage), stage.delegate("VES")
    socket = socket_of(stage, amina)
    stage.do(fay.member, Start(rate=10))
    socket.waits_for(lambda it: bool(it.heard("beat")))
    beat = socket.heard("beat")[-1]
    assert set(beat) == {"epoch", "heads", "clock"}
    assert set(beat["heads"]) == {"VES"}
    assert set(beat["clock"]) == {"at_ms", "rate", "running", "wall"}
