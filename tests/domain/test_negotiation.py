"""How a joint text is haggled over: brackets, votes, and who must be there."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.adapters.scenario_files import load
from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.clauses import clauses_of, with_clause
from exercise.domain.decide.negotiation import carried
from exercise.domain.scenario import said
from exercise.resources import scenario_folders
from exercise.words.formats import clauses
from tests.domain.given import Story, running
from tests.domain.small import MINUTE, a_scenario

BODY = "We regret the outage.\n\nWe will share what we find.\n\nWe meet again."


def tabled(**more: object) -> tuple[Story, str]:
    values: dict[str, object] = {
        "title": "Joint statement",
        "body": BODY,
        "parties": ("VES", "ORL", "KAS"),
        "claims": {},
        **more,
    }
    story = running()
    story.do(c.Propose(**values), "orl")  # type: ignore[arg-type] # the rules check them
    return story, story.last("text_proposed").id


def bracketed() -> tuple[Story, str]:
    story, text = tabled()
    story.do(c.Amend(text=text, clause=2, body="We share it within a day."), "kas")
    return story, text


# --- Brackets -----------------------------------------------------------------


def test_words_in_brackets_say_whose_they_are_and_change_nothing_yet() -> None:
    story, text = bracketed()
    event = story.last("text_bracketed").event
    assert isinstance(event, e.TextBracketed)
    assert event.instead_of == "We will share what we find."
    stands = story.now().texts[text]
    assert (stands.body, stands.version, stands.signed) == (BODY, 1, ("ORL",))
    assert [(one.clause, one.by) for one in stands.brackets] == [(2, "KAS")]


def test_nothing_in_brackets_is_signed_declined_or_published() -> None:
    story, text = bracketed()
    assert story.refused(c.Sign(text=text), "ves").code == "brackets"
    assert story.refused(c.Decline(text=text), "ves").code == "brackets"
    story.do(c.SettleBracket(text=text, bracket=1, accept=True), "orl")
    story.do(c.Sign(text=text), "ves")
    story.do(c.Amend(text=text, clause=1, body="We deplore it."), "kas")
    publish = c.Act(instrument="publish_joint_statement", about=text, fields={})
    assert story.refused(publish, "orl").field == "about"


def test_the_drafter_takes_words_in_and_a_new_version_begins() -> None:
    story, text = bracketed()
    story.do(c.Amend(text=text, clause=2, body="We share nothing."), "ves")
    story.do(c.SettleBracket(text=text, bracket=1, accept=True), "orl")
    stands = story.now().texts[text]
    assert clauses_of(stands.body)[1] == "We share it within a day."
    assert (stands.version, stands.signed, stands.brackets) == (2, ("ORL",), ())


def test_brackets_are_the_drafters_and_ones_own_to_drop() -> None:
    story, text = bracketed()
    accept = c.SettleBracket(text=text, bracket=1, accept=True)
    drop = c.SettleBracket(text=text, bracket=1, accept=False)
    assert story.refused(accept, "kas").code == "forbidden"
    assert story.refused(drop, "ves").code == "forbidden"
    story.do(drop, "kas")
    stands = story.now().texts[text]
    assert (stands.version, stands.signed, stands.brackets) == (1, ("ORL",), ())
    assert story.refused(drop, "orl").field == "bracket"


def test_a_clause_past_the_end_is_added_and_one_further_is_refused() -> None:
    story, text = tabled()
    assert story.refused(c.Amend(text=text, clause=5, body="No."), "kas").field == (
        "clause"
    )
    story.do(c.Amend(text=text, clause=4, body="We thank the vendor."), "kas")
    story.do(c.SettleBracket(text=text, bracket=1, accept=True), "orl")
    assert len(clauses_of(story.now().texts[text].body)) == 4


def test_words_in_brackets_end_a_silence_procedure() -> None:
    story, text = tabled(silence_ms=5 * MINUTE)
    story.do(c.Amend(text=text, clause=1, body="We deplore it."), "kas")
    story.later(6)
    assert "text_published" not in story.kinds()
    assert story.now().texts[text].silence_until_ms is None


def test_a_whole_amendment_keeps_what_was_there_before() -> None:
    story, text = bracketed()
    story.do(c.Amend(text=text, body="We regret."), "ves")
    event = story.last("text_amended").event
    assert isinstance(event, e.TextAmended)
    assert (event.before, event.state.brackets) == (BODY, ())


def test_numbered_lines_are_clauses_and_stay_numbered() -> None:
    body = "1. We regret it.\n2. We share\nwhat we find.\n3. We meet again."
    assert clauses_of(body)[1] == "We share\nwhat we find."
    after = with_clause(body, 2, "We share it today.")
    assert after == "1. We regret it.\n2. We share it today.\n3. We meet again."


@given(
    st.lists(st.sampled_from(["1. a", "2. b", "", " ", "c", "12.x", "3. "]), max_size=8)
)
def test_what_is_read_is_counted_as_the_rules_count(lines: list[str]) -> None:
    body = "\n".join(lines)
    assert tuple(clauses(body)) == clauses_of(body)


def test_the_texts_of_the_shipped_scenarios_have_clauses() -> None:
    for folder in scenario_folders().values():
        for text in load(folder).texts:
            assert len(clauses_of(said(text.body))) >= 3, text.id


def test_a_silence_stands_still_while_the_exercise_does() -> None:
    story, _ = tabled(silence_ms=5 * MINUTE)
    story.later(3)
    story.do(c.Pause(), "fac")
    story.later(30)
    assert "text_published" not in story.kinds()
    story.do(c.Resume(), "fac")
    story.later(1)
    assert "text_published" not in story.kinds()
    story.later(1)
    published = story.last("text_published")
    assert published.at_ms == story.last("text_proposed").at_ms + 5 * MINUTE


@given(st.lists(st.text("ab ", min_size=1), min_size=1, max_size=6), st.data())
def test_one_clause_changes_and_no_other(parts: list[str], data: st.DataObject) -> None:
    clauses = clauses_of("\n\n".join(parts))
    at = data.draw(st.integers(1, len(clauses) + 1))
    after = clauses_of(with_clause("\n\n".join(clauses), at, "new words"))
    assert after[at - 1] == "new words"
    assert after[: at - 1] + after[at:] == clauses[: at - 1] + clauses[at:]


# --- Votes --------------------------------------------------------------------


def test_the_last_vote_closes_it_and_those_for_it_adopt() -> None:
    story, text = tabled(vote_ms=10 * MINUTE)
    story.do(c.Vote(text=text, choice="against"), "kas")
    assert "text_published" not in story.kinds()
    story.do(c.Vote(text=text, choice="for"), "ves")
    published = story.last("text_published").event
    assert isinstance(published, e.TextPublished)
    assert published.state.signed == ("ORL", "VES")
    assert published.state.declined == ("KAS",)


def test_a_vote_closes_when_its_exercise_time_is_over() -> None:
    story, text = tabled(vote_ms=5 * MINUTE)
    story.do(c.Vote(text=text, choice="for"), "ves")
    story.do(c.Pause(), "fac")
    story.later(30)
    assert "text_published" not in story.kinds()
    story.do(c.Resume(), "fac")
    story.later(6)
    published = story.last("text_published")
    assert published.at_ms == story.last("text_proposed").at_ms + 5 * MINUTE
    assert text in story.now().settled


def test_a_vote_that_is_lost_withdraws_the_text() -> None:
    story, text = tabled(vote_ms=5 * MINUTE)
    story.do(c.Vote(text=text, choice="against"), "kas")
    story.do(c.Vote(text=text, choice="against"), "ves")
    withdrawn = story.last("text_withdrawn").event
    assert isinstance(withdrawn, e.TextWithdrawn)
    assert withdrawn.reason == "voted down"


def test_a_text_is_voted_on_or_signed_but_not_both() -> None:
    story, text = tabled(vote_ms=5 * MINUTE)
    assert story.refused(c.Sign(text=text), "ves").field == "text"
    assert story.refused(c.Decline(text=text), "ves").field == "text"
    assert story.refused(c.Amend(text=text, body="No."), "ves").field == "text"
    other, signed = tabled()
    assert other.refused(c.Vote(text=signed, choice="for"), "ves").field == "text"


def test_a_vote_may_be_changed_until_it_closes() -> None:
    story, text = tabled(vote_ms=5 * MINUTE)
    story.do(c.Vote(text=text, choice="against"), "ves")
    story.do(c.Vote(text=text, choice="for"), "ves")
    assert story.now().texts[text].votes == {"ORL": "for", "VES": "for"}


@pytest.mark.parametrize(
    ("for_it", "against", "majorities"),
    [(0, 0, ""), (1, 1, ""), (2, 1, "simple two_thirds"), (3, 2, "simple")],
)
def test_abstentions_are_not_counted(
    for_it: int, against: int, majorities: str
) -> None:
    for one in ("simple", "two_thirds"):
        assert carried(for_it, against, one) is (one in majorities.split())


# --- Who must be there, and what binds ----------------------------------------


def test_a_multistakeholder_text_has_all_three_among_its_parties() -> None:
    story = running()
    states = c.Propose(
        title="Charter",
        body="We agree.",
        parties=("VES", "ORL"),
        claims={},
        rule="multistakeholder",
    )
    assert story.refused(states, "orl").field == "parties"


def charter() -> tuple[Story, str]:
    """Table a multistakeholder text among two states, a company and civil society."""
    kinds = {"KAS": "cso", "HGA": "company"}
    plain = a_scenario()
    peopled = tuple(
        replace(one, kind=kinds.get(one.id, one.kind)) for one in plain.delegations
    )
    story = running(replace(plain, delegations=peopled))
    proposal = c.Propose(
        title="Charter",
        body="We agree.",
        parties=("VES", "ORL", "KAS", "HGA"),
        claims={},
        rule="multistakeholder",
    )
    story.do(proposal, "orl")
    return story, story.last("text_proposed").id


def test_a_multistakeholder_text_needs_each_of_them_to_sign() -> None:
    story, text = charter()
    story.do(c.Sign(text=text), "ves")
    publish = c.Act(instrument="publish_joint_statement", about=text, fields={})
    assert story.refused(publish, "orl").code == "too-few-signatures"
    story.do(c.Sign(text=text), "kas")
    story.do(c.Decline(text=text), "hga")
    assert story.kinds()[-1] == "text_withdrawn"

    story, text = charter()
    for member in ("kas", "hga"):
        story.do(c.Sign(text=text), member)
    story.do(c.Decline(text=text), "ves")
    published = story.last("text_published").event
    assert isinstance(published, e.TextPublished)
    assert published.state.signed == ("HGA", "KAS", "ORL")


def test_a_binding_text_is_a_promise_of_all_who_sign_it() -> None:
    story, text = tabled(binding=True, due_in_ms=20 * MINUTE)
    story.do(c.Sign(text=text), "ves")
    story.do(c.Decline(text=text), "kas")
    (promise,) = story.now().promises.values()
    assert (promise.promisor, promise.beneficiary) == ("VES", "ORL")
    assert promise.due_ms == story.last("text_published").at_ms + 20 * MINUTE


def test_a_text_that_does_not_bind_promises_nothing() -> None:
    story, text = tabled()
    story.do(c.Sign(text=text), "ves")
    story.do(c.Decline(text=text), "kas")
    assert not story.now().promises


def test_silence_and_a_vote_exclude_each_other() -> None:
    story = running()
    both = c.Propose(
        title="T",
        body="B",
        parties=("VES",),
        claims={},
        silence_ms=5 * MINUTE,
        vote_ms=5 * MINUTE,
    )
    assert story.refused(both, "orl").field == "vote_ms"
