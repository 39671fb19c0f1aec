"""Joint measures: one proposes, others join in time, and it is taken as one act."""

import pytest

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.fields import Fields
from exercise.domain.scenario import Scenario
from exercise.domain.scoring import Scoreboard
from tests.domain.given import Story, running
from tests.domain.small import a_scenario
from tests.domain.test_acts import act

PARTS: Fields = {
    "measure": "sanctions_listing",
    "target": "HGA",
    "text": "We list two firms.",
    "basis": "LAW:RET",
    "proportionality": "Two firms, one year.",
    "reply_in": 5,
}


def proposed(
    *to: str, scenario: Scenario | None = None, **more: object
) -> tuple[Story, str]:
    story = running(scenario)
    story.do(act("joint_measure", *to, **{**PARTS, **more}), "ves")
    return story, story.last("act_issued").id


def adopted(story: Story) -> e.MeasureAdopted:
    event = story.last("measure_adopted").event
    assert isinstance(event, e.MeasureAdopted)
    return event


def taken_by_two(**more: object) -> Story:
    story, about = proposed("ORL", "KAS", **more)
    story.do(act("join_measure", about=about, basis="domestic"), "orl")
    story.do(act("decline_measure", about=about), "kas")
    return story


def test_it_is_one_public_act_of_all_who_joined_each_on_its_own_basis() -> None:
    story = taken_by_two()
    event = adopted(story)
    assert (event.instrument, event.rung, event.target) == (
        "sanctions_listing",
        4,
        "HGA",
    )
    assert event.bases == {"ORL": "domestic", "VES": "LAW:RET"}
    entry = story.last("measure_adopted")
    assert {"HGA", "KAS", "room", "observers"} <= set(entry.audience)
    assert entry.author.delegation == "VES"
    assert not story.now().measures


def test_until_it_is_taken_nobody_else_knows_of_it() -> None:
    story, _ = proposed("ORL")
    entry = story.last("act_issued")
    assert entry.audience == ("ORL", "VES", "evaluators", "facilitators")


def test_time_takes_it_with_those_who_joined() -> None:
    story, about = proposed("ORL", "KAS")
    story.do(act("join_measure", about=about, basis="LAW:RET"), "orl")
    assert "measure_adopted" not in story.kinds()
    story.later(5.1)
    assert adopted(story).adopters == ("ORL", "VES")
    why = story.refused(act("join_measure", about=about, basis="LAW:RET"), "kas")
    assert why.field == "about"


@pytest.mark.parametrize("declines", [True, False])
def test_what_nobody_joins_comes_to_nothing(declines: bool) -> None:  # noqa: FBT001 - a case
    story, about = proposed("ORL")
    if declines:
        story.do(act("decline_measure", about=about), "orl")
    else:
        story.later(5.1)
    entry = story.last("measure_lapsed")
    assert entry.audience == ("ORL", "VES", "evaluators", "facilitators")
    assert "measure_adopted" not in story.kinds()


@pytest.mark.parametrize(
    ("to", "more", "field"),
    [
        (("ORL", "HGA"), {"target": "KAS"}, "to"),
        (("ORL",), {"target": "ORL"}, "fields.target"),
        (("ORL",), {"target": "VES"}, "fields.target"),
        (("ORL",), {"measure": "public_statement"}, "fields.measure"),
        (("ORL",), {"basis": ""}, "fields.basis"),
        (("ORL",), {"reply_in": None}, "fields.reply_in"),
        ((), {}, "to"),
    ],
)
def test_an_unfit_proposal_is_refused_by_field(
    to: tuple[str, ...], more: dict[str, object], field: str
) -> None:
    story = running()
    why = story.refused(act("joint_measure", *to, **{**PARTS, **more}), "ves")
    assert why.field == field


def test_whoever_was_asked_answers_once_and_nobody_else_does() -> None:
    story, about = proposed("ORL", "KAS")
    story.do(act("join_measure", about=about, basis="LAW:RET"), "orl")
    again = act("decline_measure", about=about)
    assert story.refused(again, "orl").code == "conflict"
    assert story.refused(again, "ves").field == "about"


def test_it_waits_for_the_second_seat_that_the_measure_itself_needs() -> None:
    scenario = a_scenario(two_seats=("sanctions_listing",))
    story = running(scenario)
    story.do(act("joint_measure", "ORL", **PARTS), "ves")
    assert story.kinds()[-1] == "act_prepared"
    legal = c.Join(member="ves2", role="delegate", delegation="VES", seat="legal")
    story.do(legal)
    story.do(c.Countersign(about=story.last("act_prepared").id), "ves2")
    about = story.last("act_issued").id
    story.do(act("join_measure", about=about, basis="LAW:RET"), "orl")
    assert story.kinds()[-1] == "act_prepared"
    assert "measure_adopted" not in story.kinds()


def test_each_adopter_stands_on_the_ladder_with_it() -> None:
    story = taken_by_two()
    state = story.now()
    for one in ("VES", "ORL"):
        assert (one, "sanctions_listing", "HGA") in state.acted
    assert ("KAS", "sanctions_listing", "HGA") not in state.acted
    assert state.rung == 4


def test_the_score_reads_it_as_each_adopters() -> None:
    story = taken_by_two(citations=("LAW:RET",))
    board = Scoreboard(story.scenario)
    for one in story.entries:
        board.feed(one)
    steps = [one for one in board.facts.measures.steps if one.joint]
    assert [(one.by, one.rung) for one in steps] == [("ORL", 4), ("VES", 4)]
    assert {one.missing for one in steps} == {("attribution",)}
    (adverse,) = board.facts.measures.adverse
    assert (adverse.authors, adverse.targets) == (("ORL", "VES"), ("HGA",))
    deeds = [
        deed
        for by in ("ORL", "VES")
        for deed in board.facts.deeds[by]
        if deed.instrument == "sanctions_listing"
    ]
    assert [(one.by, one.citations) for one in deeds] == [
        ("ORL", ("LAW:RET",)),
        ("VES", ("LAW:RET",)),
    ]
    card = board.card(story.now().at_ms, final=False)
    (escalation,) = [one for one in card.indicators if one.id == "E"]
    ids = [one.id for one in escalation.opportunities]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("held", [True, False])
def test_a_joint_countermeasure_needs_its_conditions(held: bool) -> None:  # noqa: FBT001 - a case
    names = ("prior_wrongful_act", "call_to_comply", "notice_given")
    flags = dict.fromkeys(names, held)
    story = taken_by_two(measure="countermeasure", basis="LAW:CM", **flags)
    assert adopted(story).conditions == (names if held else ())
    board = Scoreboard(story.scenario)
    for one in story.entries:
        board.feed(one)
    missing = {one.missing for one in board.facts.measures.steps if one.joint}
    assert missing == {() if held else names}
