"""The directory of contact points, as delegations keep it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from exercise.domain import commands as c
from exercise.domain.errors import Rejected
from exercise.domain.scenario import Contact, Scenario
from tests.domain.given import Story, a_lobby, running
from tests.domain.small import a_scenario

LINES = (
    Contact(layer="diplomatic", title="Duty officer", hours="always"),
    Contact(layer="technical", title="CERT-VES"),
)


def listed() -> Scenario:
    base = a_scenario()
    first, *rest = base.delegations
    return replace(base, delegations=(replace(first, contacts=LINES), *rest))


def change(number: int, title: str, layer: str = "technical") -> c.UpdateContact:
    return c.UpdateContact(number=number, layer=layer, title=title)  # type: ignore[arg-type] # one of the two


def titles(story: Story, who: str = "VES") -> list[str]:
    return [one.title for one in story.now().contacts_of(who)]


def test_a_delegation_changes_its_line_and_all_delegations_read_it() -> None:
    story = running(listed())
    story.do(change(2, "CERT-VES, night desk"), "ves")
    assert titles(story) == ["Duty officer", "CERT-VES, night desk"]
    told = story.last("contact_updated")
    assert {"VES", "ORL", "KAS", "HGA", "facilitators"} <= set(told.audience)
    assert not {"observers", "room"} & set(told.audience)
    assert story.do(change(2, " CERT-VES,  night desk "), "ves") == ()


def test_the_next_line_can_be_added_and_no_other() -> None:
    story = a_lobby(listed())
    assert story.refused(change(4, "Too far"), "ves").field == "number"
    story.do(change(3, "Press office", "diplomatic"), "ves")
    assert titles(story) == ["Duty officer", "CERT-VES", "Press office"]
    story.do(change(1, "CERT-ORL"), "orl")
    assert titles(story, "ORL") == ["CERT-ORL"]


def test_one_line_stands_once_and_says_who_answers() -> None:
    story = running(listed())
    assert story.refused(change(1, "CERT-VES"), "ves").field == "title"
    assert story.refused(change(1, "   "), "ves").field == "title"


def test_only_delegates_keep_the_directory() -> None:
    assert running(listed()).refused(change(1, "Mine"), "fac").code == "forbidden"


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from("abcdefghijkl"))))
def test_the_directory_never_has_a_gap_nor_a_line_twice(
    changes: list[tuple[int, str]],
) -> None:
    story = running(listed())
    for number, title in changes:
        try:
            story.do(change(number, title), "ves")
        except Rejected:
            continue
    lines = story.now().contacts_of("VES")
    assert len(lines) <= 9
    assert len(set(lines)) == len(lines)
