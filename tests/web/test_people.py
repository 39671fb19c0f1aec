"""People at their desks: who is here, what they are called, where they sit."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from exercise.domain.commands import AdHocInject, HandOver, Move, Rename, Start
from exercise.domain.scenario import CapitalDelay, Contact, Scenario, Seat
from tests.domain.small import MINUTE, a_scenario
from tests.web.stage import Browser, Socket, Stage, a_stage


def socket_of(stage: Stage, browser: Browser) -> Socket:
    socket = stage.socket({"membership": browser.member}, browser)
    assert socket.open
    return socket


def tells(stage: Stage, by: Browser, party: str, text: str) -> None:
    inject = AdHocInject(title="T", body=text, channel="wire", audience=(party,))
    stage.do(by.member, inject)


def test_one_who_is_moved_hears_the_new_delegation_alone_from_that_instant(
    stage: Stage,
) -> None:
    fay, amina = stage.by_link("facilitator"), stage.delegate("VES")
    rita, boris = stage.delegate("VES", "Rita"), stage.delegate("KAS", "Boris")
    stage.do(fay.member, Start())
    sockets = [socket_of(stage, amina) for _ in range(3)]
    stays, other = socket_of(stage, rita), socket_of(stage, boris)
    before, after, fresh = (f"canary-{uuid4().hex}" for _ in range(3))
    tells(stage, fay, "VES", before)
    sockets[0].waits_for(lambda it: before in str(it.entries()))
    stage.do(fay.member, Move(member=amina.member, delegation="KAS"))
    tells(stage, fay, "VES", after)
    tells(stage, fay, "KAS", fresh)
    for socket in (*sockets, other):
        socket.waits_for(lambda it: fresh in str(it.entries()))
    stays.waits_for(lambda it: after in str(it.entries()))
    for socket in sockets:
        assert after not in str(socket.client.queue)
        refused = socket.ask("sync", {"cursors": {"VES": 0}})
        assert (refused["ok"], refused["code"]) == (False, "forbidden")
        synced = socket.ask("sync", {"cursors": {}})
        assert set(synced["audiences"]) == {"KAS"}
        assert after not in str(synced)
        assert before not in str(synced)
    entries = f"/api/v1/exercises/{stage.exercise}/entries"
    for path in (f"/desk/{amina.member}", f"{entries}?audience=VES", entries):
        text = amina.get(path).text
        assert after not in text, path
        assert before not in text, path
    assert fresh in amina.get(f"/desk/{amina.member}").text


def test_a_draft_stays_with_the_delegation_that_one_has_left(stage: Stage) -> None:
    fay, amina = stage.by_link("facilitator"), stage.delegate("VES")
    stage.do(fay.member, Start())
    socket, canary = socket_of(stage, amina), uuid4().hex
    key = "act:press_line:-"
    assert socket.command("draft", key=key, text=canary)["ok"]
    stage.do(fay.member, Move(member=amina.member, delegation="KAS"))
    assert "text" not in socket.command("draft", key=key)["draft"]
    assert canary not in amina.get(f"/desk/{amina.member}").text
    assert canary not in amina.get(f"/desk/{amina.member}/versions?key={key}").text


def test_each_delegation_hears_who_of_its_own_is_here_and_of_no_other(
    stage: Stage,
) -> None:
    amina, rita = stage.delegate("VES"), stage.delegate("VES", "Rita")
    boris = stage.delegate("KAS", "Boris")
    first, other = socket_of(stage, amina), socket_of(stage, boris)
    first.waits_for(lambda it: here(it) == {amina.member})
    second = socket_of(stage, rita)
    first.waits_for(lambda it: here(it) == {amina.member, rita.member})
    second.client.disconnect(namespace="/live")
    first.waits_for(lambda it: here(it) == {amina.member})
    assert here(other) == {boris.member}
    assert amina.member not in str(other.heard("home"))


def here(socket: Socket) -> set[str]:
    told = socket.heard("home")
    return set(told[-1]["members"]) if told else set()


def test_a_new_name_stands_on_every_desk_that_may_know_it(stage: Stage) -> None:
    fay, amina = stage.by_link("facilitator"), stage.delegate("VES")
    rita = stage.delegate("VES", "Rita")
    stage.do(fay.member, Start())
    socket = socket_of(stage, rita)
    stage.do(amina.member, Rename(name="Amina Haddad"))
    socket.waits_for(lambda it: "Amina Haddad" in str(it.entries()))
    for browser in (amina, rita):
        assert "Amina Haddad" in browser.get(f"/desk/{browser.member}").text
    people = fay.get(f"/console/{stage.exercise}/people").text
    assert "Amina Haddad" in people
    boris = stage.delegate("KAS", "Boris")
    assert "Amina Haddad" not in boris.get(f"/desk/{boris.member}").text


def test_nobody_joins_under_the_name_of_an_office(stage: Stage) -> None:
    browser = stage.browser()
    browser.get(f"/j/{stage.code('VES')}")
    answer = browser.post(f"/j/{stage.code('VES')}", name="Facilit\u0430tor", seat="")
    assert answer.status_code != 303
    assert "That is what somebody who runs this is called." in answer.text


def test_a_seat_that_was_handed_over_is_listed_so(stage: Stage) -> None:
    fay = stage.by_link("facilitator")
    amina = stage.delegate("VES", "Amina", "lead")
    rita = stage.delegate("VES", "Rita", "legal")
    stage.do(fay.member, Start())
    stage.do(amina.member, HandOver(to=rita.member))
    page = rita.get(f"/desk/{rita.member}").text
    assert f'data-member="{rita.member}" data-name="Rita" data-seat="lead"' in page
    assert f'data-member="{amina.member}" data-name="Amina" data-seat=""' in page


def gated() -> Scenario:
    """Return a scenario whose seats, second seats and capital all have a say."""
    base = a_scenario()
    seats = (
        Seat(id="lead", title="Head of delegation", may=("measure", "press_line")),
        Seat(id="legal", title="Legal adviser", may=("talk",)),
        Seat(id="press", title="Spokesperson", may=("press_line",)),
    )
    slow = CapitalDelay(instruments=("measure",), delay_ms=3 * MINUTE)
    home = replace(
        base.delegations[0],
        seats=seats,
        capital_delay=(slow,),
        contacts=(Contact(layer="technical", title="CERT-VES"),),
    )
    return replace(
        base,
        delegations=(home, *base.delegations[1:]),
        two_seats=("press_line",),
    )


@pytest.fixture
def seated() -> Iterator[Stage]:
    with a_stage(gated()) as stage:
        stage.do(stage.by_link("facilitator").member, Start())
        yield stage


def note(stage: Stage, seat: str, instrument: str) -> str:
    """Return what the composer says of whose word an act needs."""
    page = stage.delegate("VES", f"In {seat}", seat)
    text = page.get(f"/desk/{page.member}").text
    form = text.partition(f'id="form-{instrument}"')[2].partition(">")[0]
    return form.partition('data-note="')[2].partition('"')[0]


def test_the_composer_names_the_seats_that_may_send_and_what_needs_two(
    seated: Stage,
) -> None:
    lead = note(seated, "lead", "press_line")
    assert "needs two seats" in lead
    assert "Spokesperson" in lead
    assert "Legal adviser" not in lead
    prepares = note(seated, "legal", "press_line")
    assert "Your seat prepares it" in prepares
    assert "Head of delegation, Spokesperson" in prepares
    assert note(seated, "legal", "reply") == "Seats that may send it: Legal adviser."
    assert "Your capital" in note(seated, "lead", "indictment")
    authorised = note(seated, "press", "indictment")
    assert "Head of delegation" in authorised
    assert "3 min" in authorised
    assert not note(seated, "lead", "public_attribution")


def test_what_waits_for_the_capital_stands_in_our_papers_and_in_nobody_elses(
    seated: Stage,
) -> None:
    ves = seated.delegate("VES", "Amina", "lead")
    kas = seated.delegate("KAS", "Boris", "lead")
    fay = seated.by_link("facilitator")
    heard = socket_of(seated, kas)
    canary = f"canary-{uuid4().hex}"
    fields = {"text": canary, "basis": "domestic", "proportionality": "Small."}
    told = socket_of(seated, ves).command(
        "act", instrument="indictment", to=["KAS"], fields=fields
    )
    assert told["ok"], told
    page = ves.get(f"/desk/{ves.member}").text
    assert f'id="referred-{told["id"]}"' in page
    assert "instructions expected at T+" in page
    assert canary in fay.get(f"/console/{seated.exercise}").text or (
        "the capital is asked" in fay.get(f"/console/{seated.exercise}").text
    )
    tells(seated, fay, "KAS", "The marker")
    heard.waits_for(lambda it: "The marker" in str(it.entries()))
    assert canary not in str(heard.client.queue)
    assert canary not in kas.get(f"/desk/{kas.member}").text


def test_a_changed_contact_point_stands_in_every_delegations_directory(
    seated: Stage,
) -> None:
    ves = seated.delegate("VES", "Amina", "lead")
    kas = seated.delegate("KAS", "Boris", "lead")
    heard = socket_of(seated, kas)
    socket = socket_of(seated, ves)
    told = socket.command(
        "update_contact", number=1, layer="technical", title="CERT-VES, night desk"
    )
    assert told["ok"], told
    heard.waits_for(lambda it: "CERT-VES, night desk" in str(it.entries()))
    entry = heard.entries()[-1]
    assert 'id="contact-VES-1"' in entry["html"]
    page = kas.get(f"/desk/{kas.member}").text
    assert "CERT-VES, night desk" in page
    assert ">CERT-VES<" not in page
