"""Acts that go out on instructions from the capital."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.due import deadline, due, next_due, subject
from exercise.domain.fields import Field
from exercise.domain.scenario import CapitalDelay, Scenario
from tests.domain.given import Story, kinds, running
from tests.domain.small import MINUTE, a_scenario

DELAY = 3 * MINUTE


def slow(*instruments: str, **more: object) -> Scenario:
    """Return the small scenario in which VES's capital takes three minutes."""
    base = a_scenario(**more)
    line = CapitalDelay(instruments=instruments, delay_ms=DELAY)
    delegations = tuple(
        replace(one, capital_delay=(line,)) if one.id == "VES" else one
        for one in base.delegations
    )
    return replace(base, delegations=delegations)


def expels(**more: Field) -> c.Act:
    fields: dict[str, Field] = {
        "text": "Two must leave.",
        "basis": "LAW:RET",
        "proportionality": "Few.",
        **more,
    }
    return c.Act(instrument="expel_diplomats", to=("KAS",), fields=fields)


def joins(story: Story, member: str, seat: str) -> None:
    story.do(c.Join(member=member, role="delegate", delegation="VES", seat=seat))


def test_what_the_head_authorises_goes_out_when_instructions_have_come() -> None:
    story = running(slow("expel_diplomats"))
    assert kinds(story.do(expels(), "ves")) == ["act_referred"]
    waits = story.last("act_referred")
    assert isinstance(waits.event, e.ActReferred)
    assert waits.event.sends_ms == waits.at_ms + DELAY
    story.later(2.9)
    assert "act_issued" not in story.kinds()
    story.later(0.2)
    issued = story.last("act_issued")
    assert isinstance(issued.event, e.ActIssued)
    assert issued.event.prepared_by == waits.id
    assert issued.author == waits.author
    assert issued.author.delegation == "VES"
    assert (issued.actor, issued.event.public) == ("system", True)
    assert not story.now().referred


def test_until_then_only_the_delegation_and_staff_know() -> None:
    story = running(slow("expel_diplomats"))
    story.do(expels(), "ves")
    told = {"VES", "evaluators", "facilitators"}
    assert set(story.last("act_referred").audience) == told
    story.do(c.Withdraw(about=story.last("act_referred").id), "ves")
    assert set(story.last("act_withdrawn").audience) == told


def test_a_private_act_that_waited_is_read_by_both_sides() -> None:
    story = running(slow("private_demarche"))
    words: dict[str, Field] = {"subject": "Ports", "text": "Stop.", "asked": "It."}
    ask = c.Act(instrument="private_demarche", to=("KAS",), fields=words)
    story.do(ask, "ves")
    story.later(3.1)
    audience = set(story.last("act_issued").audience)
    assert audience == {"VES", "KAS", "evaluators", "facilitators"}


def test_it_goes_out_at_its_own_time_however_late_the_clock_comes_round() -> None:
    story = running(slow("expel_diplomats"))
    story.do(expels(), "ves")
    story.wall_ms += 10 * MINUTE
    (command,) = [
        one
        for one in due(story.now(), 10 * MINUTE, story.wall_ms)
        if isinstance(one, c.InstructionsDue)
    ]
    assert deadline(command, story.now()) == DELAY
    assert subject(command, story.now()) == ("instructions_due", command.act, 0)


def test_while_the_exercise_is_paused_the_capital_waits_too() -> None:
    story = running(slow("expel_diplomats"))
    story.do(expels(), "ves")
    story.later(1)
    story.do(c.Pause(), "fac")
    story.wall_ms += 30 * MINUTE
    assert next_due(story.now(), story.wall_ms) is None
    about = story.last("act_referred").id
    assert story.do(c.InstructionsDue(act=about)) == ()
    story.do(c.Resume(), "fac")
    story.later(1.9)
    assert "act_issued" not in story.kinds()
    story.later(0.2)
    assert "act_issued" in story.kinds()


def test_another_seat_prepares_and_the_head_authorises() -> None:
    story = running(slow("expel_diplomats"))
    joins(story, "ves2", "legal")
    assert kinds(story.do(expels(), "ves2")) == ["act_prepared"]
    prepared = story.last("act_prepared")
    assert isinstance(prepared.event, e.ActPrepared)
    assert prepared.event.needs == ("lead",)
    joins(story, "ves3", "legal")
    assert story.refused(c.Countersign(about=prepared.id), "ves3").code == "forbidden"
    assert kinds(story.do(c.Countersign(about=prepared.id), "ves")) == ["act_referred"]
    waits = story.last("act_referred")
    assert waits.author.seat == "lead"
    assert isinstance(waits.event, e.ActReferred)
    assert waits.event.prepared_by == prepared.id
    assert not story.now().prepared


def test_while_nobody_heads_the_delegation_whoever_is_there_stands_in() -> None:
    story = running(slow("expel_diplomats"))
    joins(story, "ves2", "legal")
    story.do(c.Revoke(member="ves"), "fac")
    assert kinds(story.do(expels(), "ves2")) == ["act_referred"]


def test_two_seats_and_the_capital_are_asked_one_after_the_other() -> None:
    story = running(slow("expel_diplomats", two_seats=("expel_diplomats",)))
    joins(story, "ves2", "legal")
    assert kinds(story.do(expels(), "ves")) == ["act_prepared"]
    about = story.last("act_prepared").id
    assert kinds(story.do(c.Countersign(about=about), "ves2")) == ["act_referred"]
    story.later(3.1)
    assert "act_issued" in story.kinds()


def test_a_group_waits_as_its_instruments_do_and_others_go_at_once() -> None:
    story = running(slow("measure"))
    assert kinds(story.do(expels(), "ves")) == ["act_referred"]
    words: dict[str, Field] = {"text": "We are calm."}
    line = c.Act(instrument="press_line", fields=words)
    assert kinds(story.do(line, "ves")) == ["act_issued"]
    assert kinds(story.do(replace(expels(), to=("VES",)), "kas")) == ["act_issued"]


def test_an_instruments_own_line_goes_before_its_groups() -> None:
    base = slow("measure")
    exact = CapitalDelay(instruments=("expel_diplomats",), delay_ms=MINUTE)
    delegations = tuple(
        replace(one, capital_delay=(*one.capital_delay, exact))
        for one in base.delegations
    )
    story = running(replace(base, delegations=delegations))
    story.do(expels(), "ves")
    story.later(1.1)
    assert "act_issued" in story.kinds()


def test_what_was_withdrawn_never_goes_out() -> None:
    story = running(slow("expel_diplomats"))
    joins(story, "ves2", "legal")
    story.do(expels(), "ves")
    about = story.last("act_referred").id
    assert story.refused(c.Withdraw(about=about), "kas").code == "not-found"
    story.do(c.Pause(), "fac")
    story.do(c.Withdraw(about=about), "ves2")
    assert story.refused(c.Withdraw(about=about), "ves").code == "not-found"
    story.do(c.Resume(), "fac")
    story.later(10)
    assert "act_issued" not in story.kinds()


def test_an_act_that_waits_for_a_signature_can_be_withdrawn_too() -> None:
    story = running(a_scenario(two_seats=("press_line",)))
    joins(story, "ves2", "legal")
    story.do(c.Act(instrument="press_line", fields={"text": "Calm."}), "ves")
    about = story.last("act_prepared").id
    story.do(c.Withdraw(about=about), "ves")
    assert story.refused(c.Countersign(about=about), "ves2").code == "not-found"


def test_an_answer_to_an_offer_that_was_settled_meanwhile_lapses() -> None:
    story = running(slow("accept_assistance"))
    offer: dict[str, Field] = {"type": "forensics", "text": "We come."}
    story.do(c.Act(instrument="offer_assistance", to=("VES",), fields=offer), "orl")
    about = story.last("act_issued").id
    story.do(c.Act(instrument="accept_assistance", about=about, fields={}), "ves")
    no = c.Act(instrument="decline_assistance", about=about, fields={"text": "No."})
    story.do(no, "ves")
    story.later(4)
    gone = story.last("act_withdrawn")
    assert isinstance(gone.event, e.ActWithdrawn)
    assert gone.event.lapsed
    assert (gone.author.delegation, "VES" in gone.audience) == ("VES", True)
    assert "commitment_made" not in story.kinds()


def test_a_promise_is_made_when_the_acceptance_goes_out() -> None:
    story = running(slow("accept_assistance"))
    offer: dict[str, Field] = {"type": "forensics", "text": "We come."}
    story.do(c.Act(instrument="offer_assistance", to=("VES",), fields=offer), "orl")
    about = story.last("act_issued").id
    story.do(c.Act(instrument="accept_assistance", about=about, fields={}), "ves")
    story.later(4)
    made = story.last("commitment_made")
    assert isinstance(made.event, e.CommitmentMade)
    assert (made.event.promisor, made.event.beneficiary) == ("ORL", "VES")


def test_a_signature_under_what_was_settled_meanwhile_is_refused() -> None:
    story = running(a_scenario(two_seats=("accept_assistance",)))
    joins(story, "ves2", "legal")
    offer: dict[str, Field] = {"type": "forensics", "text": "We come."}
    story.do(c.Act(instrument="offer_assistance", to=("VES",), fields=offer), "orl")
    about = story.last("act_issued").id
    story.do(c.Act(instrument="accept_assistance", about=about, fields={}), "ves")
    waits = story.last("act_prepared").id
    no = c.Act(instrument="decline_assistance", about=about, fields={"text": "No."})
    story.do(no, "ves")
    assert story.refused(c.Countersign(about=waits), "ves2").code == "not-found"


def test_who_authorised_it_sends_it_wherever_they_sit_by_then() -> None:
    story = running(slow("expel_diplomats"))
    story.do(expels(), "ves")
    story.do(c.Move(member="ves", delegation="ORL", seat="legal"), "fac")
    story.later(4)
    issued = story.last("act_issued")
    assert issued.author.delegation == "VES"


def test_after_the_end_nothing_waits_any_more() -> None:
    story = running(slow("expel_diplomats"))
    story.do(expels(), "ves")
    story.do(c.End(confirm="END"), "fac")
    story.wall_ms += 10 * MINUTE
    assert not due(story.now(), 10 * MINUTE, story.wall_ms)


@pytest.mark.parametrize("rate", [1, 7, 60])
@given(waits=st.lists(st.integers(1, 400), min_size=1, max_size=6))
def test_acts_go_out_in_the_order_in_which_they_were_authorised(
    waits: list[int], rate: int
) -> None:
    story = running(slow("expel_diplomats"))
    story.do(c.SetRate(rate=rate), "fac")
    for number, pause in enumerate(waits):
        story.do(expels(text=f"Number {number}"), "ves")
        story.wall_ms += pause * 1000 // rate
    story.later(5)
    sent = [
        one.event.fields["text"]
        for one in story.entries
        if isinstance(one.event, e.ActIssued)
    ]
    assert sent == [f"Number {number}" for number in range(len(waits))]
