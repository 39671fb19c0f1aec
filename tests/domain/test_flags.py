"""Rights flags: bound to one measure or request, and owed an answer by whose it is."""

from dataclasses import replace

import pytest

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.fields import Fields
from exercise.domain.scenario import Scenario
from tests.domain.given import Story, running
from tests.domain.small import MINUTE, a_delegation, a_scenario
from tests.domain.test_acts import act

MEASURE: Fields = {
    "text": "We close the port.",
    "basis": "LAW:RET",
    "proportionality": "Small",
}


def watched(**more: object) -> Scenario:
    """Return the small scenario with a civil-society organisation that watches."""
    base = a_scenario(**more)
    watch = a_delegation("PFD", "cso", 4)
    return replace(base, delegations=(*base.delegations, watch))


def measured(story: Story) -> str:
    story.do(act("trade_restriction", "KAS", **MEASURE), "ves")
    return story.last("act_issued").id


def flagged(story: Story, about: str, *to: str, **fields: object) -> e.ActIssued:
    story.do(act("rights_flag", *to, about=about, text="People pay.", **fields), "pfd")
    event = story.last("act_issued").event
    assert isinstance(event, e.ActIssued)
    return event


def test_a_flag_is_owed_an_answer_by_whose_measure_it_is() -> None:
    story = running(watched())
    flag = flagged(story, measured(story))
    assert flag.to == ("VES",)
    assert flag.reply_by_ms == story.now().at_ms + 10 * MINUTE
    assert story.last("act_issued").audience == (
        "PFD",
        "VES",
        "evaluators",
        "facilitators",
    )


@pytest.mark.parametrize(("fields", "minutes"), [({}, 4), ({"reply_in": 7}, 7)])
def test_its_time_is_the_scenarios_or_its_own(
    fields: dict[str, object], minutes: int
) -> None:
    story = running(watched(rights_answer_ms=4 * MINUTE))
    flag = flagged(story, measured(story), **fields)
    assert flag.reply_by_ms == story.now().at_ms + minutes * MINUTE


def test_a_flag_names_what_it_objects_to() -> None:
    story = running(watched())
    why = story.refused(act("rights_flag", "VES", text="People pay."), "pfd")
    assert why.field == "about"
    note = story.last("started").id
    why = story.refused(act("rights_flag", "VES", about=note, text="Hm."), "pfd")
    assert why.field == "about"


def test_a_flag_goes_to_nobody_but_whose_measure_it_is() -> None:
    story = running(watched())
    measure = measured(story)
    why = story.refused(act("rights_flag", "ORL", about=measure, text="Hm."), "pfd")
    assert (why.field, "Ves" in why.sentence()) == ("to", True)


def test_nobody_flags_what_it_did_itself() -> None:
    story = running(watched())
    flagged(story, measured(story))
    own = story.last("act_issued").id
    why = story.refused(act("rights_flag", "VES", about=own, text="x"), "pfd")
    assert why.field == "about"


def test_what_an_inject_tells_of_is_answered_by_whom_the_flag_goes_to() -> None:
    story = running(watched())
    story.do(c.Release(inject="blackout"), "fac")
    told = story.last("inject_released").id
    why = story.refused(act("rights_flag", about=told, text="Hm."), "pfd")
    assert why.field == "to"
    assert flagged(story, told, "KAS", "ORL").to == ("KAS", "ORL")


def test_a_joint_text_is_answered_by_all_who_signed_it() -> None:
    story = running(watched())
    draft = c.Propose(
        title="Filter", body="We filter.", parties=("VES", "ORL", "KAS"), claims={}
    )
    story.do(draft, "ves")
    text = story.last("text_proposed").id
    story.do(c.Sign(text=text), "orl")
    story.do(c.Decline(text=text), "kas")
    assert flagged(story, story.last("text_published").id).to == ("ORL", "VES")


@pytest.mark.parametrize("instrument", ["reply", "public_statement", "legal_view"])
def test_an_answer_in_private_or_in_public_closes_it(instrument: str) -> None:
    story = running(watched())
    flagged(story, measured(story))
    flag = story.last("act_issued").id
    story.do(act(instrument, about=flag, text="We lift it at noon."), "ves")
    answer = story.last("act_issued").event
    assert isinstance(answer, e.ActIssued)
    assert answer.answers == flag
