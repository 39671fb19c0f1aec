"""The compliance ledger: alleged breach, norm, against whom, and what came back."""

import pytest

from exercise.domain import commands as c
from exercise.domain.report import aar
from exercise.domain.report.compliance import Allegation, ledger
from tests.domain.given import Story, running
from tests.domain.test_acts import act
from tests.domain.test_flags import MEASURE, watched
from tests.domain.test_joint_measures import PARTS

NORMS = ("UN-NORM:13f", "UN-NORM:13c")


def accused() -> Story:
    story = running(watched())
    words = {"text": "Stop this.", "citations": NORMS, "reply_in": 10}
    story.do(act("call_to_comply", "KAS", **words), "ves")
    return story


def lines(story: Story, reader: str = "") -> tuple[Allegation, ...]:
    read = [one for one in story.entries if not reader or reader in one.audience]
    return ledger(story.scenario, read)


def answered(story: Story, by: str = "kas", **more: object) -> None:
    about = story.last("act_issued").id
    story.do(act("reply", about=about, text="Our word.", **more), by)


def test_an_allegation_stands_with_its_norms_until_it_is_answered() -> None:
    story = accused()
    (line,) = lines(story)
    assert (line.by, line.against, line.norms) == (("VES",), "KAS", NORMS)
    assert (line.standing, line.answer) == ("open", "")
    answered(story)
    (line,) = lines(story)
    assert (line.standing, line.late) == ("answered", False)
    assert line.entries[1] == story.last("act_issued").id


@pytest.mark.parametrize(
    ("stance", "standing"),
    [("denies", "denied"), ("accepts", "accepted"), ("explains", "answered")],
)
def test_an_answer_may_deny_accept_or_explain(stance: str, standing: str) -> None:
    story = accused()
    answered(story, stance=stance)
    assert lines(story)[0].standing == standing


def test_the_first_answer_counts_and_a_late_one_is_late() -> None:
    story = accused()
    about = story.last("act_issued").id
    story.later(11)
    story.do(act("reply", about=about, text="No.", stance="denies"), "kas")
    story.do(act("reply", about=about, text="Yes.", stance="accepts"), "kas")
    (line,) = lines(story)
    assert (line.standing, line.late) == ("denied", True)


def test_what_nobody_answered_is_unanswered_at_the_end() -> None:
    story = accused()
    story.do(c.End(confirm="END"), "fac")
    assert lines(story)[0].standing == "unanswered"


def test_a_note_that_it_was_read_is_no_answer() -> None:
    story = accused()
    story.do(c.Acknowledge(about=story.last("act_issued").id), "kas")
    assert lines(story)[0].standing == "open"


def test_whoever_reads_only_a_part_gets_the_ledger_of_that_part() -> None:
    story = accused()
    story.do(act("trade_restriction", "KAS", **MEASURE), "orl")
    about = story.last("act_issued").id
    story.do(act("reply", "ORL", about=about, text="Why?"), "kas")
    assert [one.instrument for one in lines(story)] == [
        "call_to_comply",
        "trade_restriction",
    ]
    assert [one.standing for one in lines(story)] == ["open", "answered"]
    (public,) = lines(story, "HGA")
    assert (public.instrument, public.standing) == ("trade_restriction", "open")


def test_a_flag_a_joint_measure_and_a_joint_attribution_are_allegations() -> None:
    story = running(watched())
    story.do(act("joint_measure", "ORL", **PARTS), "ves")
    proposal = story.last("act_issued").id
    story.do(act("join_measure", about=proposal, basis="LAW:RET"), "orl")
    measure = story.last("measure_adopted").id
    flag = act("rights_flag", about=measure, text="Wages stop.")
    story.do(flag, "pfd")
    text = c.Propose(
        title="Who did it",
        body="An organ.",
        parties=("VES", "ORL"),
        claims={},
        accuses="organ",
        confidence="high",
        citations=NORMS,
    )
    story.do(text, "ves")
    story.do(c.Sign(text=story.last("text_proposed").id), "orl")
    found = [(one.by, one.against, one.instrument) for one in lines(story)]
    assert found == [
        (("ORL", "VES"), "HGA", "sanctions_listing"),
        (("PFD",), "ORL", "rights_flag"),
        (("PFD",), "VES", "rights_flag"),
        (("ORL", "VES"), "KAS", "joint_attribution"),
    ]


def test_an_attribution_that_addresses_nobody_is_against_whom_it_blames() -> None:
    story = running(watched())
    parts = {"text": "We name.", "confidence": "high"}
    story.do(
        act("public_attribution", **parts, belief={"organ": 70, "proxy": 30}), "ves"
    )
    story.do(
        act("public_attribution", **parts, belief={"organ": 50, "proxy": 50}), "orl"
    )
    assert [(one.by, one.against) for one in lines(story)] == [(("VES",), "KAS")]


def test_the_report_has_the_ledger_and_each_edition_what_its_reader_may_see() -> None:
    story = accused()
    answered(story, stance="denies")
    whole = aar(story.scenario, story.entries)
    assert [one.standing for one in whole.allegations] == ["denied"]
    for reader, count in (("KAS", 1), ("VES", 1), ("HGA", 0)):
        own = aar(story.scenario, story.entries, edition=f"delegation:{reader}")
        assert len(own.allegations) == count, reader


def test_the_report_lists_what_came_as_a_surprise() -> None:
    story = running(watched())
    story.do(act("trade_restriction", "KAS", **MEASURE), "ves")
    sudden = story.last("act_issued").id
    story.do(act("clarification_request", "KAS", asked="Why?", reply_in=30), "orl")
    story.later(1)
    story.do(act("trade_restriction", "KAS", **MEASURE), "orl")
    story.do(act("clarification_request", "VES", asked="Why?", reply_in=5), "kas")
    story.later(6)
    story.do(act("trade_restriction", "VES", **MEASURE), "kas")
    found = aar(story.scenario, story.entries).surprises
    assert [(one.delegation, one.earned) for one in found] == [
        ("VES", 0.0),
        ("ORL", 0.5),
    ]
    assert found[0].entries == (sudden,)
    own = aar(story.scenario, story.entries, edition="delegation:ORL").surprises
    assert [one.delegation for one in own] == ["ORL"]
