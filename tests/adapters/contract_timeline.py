"""What every timeline promises, told as stories."""

from dataclasses import replace

import pytest

from exercise.domain.commands import (
    AdHocInject,
    End,
    Join,
    Note,
    Pause,
    Redact,
    Release,
    Resume,
    SetRate,
    Start,
    Survey,
)
from exercise.domain.moment import SYSTEM
from exercise.service.conduct import Conductor
from exercise.service.names import Namebook
from exercise.service.ports import Group, Taken
from exercise.service.requests import Ack, Refusal
from tests.adapters.stand import EXERCISE, OPENED_MS, Stand, Store

MINUTE = 60_000
NEWS = AdHocInject(title="News", body="Cranes stop.", channel="wire", audience="all")


def test_an_exercise_is_opened_once(store: Store, stand: Stand) -> None:
    stand.opened()
    (opening,) = store.timeline.exercises()
    assert (opening.exercise, opening.status) == (EXERCISE, "lobby")
    assert opening.opened_wall_ms == OPENED_MS
    with pytest.raises(Taken):
        store.timeline.create(opening)


def test_what_nobody_opened_is_not_there(store: Store) -> None:
    with pytest.raises(KeyError):
        store.timeline.head("nowhere")
    with pytest.raises(KeyError):
        store.timeline.begin("nowhere")


def test_an_ack_names_the_place_in_the_senders_own_stream(stand: Stand) -> None:
    stand.running()
    ack = stand.does("fac", NEWS)
    heads = stand.timeline.heads(EXERCISE)
    first = stand.timeline.page(EXERCISE, "facilitators", after=(ack.position or 0) - 1)
    assert ack.audience == "facilitators"
    assert (first[0].id, first[0].position) == (ack.id, ack.position)
    assert heads["facilitators"] == stand.conductor.head.seq


def test_what_the_sender_does_not_read_has_no_place(stand: Stand) -> None:
    ack = stand.opened().does("ves", Survey(answers={"pace": "good"}))
    assert ack.id
    assert (ack.audience, ack.position) == (None, None)


def test_a_repeated_command_adds_nothing_and_gets_the_same_answer(
    stand: Stand,
) -> None:
    stand.running()
    request = stand.request("fac", Note(text="They hesitate."))
    first, again = stand.run(request, request)
    seq = stand.conductor.head.seq
    (later,) = stand.another_writer().run([request])
    assert isinstance(first, Ack)
    assert again == later == replace(first, duplicate=True)
    assert stand.timeline.head(EXERCISE).seq == seq


def test_an_id_means_one_command_of_one_member(stand: Stand) -> None:
    stand.running()
    stand.kept(stand.request("fac", Note(text="One."), "id"))
    other = stand.refused(stand.request("fac", Note(text="Two."), "id"))
    assert (other.code, other.field) == ("conflict", "id")
    # The same id of another member is another command.
    assert stand.kept(stand.request("ves", Survey(answers={"a": "b"}), "id")).id


def test_a_refusal_is_judged_anew(stand: Stand) -> None:
    stand.opened()
    request = stand.request("fac", Pause())
    assert stand.refused(request)
    stand.does("fac", Start())
    assert stand.kept(request).id


def test_an_inject_is_released_once_by_two_writers(stand: Stand) -> None:
    stand.running()
    other = stand.another_writer()
    other.refresh()
    stand.does("fac", Release(inject="session"))
    (late,) = other.run([stand.request("fac", Release(inject="session"))])
    assert isinstance(late, Refusal)
    assert stand.kinds.count("inject_released") == 1


def test_the_store_itself_refuses_a_second_release(stand: Stand) -> None:
    stand.running().does("fac", Release(inject="session"))
    transaction = stand.timeline.begin(EXERCISE)
    with pytest.raises(Taken):
        transaction.append(Group(released={"session": 1}))
    transaction.rollback()
    assert stand.does("fac", NEWS).id


def test_positions_are_one_to_n_in_every_audience(stand: Stand) -> None:
    stand.running().later(7 * MINUTE).does("fac", NEWS)
    tailed = stand.timeline.tail(EXERCISE, 0)
    assert [one.entry.seq for one in tailed] == list(range(1, len(tailed) + 1))
    for audience, head in stand.timeline.heads(EXERCISE).items():
        page = stand.timeline.page(EXERCISE, audience)
        assert [one.position for one in page] == list(range(1, head + 1))
        seen = [one.positions.get(audience) for one in tailed]
        assert [one for one in seen if one] == list(range(1, head + 1))
        assert all(audience in one.audience for one in page)


def test_pages_go_forward_and_back(stand: Stand) -> None:
    stand.running().later(7 * MINUTE)

    def at(**asked: int) -> list[int]:
        return [one.position for one in stand.timeline.page(EXERCISE, "VES", **asked)]

    head = stand.timeline.heads(EXERCISE)["VES"]
    assert at(after=2, limit=2) == [3, 4]
    assert at(before=4, limit=2) == [2, 3]
    assert at(before=2, limit=50) == [1]
    assert at(after=head) == at(before=1) == []
    assert at(before=999, limit=1) == [head]


def test_the_tail_is_the_timeline_from_any_point(stand: Stand) -> None:
    stand.running().later(7 * MINUTE)
    whole = stand.timeline.tail(EXERCISE, 0)
    for seq in range(len(whole) + 1):
        assert stand.timeline.tail(EXERCISE, seq) == whole[seq:]
    assert stand.timeline.tail(EXERCISE, 1, limit=2) == whole[1:3]


def test_a_second_writer_folds_to_the_same_state(stand: Stand) -> None:
    stand.running().later(7 * MINUTE).does("fac", NEWS)
    other = Conductor(EXERCISE, stand.ports)
    assert other.refresh() == stand.state
    assert other.head == stand.conductor.head


def test_two_writers_at_sixty_times_never_let_time_fall(stand: Stand) -> None:
    stand.running().does("fac", SetRate(rate=60))
    writers = [stand.conductor, stand.another_writer()]
    for step in range(40):
        # The other worker's wall clock is a little behind, now and then.
        stand.clock.wall_ms += (7, -5, 13, 1)[step % 4]
        writers[step % 2].run([stand.request("fac", Note(text=f"{step}"))])
    entries = [one.entry for one in stand.timeline.after(EXERCISE, 0)]
    times = [one.at_ms for one in entries]
    assert times == sorted(times)
    assert [one.seq for one in entries] == list(range(1, len(entries) + 1))


def test_pause_and_end_and_ten_minutes_leave_a_signed_head(stand: Stand) -> None:
    stand.running()
    stand.does("fac", Pause())
    stand.does("fac", Resume())
    assert stand.kinds[-3:] == ["paused", "checkpoint", "resumed"]
    stand.later(10 * MINUTE)
    assert stand.kinds.count("checkpoint") == 2
    stand.later(9 * MINUTE)
    assert stand.kinds.count("checkpoint") == 2
    stand.does("fac", End(confirm="END"))
    assert stand.kinds[-2:] == ["ended", "checkpoint"]
    assert stand.timeline.exercises()[0].status == "ended"


def test_redaction_takes_the_body_and_nothing_else(stand: Stand) -> None:
    stand.running()
    named = next(
        one for one in _sealed(stand) if "Name of ves" in (one.entry.body or "")
    )
    stand.does(SYSTEM, Redact(entry=named.entry.id, reason="asked for"))
    bare = stand.timeline.after(EXERCISE, named.entry.seq - 1, 1)[0]
    assert bare == replace(named, entry=replace(named.entry, body=None), salt=None)
    entry = stand.timeline.entry(EXERCISE, named.entry.id)
    assert entry == bare.entry
    everything = str(stand.timeline.page(EXERCISE, "facilitators"))
    assert "Name of ves" not in everything
    assert "Name of kas" in everything
    assert Conductor(EXERCISE, stand.ports).refresh() is not None


def test_names_are_known_from_the_entry_that_gave_them(stand: Stand) -> None:
    stand.running()
    book = Namebook(stand.timeline.namings(EXERCISE))
    head = stand.timeline.head(EXERCISE).seq
    assert book.at("ves", head) == "Name of ves"
    assert book.at("nobody", head) == ""
    again = stand.request(SYSTEM, Join(member="ves", role="delegate", name="Vera"))
    stand.kept(again)
    book = Namebook(stand.timeline.namings(EXERCISE))
    assert book.at("ves", head) == "Name of ves"
    assert book.at("ves", head + 1) == "Vera"


def test_an_erased_name_is_known_to_have_been_one(stand: Stand) -> None:
    stand.running()
    (named,) = (
        one.entry
        for one in _sealed(stand)
        if one.entry.kind == "member_named" and one.entry.author.member == "ves"
    )
    stand.does(SYSTEM, Redact(entry=named.id))
    book = Namebook(stand.timeline.namings(EXERCISE))
    assert book.at("ves", named.seq + 1) is None
    assert book.at("kas", named.seq + 9) == "Name of kas"


def test_no_writers_state_holds_an_erased_name(stand: Stand) -> None:
    stand.running()
    other = stand.another_writer()
    assert other.refresh() == stand.state
    named = next(one for one in _sealed(stand) if "Name of ves" in str(one.entry.body))
    stand.does(SYSTEM, Redact(entry=named.entry.id))
    assert stand.state.name_of("ves") == ""
    assert stand.state.name_of("kas") == "Name of kas"
    other.run([stand.request("fac", Note(text="Going on."))])
    assert other.state == stand.conductor.refresh()
    assert "Name of ves" not in str(other.state)


def test_an_anonymous_survey_leaves_no_trace_of_who_sent_it(stand: Stand) -> None:
    stand.running()
    answer = Survey(answers={"pace": "too fast"}, anonymous=True)
    request = stand.request("ves", answer)
    first, again = stand.run(request, request)
    assert isinstance(first, Ack)
    assert again == replace(first, duplicate=True)
    entry = stand.timeline.after(EXERCISE, 0)[-1].entry
    assert (entry.actor, entry.author.member) == ("anonymous", "")
    assert stand.refused(stand.request("ves", answer)).code == "conflict"
    transaction = stand.timeline.begin(EXERCISE)
    assert not transaction.answers({("ves", request.id)})
    transaction.rollback()


def test_a_bad_command_in_a_group_does_not_take_the_others_along(
    stand: Stand,
) -> None:
    stand.running()
    bad = stand.request("ves", Survey(answers={"clé": "x"}))
    good = [stand.request("fac", Note(text=f"{n}")) for n in range(3)]
    outcomes = stand.run(good[0], bad, *good[1:])
    assert [isinstance(one, Ack) for one in outcomes] == [True, False, True, True]


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\u202eb"])
def test_what_cannot_be_kept_is_refused_alike_everywhere(
    stand: Stand, text: str
) -> None:
    stand.running()
    bad = stand.request("fac", Note(text=text))
    no, ack = stand.run(bad, stand.request("fac", Note(text="Fine.")))
    assert isinstance(no, Refusal)
    assert no.code == "unfit"
    assert isinstance(ack, Ack)


def test_words_of_every_script_come_back_as_they_were(stand: Stand) -> None:
    text = 'Ελλάδα 日本 שלום "quoted" \\ \n tab\t \u2028 🛰'
    ack = stand.running().does("fac", Note(text=text))
    assert ack.id
    assert stand.another_writer().refresh() is not None
    entry = stand.timeline.entry(EXERCISE, ack.id)
    assert entry is not None
    event = stand.ports.codec.decode(entry.kind, entry.version, entry.body or "")
    assert event.text == text  # type: ignore[union-attr]  # it is a note


def _sealed(stand: Stand) -> list:  # type: ignore[type-arg]  # of Sealed
    return list(stand.timeline.after(EXERCISE, 0))
