"""Acts: who may use which instrument towards whom, and what follows."""

from dataclasses import replace

import pytest

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.fields import Fields
from tests.domain.given import Story, running
from tests.domain.small import a_delegation, a_scenario

ASK: Fields = {"asked": "Do you know of this?", "reply_in": 15}


def act(instrument: str, *to: str, about: str = "", **fields: object) -> c.Act:
    return c.Act(
        instrument=instrument,
        to=to,
        about=about,
        fields=fields,  # type: ignore[arg-type] # the rules check them
    )


def asked(story: Story) -> str:
    story.do(act("clarification_request", "KAS", **ASK), "ves")
    return story.last("act_issued").id


def test_a_private_act_is_read_by_its_author_and_addressees_alone() -> None:
    story = running()
    asked(story)
    entry = story.last("act_issued")
    assert entry.audience == ("KAS", "VES", "evaluators", "facilitators")
    assert entry.author.delegation == "VES"


def test_a_public_act_is_read_by_all_and_names_its_target() -> None:
    story = running()
    story.do(act("public_statement", "KAS", text="We ask."), "ves")
    entry = story.last("act_issued")
    everyone = {"VES", "ORL", "KAS", "HGA", "observers", "room"}
    assert everyone <= set(entry.audience)
    assert isinstance(entry.event, e.ActIssued)
    assert (entry.event.to, entry.event.rung) == (("KAS",), 2)


def test_a_reply_goes_back_to_who_asked_and_closes_the_question() -> None:
    story = running()
    question = asked(story)
    story.do(act("reply", about=question, text="We look into it."), "kas")
    reply = story.last("act_issued").event
    assert isinstance(reply, e.ActIssued)
    assert (reply.to, reply.answers, reply.late) == (("VES",), question, False)


def test_a_reply_after_its_deadline_is_accepted_and_marked_late() -> None:
    story = running()
    question = asked(story)
    story.later(16)
    story.do(act("reply", about=question, text="Sorry."), "kas")
    assert story.last("act_issued").event.late  # type: ignore[union-attr] # an act


def test_an_act_cannot_be_about_what_its_author_does_not_read() -> None:
    story = running()
    question = asked(story)
    why = story.refused(act("reply", about=question, text="Hm."), "orl")
    missing = story.refused(act("reply", about="e999", text="Hm."), "orl")
    assert (why.code, why.field) == (missing.code, missing.field)


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (act("telepathy", text="x"), "instrument"),
        (act("hotline_call", "KAS"), "instrument"),
        (act("clarification_request", **ASK), "to"),
        (act("clarification_request", "VES", **ASK), "to"),
        (act("clarification_request", "XXX", **ASK), "to"),
        (act("summon_ambassador", "KAS", "ORL", text="x"), "to"),
        (act("disclose_national_view", "KAS", text="x"), "to"),
        (act("clarification_request", "KAS"), "fields.asked"),
        (act("clarification_request", "KAS", **ASK, colour="red"), "fields.colour"),
        (act("clarification_request", "KAS", asked="x", reply_in=0), "fields.reply_in"),
        (act("clarification_request", "KAS", asked=3), "fields.asked"),
        (act("clarification_request", "KAS", asked="x" * 4001), "fields.asked"),
        (act("poc_message", "KAS", type="gossip"), "fields.type"),
        (act("public_statement", text="x", claims={"who": "x"}), "fields.claims"),
        (
            act("public_statement", text="x", claims={"attribution": "x"}),
            "fields.claims",
        ),
        (
            act("public_statement", text="x", citations=tuple("abcdef")),
            "fields.citations",
        ),
        (
            act("public_attribution", text="x", confidence="low", belief={"organ": 90}),
            "fields.belief",
        ),
        (
            act("public_attribution", text="x", confidence="low", belief={"x": 100}),
            "fields.belief",
        ),
        (
            act(
                "countermeasure",
                "KAS",
                text="x",
                basis="LAW:CM",
                proportionality="x",
                notice_given="yes",
            ),
            "fields.notice_given",
        ),
    ],
)
def test_a_wrong_act_is_refused_by_field(command: c.Act, field: str) -> None:
    assert running().refused(command, "ves").field == field


def test_a_company_takes_no_measures() -> None:
    command = act(
        "sanctions_listing", "KAS", text="x", basis="LAW:RET", proportionality="x"
    )
    assert running().refused(command, "hga").code == "forbidden"


def test_delegates_act_only_while_the_exercise_runs() -> None:
    story = running()
    story.do(c.Pause(), "fac")
    assert story.refused(act("public_statement", text="x"), "ves").code == "paused"


def test_everyone_in_a_delegation_may_acknowledge_and_every_one_is_kept() -> None:
    story = running()
    story.do(c.Join(member="ves2", role="delegate", delegation="VES", seat="legal"))
    story.later(4)
    about = next(
        one.id
        for one in story.entries
        if one.event.KIND == "inject_released" and "VES" in one.audience
    )
    story.do(c.Acknowledge(about=about), "ves")
    story.do(c.Acknowledge(about=about), "ves2")
    assert story.kinds("VES").count("acknowledged") == 2
    assert story.kinds("KAS").count("acknowledged") == 0


def test_an_item_is_shared_by_who_holds_it_and_then_onward() -> None:
    story = running()
    assert story.refused(c.ShareItem(item="loader", to=("HGA",)), "ves").field == "item"
    story.later(7)
    story.do(c.ShareItem(item="loader", to=("HGA", "ORL")), "ves")
    shared = story.last("item_shared")
    assert shared.audience == ("HGA", "ORL", "VES", "evaluators", "facilitators")
    assert isinstance(shared.event, e.ItemShared)
    assert (shared.event.tlp, shared.event.body) == ("AMBER", "It calls home.")
    assert story.do(c.ShareItem(item="loader", to=("KAS",)), "orl")
    assert story.refused(c.ShareItem(item="nothing", to=("KAS",)), "orl")


def test_an_accepted_offer_is_a_promise_that_is_delivered_and_confirmed() -> None:
    story = running()
    story.do(act("request_assistance", "VES", type="forensics", text="Help."), "orl")
    request = story.last("act_issued").id
    story.do(
        act(
            "offer_assistance",
            about=request,
            type="forensics",
            text="We come.",
            due_in=20,
        ),
        "ves",
    )
    offer = story.last("act_issued").id
    assert story.last("act_issued").event.answers == request  # type: ignore[union-attr] # an act
    assert story.refused(act("accept_assistance", about=offer), "ves").field == "about"
    story.do(act("accept_assistance", about=offer), "orl")
    made = story.last("commitment_made")
    assert isinstance(made.event, e.CommitmentMade)
    assert (made.event.promisor, made.event.beneficiary) == ("VES", "ORL")
    assert made.event.due_ms == made.at_ms + 20 * 60_000
    assert story.refused(act("accept_assistance", about=offer), "orl")
    assert story.refused(act("deliver_assistance", about=made.id), "orl")
    story.do(act("deliver_assistance", about=made.id), "ves")
    assert story.refused(act("deliver_assistance", about=made.id), "ves").code
    assert story.refused(act("confirm_assistance", about=made.id), "ves")
    story.do(act("confirm_assistance", about=made.id), "orl")
    assert story.now().promises[made.id].confirmed
    assert story.refused(act("confirm_assistance", about=made.id), "orl")


def test_a_declined_offer_makes_no_promise() -> None:
    story = running()
    story.do(act("offer_assistance", "ORL", type="funding", text="Money."), "ves")
    offer = story.last("act_issued").id
    story.do(act("decline_assistance", about=offer), "orl")
    assert "commitment_made" not in story.kinds()
    assert story.refused(act("accept_assistance", about=offer), "orl")


def test_an_act_that_needs_two_seats_waits_for_the_second() -> None:
    scenario = replace(a_scenario(), two_seats=("public_statement",))
    story = running(scenario)
    story.do(c.Join(member="ves2", role="delegate", delegation="VES", seat="legal"))
    story.do(act("public_statement", text="We speak."), "ves")
    waiting = story.last("act_prepared")
    assert waiting.audience == ("VES", "evaluators", "facilitators")
    assert story.refused(c.Countersign(about=waiting.id), "ves").code == "forbidden"
    assert story.refused(c.Countersign(about=waiting.id), "kas").code == "not-found"
    story.do(c.Countersign(about=waiting.id), "ves2")
    issued = story.last("act_issued").event
    assert isinstance(issued, e.ActIssued)
    assert issued.prepared_by == waiting.id
    assert story.refused(c.Countersign(about=waiting.id), "ves2")


def with_seats(*may: str) -> Story:
    """Return an exercise where Vesmark's legal adviser sends only what is listed."""
    plain = a_scenario()
    delegations = tuple(
        replace(
            one,
            seats=tuple(
                replace(seat, may=may) if seat.id == "legal" else seat
                for seat in one.seats
            ),
        )
        if one.id == "VES"
        else one
        for one in plain.delegations
    )
    story = running(replace(plain, delegations=delegations))
    story.do(c.Join(member="ves2", role="delegate", delegation="VES", seat="legal"))
    return story


def test_a_seat_prepares_what_it_may_not_send_for_one_that_may() -> None:
    story = with_seats("legal", "poc_message")
    story.do(act("public_statement", text="We speak."), "ves2")
    waiting = story.last("act_prepared")
    assert isinstance(waiting.event, e.ActPrepared)
    assert waiting.event.needs == ("lead",)
    story.do(c.Countersign(about=waiting.id), "ves")
    assert story.last("act_issued").author.seat == "lead"


def test_a_seat_sends_what_it_may_and_others_are_not_held_up() -> None:
    story = with_seats("talk")
    story.do(act("consult", "KAS", text="Was it you?"), "ves2")
    story.do(act("public_statement", text="We speak."), "ves")
    assert "act_prepared" not in story.kinds()


def test_only_a_seat_that_may_signs_what_another_prepared() -> None:
    story = with_seats("talk")
    story.do(c.Join(member="ves3", role="delegate", delegation="VES", name="C"))
    story.do(act("public_statement", text="We speak."), "ves3")
    waiting = story.last("act_prepared")
    assert story.refused(c.Countersign(about=waiting.id), "ves2").code == "forbidden"
    story.do(c.Countersign(about=waiting.id), "ves")
    assert "act_issued" in story.kinds()


def test_every_instrument_of_a_state_has_a_form_that_works() -> None:
    for spec in INSTRUMENTS.values():
        assert spec.title
        assert 0 <= spec.rung <= 6
        names = [one.name for one in spec.fields]
        assert len(names) == len(set(names))


def test_an_unjustified_rung_is_remembered_for_branches() -> None:
    story = running()
    belief = {"organ": 100}
    story.do(
        act("public_attribution", "KAS", text="You.", confidence="high", belief=belief),
        "ves",
    )
    assert (story.now().rung, story.now().rung_unjustified) == (3, 3)
    assert story.now().attributed["VES"] == "high"


def with_press() -> Story:
    """Return a story with the small scenario's states and a newspaper."""
    base = a_scenario()
    media = a_delegation("MED", "media", 4)
    return running(replace(base, delegations=(*base.delegations, media)))


def test_a_fact_sheet_says_in_public_what_is_confirmed_and_is_no_step() -> None:
    story = running()
    claims = {"attribution": "undetermined"}
    story.do(act("fact_sheet", text="Power is back.", claims=claims), "ves")
    assert "room" in story.last("act_issued").audience
    assert story.now().rung == 0
    assert ("attribution", "undetermined", "VES") in story.now().claimed


def test_a_correction_is_about_ones_own_public_words() -> None:
    story = running()
    story.do(act("public_statement", text="It was them."), "ves")
    said = story.last("act_issued").id
    theirs = story.refused(act("correction", about=said, text="No."), "kas")
    nothing = story.refused(act("correction", text="No."), "ves")
    private = story.refused(act("correction", about=asked(story), text="No."), "ves")
    assert {theirs.field, nothing.field, private.field} == {"about"}
    claims = {"attribution": "undetermined"}
    story.do(act("correction", about=said, text="We erred.", claims=claims), "ves")
    issued = story.last("act_issued").event
    assert isinstance(issued, e.ActIssued)
    assert (issued.about, issued.public, issued.rung) == (said, True, 0)


def test_those_affected_are_told_by_who_holds_their_data() -> None:
    story = running()
    story.do(act("notify_victims", text="Your data.", advice="Change it."), "hga")
    assert {"room", "KAS"} <= set(story.last("act_issued").audience)


def test_an_article_rests_on_what_everybody_can_read() -> None:
    story = with_press()
    story.do(act("public_statement", text="We ask."), "ves")
    said = story.last("act_issued").id
    hidden = asked(story)
    article = {"subject": "Two powers talk", "text": "They talk."}
    for unread in (hidden, "e999"):
        why = story.refused(
            act("publish_article", **article, evidence=(unread,)), "med"
        )
        assert why.field == "fields.evidence"
    story.do(act("publish_article", **article, evidence=(said,)), "med")
    assert "room" in story.last("act_issued").audience
    not_press = story.refused(act("publish_article", **article), "ves")
    assert not_press.code == "forbidden"


def test_the_press_asks_and_is_answered_in_public() -> None:
    story = with_press()
    ask = act("press_question", "VES", asked="Who did it?", reply_in=10)
    story.do(ask, "med")
    question = story.last("act_issued")
    assert question.audience == ("MED", "VES", "evaluators", "facilitators")
    story.do(act("press_line", about=question.id, text="We look into it."), "ves")
    answer = story.last("act_issued")
    assert isinstance(answer.event, e.ActIssued)
    assert (answer.event.answers, "room" in answer.audience) == (question.id, True)
