"""Joint texts: from a draft to signatures, silence, publication and promises."""

from exercise.domain import commands as c
from exercise.domain import events as e
from tests.domain.given import Story, running
from tests.domain.small import MINUTE


def a_draft(**more: object) -> c.Propose:
    values: dict[str, object] = {
        "title": "Joint statement",
        "body": "We regret the outage.",
        "parties": ("VES", "ORL", "KAS"),
        "claims": {"attribution": "undetermined"},
        **more,
    }
    return c.Propose(**values)  # type: ignore[arg-type] # the rules check them


def tabled(**more: object) -> tuple[Story, str]:
    story = running()
    story.do(a_draft(**more), "orl")
    return story, story.last("text_proposed").id


def test_a_draft_is_read_by_its_parties_and_signed_by_its_drafter() -> None:
    story, text = tabled()
    entry = story.last("text_proposed")
    assert entry.audience == ("KAS", "ORL", "VES", "evaluators", "facilitators")
    assert story.now().texts[text].signed == ("ORL",)


def test_the_last_answer_publishes_the_text_in_its_signatories_names() -> None:
    story, text = tabled()
    story.do(c.Sign(text=text, version=1), "ves")
    assert "text_published" not in story.kinds()
    story.do(c.Decline(text=text, reason="Too early"), "kas")
    published = story.last("text_published")
    assert "room" in published.audience
    assert isinstance(published.event, e.TextPublished)
    assert published.event.state.signed == ("ORL", "VES")
    assert published.event.rung == 0
    assert ("attribution", "undetermined", "VES") in story.now().claimed
    assert story.refused(c.Sign(text=text), "kas").code == "settled"


def test_a_text_that_too_few_sign_is_withdrawn() -> None:
    story, text = tabled()
    story.do(c.Decline(text=text), "kas")
    story.do(c.Decline(text=text), "ves")
    assert story.kinds("KAS")[-1] == "text_withdrawn"
    assert "text_published" not in story.kinds()


def test_an_amendment_takes_signatures_away_and_an_old_version_cannot_be_signed() -> (
    None
):
    story, text = tabled()
    story.do(c.Sign(text=text), "ves")
    story.do(c.Amend(text=text, body="We deplore the outage."), "kas")
    assert story.now().texts[text].signed == ("KAS",)
    assert story.refused(c.Sign(text=text, version=1), "ves").code == "changed"
    story.do(c.Sign(text=text, version=2), "ves")
    assert story.refused(c.Sign(text=text), "ves").field == "text"


def test_the_drafter_publishes_with_the_signatures_there_are() -> None:
    story, text = tabled()
    publish = c.Act(instrument="publish_joint_statement", about=text, fields={})
    assert story.refused(publish, "orl").code == "too-few-signatures"
    story.do(c.Sign(text=text), "ves")
    assert story.refused(publish, "ves").code == "forbidden"
    story.do(publish, "orl")
    assert story.last("text_published")


def test_silence_adopts_and_breaking_it_does_not() -> None:
    story, text = tabled(silence_ms=5 * MINUTE)
    story.later(6)
    published = story.last("text_published").event
    assert isinstance(published, e.TextPublished)
    assert published.state.signed == ("KAS", "ORL", "VES")

    broken, text = tabled(silence_ms=5 * MINUTE)
    broken.do(c.BreakSilence(text=text, reason="We object"), "kas")
    broken.later(6)
    assert "text_published" not in broken.kinds()
    assert broken.refused(c.BreakSilence(text=text, reason="Again"), "ves")


def test_a_foreseen_text_makes_the_promises_the_scenario_names() -> None:
    story, text = tabled(plan="notice", claims={})
    story.do(c.Sign(text=text), "ves")
    story.do(c.Sign(text=text), "kas")
    promises = sorted(
        (one.promisor, one.beneficiary) for one in story.now().promises.values()
    )
    assert promises == [("KAS", "ORL"), ("VES", "ORL")]
    assert story.now().adopted["notice"] == ("KAS", "ORL", "VES")


def test_a_joint_attribution_states_its_confidence() -> None:
    story = running()
    assert story.refused(a_draft(accuses="organ"), "ves").field == "confidence"
    assert story.refused(a_draft(accuses="x"), "ves").field == "accuses"
    story.do(a_draft(accuses="organ", confidence="moderate"), "ves")
    text = story.last("text_proposed").id
    story.do(c.Sign(text=text), "orl")
    story.do(c.Decline(text=text), "kas")
    published = story.last("text_published").event
    assert isinstance(published, e.TextPublished)
    assert (published.instrument, published.rung) == ("joint_attribution", 3)
    assert story.now().attributed["ORL"] == "moderate"


def test_sponsors_and_reservations_stand_on_the_text() -> None:
    story, text = tabled()
    story.do(c.Sponsor(text=text), "ves")
    assert story.refused(c.Sponsor(text=text), "ves")
    story.do(c.Reserve(text=text, reservation="Paragraph 2"), "kas")
    stands = story.now().texts[text]
    assert stands.sponsors == ("VES",)
    assert stands.reservations == {"KAS": "Paragraph 2"}


def test_outsiders_and_unfit_drafts_are_refused() -> None:
    story, text = tabled()
    assert story.refused(c.Sign(text=text), "hga").code == "not-found"
    assert story.refused(a_draft(parties=("VES",)), "ves").field == "parties"
    assert story.refused(a_draft(claims={"x": "y"}), "ves").field == "claims"
    assert story.refused(a_draft(plan="x"), "ves").field == "plan"
    assert story.refused(a_draft(parties=("VES", "XX")), "ves").field == "parties"
