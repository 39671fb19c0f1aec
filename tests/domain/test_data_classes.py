"""Data about people: passed on with a basis stated, or a breach is kept."""

from dataclasses import replace

import pytest

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.scenario import Item, Scenario
from exercise.domain.scoring import Scoreboard
from exercise.domain.scoring.facts import Facts
from exercise.domain.scoring.knowledge import Held, known
from exercise.domain.scoring.sharing import PUBLIC
from tests.domain.given import Story, running
from tests.domain.small import a_scenario
from tests.domain.test_acts import act


def with_class(kind: str, **more: object) -> Scenario:
    base = a_scenario()
    (loader,) = base.items
    item: Item = replace(loader, data_class=kind, **more)  # type: ignore[arg-type] # one of four
    return replace(base, items=(item,))


def shared(kind: str, basis: str, to: tuple[str, ...] = ("HGA",)) -> Story:
    story = running(with_class(kind))
    story.do(c.Release(inject="beacon"), "fac")
    story.do(c.ShareItem(item="loader", to=to, basis=basis), "ves")
    return story


def held(story: Story, by: str) -> Held:
    facts = Facts(story.scenario)
    for one in story.entries:
        facts.feed(one)
    (item,) = known(facts)
    return item.holders[by]


def breaches(story: Story) -> list[str]:
    board = Scoreboard(story.scenario)
    for one in story.entries:
        board.feed(one)
    card = board.card(story.now().at_ms, final=False)
    (reach,) = [one for one in card.indicators if one.id == "R"]
    return [
        one.what.text for one in reach.opportunities if one.id.startswith("R.breach")
    ]


@pytest.mark.parametrize("kind", ["personal", "health", "electoral"])
def test_data_about_people_without_a_basis_is_a_breach_that_is_kept(kind: str) -> None:
    story = shared(kind, "")
    event = story.last("item_shared").event
    assert isinstance(event, e.ItemShared)
    assert (event.data_class, event.basis) == (kind, "")
    assert held(story, "HGA").unfounded == kind
    (why,) = breaches(story)
    assert "no basis" in why


@pytest.mark.parametrize(
    ("kind", "basis"), [("health", "To warn those it is about."), ("none", "")]
)
def test_a_basis_stated_or_nothing_personal_is_no_breach(kind: str, basis: str) -> None:
    story = shared(kind, basis)
    assert held(story, "HGA").unfounded == ""
    assert breaches(story) == []


def test_white_space_is_no_basis() -> None:
    assert held(shared("health", "  \n"), "HGA").unfounded == "health"


def test_a_broken_label_counts_once_with_its_own_weight() -> None:
    story = shared("health", "", ("HGA", "KAS"))
    told = breaches(story)
    assert ["no basis" in told[0], "label" in told[1], len(told)] == [True, True, 2]
    assert (held(story, "KAS").breach, held(story, "KAS").unfounded) == (2, "health")


def test_an_excluded_share_is_no_breach() -> None:
    story = shared("health", "")
    entry = story.last("item_shared").id
    reason = "The form of the platform hid the field, as the log shows."
    story.do(c.Adjudicate(entry=entry, ruling="excluded", reason=reason), "eva")
    assert held(story, "HGA").unfounded == ""
    assert breaches(story) == []


def test_what_a_public_act_lays_open_has_no_basis_either() -> None:
    story = running(with_class("electoral", tlp="CLEAR"))
    story.do(c.Release(inject="beacon"), "fac")
    source = story.last("inject_released").id
    for one in reversed(story.entries):
        if one.event.KIND == "inject_released" and one.event.items:  # type: ignore[union-attr] # a release
            source = one.id
    naming = act(
        "public_attribution",
        "KAS",
        text="We name.",
        confidence="high",
        belief={"organ": 80, "proxy": 20},
        evidence=(source,),
        disclosure="full",
    )
    story.do(naming, "ves")
    assert held(story, PUBLIC).unfounded == "electoral"
