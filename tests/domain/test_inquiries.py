"""Joint investigations: a basis, members, a scope and a lead; joining is a promise."""

import pytest

from exercise.domain import events as e
from exercise.domain.scenario import Scenario, Treaty
from tests.domain.given import Story, running
from tests.domain.small import MINUTE, a_scenario
from tests.domain.test_acts import act

BUDAPEST = Treaty(
    id="LAW:BUD",
    title="Convention on Cybercrime",
    standing={"VES": "party", "ORL": "signed", "KAS": "none"},
)


def with_a_treaty() -> Scenario:
    return a_scenario(treaties=(BUDAPEST,))


def proposed(*to: str, lead: str = "VES", **more: object) -> Story:
    story = running(with_a_treaty())
    parts: dict[str, object] = {
        "legal_basis": "LAW:BUD",
        "scope": "Who rented it.",
        "lead": lead,
        "reply_in": 10,
    }
    story.do(act("joint_investigation", *to, **{**parts, **more}), "ves")
    return story


def joined(story: Story, by: str, instrument: str = "join_investigation") -> None:
    about = next(
        one.id
        for one in story.entries
        if isinstance(one.event, e.ActIssued)
        and one.event.instrument == "joint_investigation"
    )
    story.do(act(instrument, about=about), by)


def promises(story: Story) -> list[tuple[str, str]]:
    return [
        (one.event.promisor, one.event.beneficiary)
        for one in story.entries
        if isinstance(one.event, e.CommitmentMade)
    ]


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"legal_basis": ""}, "fields.legal_basis"),
        ({"legal_basis": "LAW:XYZ"}, "fields.legal_basis"),
        ({"scope": ""}, "fields.scope"),
        ({"lead": ""}, "fields.lead"),
        ({"lead": "KAS"}, "fields.lead"),
        ({"reply_in": ""}, "fields.reply_in"),
    ],
)
def test_it_needs_a_basis_a_scope_and_a_lead_among_its_members(
    missing: dict[str, str], field: str
) -> None:
    story = running(with_a_treaty())
    parts = {
        "legal_basis": "LAW:BUD",
        "scope": "Who rented it.",
        "lead": "VES",
        "reply_in": 10,
    }
    why = story.refused(
        act("joint_investigation", "ORL", **{**parts, **missing}), "ves"
    )
    assert why.field == field


def test_each_member_that_joins_promises_it_to_the_lead() -> None:
    story = proposed("ORL", "KAS", due_in=20)
    joined(story, "orl")
    joined(story, "kas")
    assert promises(story) == [("ORL", "VES"), ("KAS", "VES")]
    made = story.last("commitment_made").event
    assert isinstance(made, e.CommitmentMade)
    assert (made.type, made.due_ms) == (
        "joint_investigation",
        story.now().at_ms + 20 * MINUTE,
    )


def test_a_lead_that_joins_and_who_proposed_promise_each_other() -> None:
    story = proposed("ORL", "KAS", lead="ORL")
    joined(story, "orl")
    assert promises(story) == [("ORL", "VES"), ("VES", "ORL")]
    joined(story, "kas")
    assert promises(story)[-1] == ("KAS", "ORL")


def test_when_the_lead_declines_whoever_proposed_it_leads() -> None:
    story = proposed("ORL", "KAS", lead="ORL")
    joined(story, "orl", "decline_investigation")
    assert promises(story) == []
    joined(story, "kas")
    assert promises(story) == [("KAS", "VES")]


def test_all_members_read_who_has_joined_and_others_do_not() -> None:
    story = proposed("ORL", "KAS")
    joined(story, "kas")
    (answer,) = [
        one
        for one in story.entries
        if isinstance(one.event, e.ActIssued)
        and one.event.instrument == "join_investigation"
    ]
    assert {"VES", "ORL", "KAS"} <= set(answer.audience)
    assert "HGA" not in answer.audience
    assert isinstance(answer.event, e.ActIssued)
    assert answer.event.answers == answer.event.about


def test_a_member_answers_once_and_nobody_else_does() -> None:
    story = proposed("ORL")
    about = story.last("act_issued").id
    joined(story, "orl")
    why = story.refused(act("decline_investigation", about=about), "orl")
    assert why.code == "conflict"
    assert story.refused(act("join_investigation", about=about), "kas").field == "about"
    assert story.refused(act("join_investigation", about=about), "ves").field == "about"


def test_the_promise_is_kept_as_help_is() -> None:
    story = proposed("ORL")
    joined(story, "orl")
    promise = story.last("commitment_made").id
    story.do(act("deliver_assistance", about=promise, text="Two officers."), "orl")
    story.do(act("confirm_assistance", about=promise), "ves")
    kept = story.now().promises[promise]
    assert (kept.delivered, kept.confirmed) == (True, True)


@pytest.mark.parametrize(
    ("ids", "standing"),
    [(("VES",), "party"), (("VES", "ORL"), "signed"), (("VES", "ORL", "HGA"), "none")],
)
def test_a_treaty_binds_as_far_as_its_weakest_standing(
    ids: tuple[str, ...], standing: str
) -> None:
    assert BUDAPEST.between(ids) == standing
