"""Joining, seats, moving, revoking, redacting: who is in, and who reads of it."""

from exercise.domain import commands as c
from exercise.domain import events as e
from tests.domain.given import a_lobby, running


def test_a_name_stands_in_one_entry_and_nowhere_else() -> None:
    story = a_lobby()
    named = [one for one in story.entries if isinstance(one.event, e.MemberNamed)]
    assert len(named) == 8
    others = [one for one in story.entries if not isinstance(one.event, e.MemberNamed)]
    assert "Lead of VES" not in repr([one.event for one in others])


def test_taking_an_exclusive_seat_again_moves_it() -> None:
    story = a_lobby()
    story.do(c.Join(member="new", role="delegate", delegation="VES", seat="lead"))
    assert story.now().members["ves"].revoked
    assert story.refused(c.Survey(answers={"a": "b"}), "ves").code == "forbidden"


def test_a_shared_seat_holds_any_number_of_people() -> None:
    story = a_lobby()
    for number in range(3):
        story.do(
            c.Join(member=f"m{number}", role="delegate", delegation="VES", seat="legal")
        )
    assert not any(one.revoked for one in story.now().members.values())


def test_a_seat_can_be_chosen_later_and_changed_by_a_facilitator() -> None:
    story = a_lobby()
    story.do(c.Join(member="amina", role="delegate", delegation="VES"))
    assert story.refused(c.TakeSeat(seat="lead"), "amina").code == "seat-taken"
    assert story.refused(c.TakeSeat(seat="x"), "amina").field == "seat"
    story.do(c.TakeSeat(seat="legal"), "amina")
    assert story.do(c.TakeSeat(seat="legal"), "amina") == ()
    story.do(c.Move(member="amina", delegation="KAS", seat="legal"), "fac")
    moved = story.last("member_moved")
    assert {"VES", "KAS"} <= set(moved.audience)
    assert story.now().members["amina"].stream == "KAS"
    assert story.refused(c.Move(member="fac2", delegation="KAS"), "fac")


def test_a_revoked_member_may_do_nothing_more() -> None:
    story = running()
    story.do(c.Revoke(member="ves", reason="Left the room"), "fac")
    assert story.refused(c.Call(to="KAS"), "ves").code == "forbidden"
    assert story.do(c.Revoke(member="ves"), "fac") == ()
    assert story.refused(c.Revoke(member="fac"), "fac").code == "conflict"
    assert story.refused(c.Revoke(member="x"), "fac").code == "not-found"


def test_unknown_delegations_and_seats_are_refused() -> None:
    story = a_lobby()
    wrong = c.Join(member="m", role="delegate", delegation="XXX")
    assert story.refused(wrong).field == "delegation"
    wrong = c.Join(member="m", role="delegate", delegation="VES", seat="x")
    assert story.refused(wrong).field == "seat"


def test_joining_again_changes_the_name_only() -> None:
    story = a_lobby()
    again = c.Join(member="ves", role="delegate", delegation="VES", name="New name")
    assert [one.KIND for one in story.do(again)] == ["member_named"]
    assert story.do(again) == ()
    assert story.now().name_of("ves") == "New name"


def test_nobody_joins_a_delegation_after_the_end_but_a_trainer_may() -> None:
    story = running()
    story.do(c.End(confirm="END"), "fac")
    late = c.Join(member="m", role="delegate", delegation="VES")
    assert story.refused(late).code == "ended"
    assert story.do(c.Join(member="t2", role="trainer"))
    assert story.do(c.Invite(role="trainer"), "fac")


def test_a_redaction_goes_to_who_read_the_entry() -> None:
    story = a_lobby()
    named = next(
        one
        for one in story.entries
        if isinstance(one.event, e.MemberNamed) and one.event.member == "ves"
    )
    story.do(c.Redact(entry=named.id, reason="Asked to be erased"))
    assert story.last("entry_redacted").audience == named.audience
    assert story.refused(c.Redact(entry="e1")).code == "conflict"
    joined = story.last("member_joined").id
    assert story.refused(c.Redact(entry=joined)).code == "conflict"
    assert story.refused(c.Redact(entry="e999")).code == "not-found"


def test_what_time_does_nobody_may_ask_for() -> None:
    story = running()
    assert story.refused(c.FallDue(inject="blackout"), "fac").code == "forbidden"
    assert story.refused(c.Open(title="x", scenario=story.scenario)).code == "conflict"
