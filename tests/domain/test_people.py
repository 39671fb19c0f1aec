"""Names and seats, as people change them among themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.domain import commands as c
from exercise.domain.decide.naming import OFFICES, alike
from tests.domain.given import Story, a_lobby, kinds, running


def test_a_participant_takes_another_name_and_it_is_recorded() -> None:
    story = running()
    story.do(c.Rename(name="  Amina   Haddad "), "ves")
    named = story.last("member_named")
    assert story.now().name_of("ves") == "Amina Haddad"
    assert (named.actor, named.author.member) == ("ves", "ves")
    assert set(named.audience) == {"VES", "evaluators", "facilitators"}
    assert story.do(c.Rename(name="Amina Haddad"), "ves") == ()


@pytest.mark.parametrize(
    "name", ["Lead of KAS", "lead  of kas", "L\u0435ad of KAS", "Lead\u200b of KAS"]
)
def test_a_name_that_reads_like_anothers_is_refused(name: str) -> None:
    refusal = running().refused(c.Rename(name=name), "ves")
    assert (refusal.code, refusal.field) == ("name-taken", "name")


@pytest.mark.parametrize(
    "name", ["Facilitator", "EXERCISE CONTROL", "F\u0430cilitator"]
)
def test_nobody_is_called_like_those_who_run_the_exercise(name: str) -> None:
    assert running().refused(c.Rename(name=name), "ves").field == "name"


@pytest.mark.parametrize("name", ["\u200b", "\u0301", "A\x07B"])
def test_a_name_can_be_seen(name: str) -> None:
    assert running().refused(c.Rename(name=name), "ves").field == "name"


def test_the_name_of_one_who_left_is_free() -> None:
    story = running()
    story.do(c.Revoke(member="kas"), "fac")
    assert kinds(story.do(c.Rename(name="Lead of KAS"), "ves")) == ["member_named"]


def test_a_facilitator_names_others_and_nobody_else_does() -> None:
    story = running()
    story.do(c.Rename(name="Bo Lind", member="kas"), "fac")
    assert story.now().name_of("kas") == "Bo Lind"
    assert story.last("member_named").actor == "fac"
    asked = c.Rename(name="Fool", member="kas")
    assert story.refused(asked, "ves").code == "forbidden"
    assert story.refused(asked, "eva").code == "forbidden"
    unknown = c.Rename(name="Fool", member="nobody")
    assert story.refused(unknown, "fac").code == "not-found"


def test_two_people_may_share_a_name_if_a_facilitator_says_so() -> None:
    story = running()
    story.do(c.Rename(name="Lead of KAS", member="ves"), "fac")
    assert story.now().name_of("ves") == story.now().name_of("kas")


def test_names_change_in_the_lobby_in_a_pause_and_after_the_end() -> None:
    story = a_lobby()
    story.do(c.Rename(name="One"), "ves")
    story.do(c.Start(), "fac")
    story.do(c.Pause(), "fac")
    story.do(c.Rename(name="Two"), "ves")
    story.do(c.End(confirm="END"), "fac")
    story.do(c.Rename(name="Three"), "ves")
    assert story.now().name_of("ves") == "Three"


@given(st.text(max_size=40))
def test_what_is_alike_stays_alike_however_it_is_written(name: str) -> None:
    assert alike(f" {name.upper()}\u200b".casefold()) == alike(
        name.upper().casefold()
    ), name
    assert alike(alike(name)) == alike(name)


def test_every_office_is_written_as_it_is_compared() -> None:
    assert {alike(one) for one in OFFICES} == OFFICES


def _second(story: Story) -> None:
    joins = c.Join(member="ves2", role="delegate", delegation="VES", seat="legal")
    story.do(joins)


def test_a_seat_is_handed_over_at_once_and_both_moves_are_recorded() -> None:
    story = running()
    _second(story)
    events = story.do(c.HandOver(to="ves2"), "ves")
    assert kinds(events) == ["member_moved", "member_moved"]
    assert story.now().members["ves2"].seat == "lead"
    assert story.now().members["ves"].seat == ""
    assert not story.now().members["ves"].revoked
    assert story.entries[-2].author.seat == "lead", "who gave it held it"
    assert "KAS" not in story.last("member_moved").audience


def test_a_seat_is_handed_to_somebody_present_in_the_delegation() -> None:
    story = running()
    _second(story)
    assert story.refused(c.HandOver(to="kas"), "ves").code == "not-found"
    assert story.refused(c.HandOver(to="ves"), "ves").code == "not-found"
    assert story.refused(c.HandOver(to="nobody"), "ves").code == "not-found"
    story.do(c.Revoke(member="ves2"), "fac")
    assert story.refused(c.HandOver(to="ves2"), "ves").code == "not-found"


def test_without_a_seat_there_is_nothing_to_hand_over() -> None:
    story = running()
    _second(story)
    story.do(c.HandOver(to="ves2"), "ves")
    assert story.refused(c.HandOver(to="ves2"), "ves").code == "conflict"
    story.do(c.TakeSeat(seat="legal"), "ves")
    third = c.Join(member="ves3", role="delegate", delegation="VES", seat="legal")
    story.do(third)
    assert story.refused(c.HandOver(to="ves3"), "ves").code == "conflict"
