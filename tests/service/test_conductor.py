"""The one writer survives what one command, or the store, does to it."""

from dataclasses import replace

import pytest

from exercise.domain.commands import Note, Pause
from exercise.domain.state import Exercise
from exercise.service.conduct.conductor import PAGE, Conductor
from exercise.service.requests import Ack, Refusal, Unanswered
from tests.adapters.stand import EXERCISE, Stand, in_memory
from tests.service.frail import Frail


@pytest.fixture
def frail() -> Frail:
    return Frail(in_memory().timeline)


@pytest.fixture
def stand(frail: Frail) -> Stand:
    return Stand(frail).running()  # type: ignore[arg-type]  # it passes everything on


def notes(stand: Stand) -> int:
    return stand.kinds.count("note_written")


def test_a_group_that_fails_is_run_one_by_one(
    stand: Stand, frail: Frail, caplog: pytest.LogCaptureFixture
) -> None:
    frail.poison = "poison"
    texts = ("one", "poison", "three")
    outcomes = stand.run(*(stand.request("fac", Note(text=one)) for one in texts))
    kinds = [type(one) for one in outcomes]
    assert kinds == [Ack, Refusal, Ack]
    assert outcomes[1].code == "failed"  # type: ignore[union-attr]  # a refusal
    assert notes(stand) == 2
    assert "failed" in caplog.text
    frail.poison = ""
    assert stand.does("fac", Note(text="Going on.")).id


def test_a_store_that_is_away_leaves_everybody_unanswered(
    stand: Stand, frail: Frail
) -> None:
    frail.away = True
    request = stand.request("fac", Note(text="Waiting."))
    assert stand.run(request, request) == [Unanswered(), Unanswered()]
    assert not stand.conductor.writable
    assert not stand.conductor.probe()
    frail.away = False
    assert stand.conductor.probe()
    assert stand.kept(request).duplicate is False


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "lost"])
def test_an_unknown_commit_is_found_out_by_asking_again(
    stand: Stand, frail: Frail, *, kept: bool
) -> None:
    requests = [stand.request("fac", Note(text=f"{n}")) for n in range(3)]
    frail.commits_lost = [kept]
    assert stand.run(*requests) == [Unanswered()] * 3
    assert not stand.conductor.writable
    outcomes = stand.run(*requests)
    assert [one.duplicate for one in outcomes] == [kept] * 3  # type: ignore[union-attr]  # acks
    assert notes(stand) == 3
    assert stand.conductor.writable
    assert stand.another_writer().refresh() == stand.state


def test_the_state_is_what_was_committed_never_what_was_tried(
    stand: Stand, frail: Frail
) -> None:
    frail.commits_lost = [False]
    before = stand.state
    stand.run(stand.request("fac", Pause()))
    assert stand.state is before


def test_refusals_carry_what_people_and_programs_need(stand: Stand) -> None:
    no = stand.refused(stand.request("ves", Note(text="Mine.")))
    assert no.code == "forbidden"
    assert no.message.format(**no.values)


def test_a_command_for_nobodys_exercise_is_refused(frail: Frail) -> None:
    stand = Stand(frail, exercise="never opened")  # type: ignore[arg-type]  # it passes everything on
    with pytest.raises(KeyError):
        stand.conductor.refresh()
    (outcome,) = stand.run(stand.request("fac", Note(text="Hello?")))
    assert isinstance(outcome, Refusal)


def test_another_history_is_read_from_its_beginning(stand: Stand) -> None:
    other = Stand(in_memory().timeline).opened()
    stand.conductor._ports = replace(other.ports)  # noqa: SLF001 - a database restored under a running server
    stand.conductor.refresh()
    assert stand.state == other.state
    assert stand.conductor.head == other.timeline.head(EXERCISE)


def test_others_run_while_a_long_history_is_read() -> None:
    stand = Stand(in_memory().timeline).running()
    for n in range(3 * PAGE):
        stand.kept(stand.request("fac", Note(text=f"{n}")))
    rests: list[Exercise | None] = []
    late = Conductor(EXERCISE, stand.ports, lambda: rests.append(late.state))
    state = late.refresh()
    assert state == stand.conductor.refresh()
    assert len(rests) >= 3
    # Nobody is shown half of it meanwhile.
    assert set(rests) == {None}
