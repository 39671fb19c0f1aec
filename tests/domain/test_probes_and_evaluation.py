"""Sealed probes, and what is written beside the play."""

from dataclasses import replace

import pytest

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.report.judgement import survey
from exercise.domain.scoring import Scoreboard
from tests.domain.given import running

ANSWER = c.AnswerProbe(
    probe="P1", attribution={"organ": 30, "proxy": 70}, severity=3, confidence="low"
)


def test_a_probe_opens_and_closes_by_itself_and_seals_its_answers() -> None:
    story = running().later(29.5)
    assert story.kinds("KAS")[-1] == "probe_opened"
    story.do(ANSWER, "ves")
    answer = story.last("probe_answered")
    assert answer.audience == ("VES", "evaluators", "facilitators")
    story.later(6)
    assert "probe_closed" in story.kinds("room")
    assert story.refused(ANSWER, "kas").code == "probe-closed"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"attribution": {"organ": 30}}, "attribution"),
        ({"attribution": {"x": 100}}, "attribution"),
        ({"severity": 9}, "severity"),
        ({"probe": "P9"}, "probe"),
        ({"priorities": ("x",)}, "priorities"),
        ({"trust": {"VES": 3}}, "trust"),
        ({"trust": {"x": 3}}, "trust"),
    ],
)
def test_an_unfit_answer_is_refused_by_field(
    changed: dict[str, object], field: str
) -> None:
    story = running().later(29.5)
    values = {
        "probe": "P1",
        "attribution": {"organ": 30, "proxy": 70},
        "severity": 3,
        **changed,
    }
    assert story.refused(c.AnswerProbe(**values), "ves").field == field  # type: ignore[arg-type] # on purpose


def test_trust_in_each_of_the_others_is_sealed_with_the_answer() -> None:
    story = running().later(29.5)
    story.do(replace(ANSWER, trust={"ORL": 4, "KAS": 1}), "ves")
    answer = story.last("probe_answered")
    assert isinstance(answer.event, e.ProbeAnswered)
    assert answer.event.trust == {"KAS": 1, "ORL": 4}
    assert "KAS" not in answer.audience


def test_trust_is_reported_over_all_pairs_and_never_of_a_few() -> None:
    story = running().later(29.5)
    story.do(replace(ANSWER, trust={"ORL": 4, "KAS": 1}), "ves")
    assert survey(story.entries) == ()
    story.do(replace(ANSWER, trust={"VES": 4}), "orl")
    (line,) = survey(story.entries)
    assert (line.counts, line.answers) == ((("1", 1), ("4", 2)), 3)


def test_trust_changes_no_score() -> None:
    scored = []
    for trust in ({}, {"ORL": 1, "KAS": 5, "HGA": 1}):
        story = running().later(29.5)
        story.do(replace(ANSWER, trust=trust), "ves")
        board = Scoreboard(story.scenario)
        for one in story.later(10).entries:
            board.feed(one)
        scored.append(board.card(story.now().at_ms, final=False))
    assert scored[0] == scored[1]


def test_a_facilitator_opens_a_probe_early_once() -> None:
    story = running()
    story.do(c.OpenProbe(probe="P1"), "fac")
    assert story.refused(c.OpenProbe(probe="P1"), "fac").code == "conflict"
    assert story.refused(c.OpenProbe(probe="P9"), "fac").field == "probe"


def test_notes_and_ratings_are_for_facilitators_alone() -> None:
    story = running()
    story.do(c.Note(text="Good instinct"), "fac")
    story.do(c.Rate(subject="talk", rating="S"), "eva")
    assert story.last("note_written").audience == ("facilitators",)
    assert story.last("rated").audience == ("facilitators",)


def test_findings_pins_plans_and_rulings_name_what_exists() -> None:
    story = running()
    assert story.refused(c.Pin(entry="e999"), "tra").field == "entry"
    assert story.refused(c.Rate(subject="x", rating="S"), "eva").field == "subject"
    assert story.refused(c.Note(text="x", about="e999"), "fac").field == "about"
    ruling = c.Adjudicate(entry="e999", ruling="excluded", reason="Not in play")
    assert story.refused(ruling, "eva").field == "entry"
    finding = c.Finding(sort="strength", title="Early talk", observation="They rang.")
    story.do(finding, "tra")
    id_ = story.last("finding_written").event.finding  # type: ignore[union-attr] # a finding
    story.do(c.Plan(finding=id_, action="Train", owner="MFA", due="2031-04-30"), "tra")
    assert story.refused(c.Plan(finding="x", action="y", owner="z"), "tra")
    assert story.refused(c.MarkObjective(objective="x", met="yes"), "fac")
    assert story.do(c.MarkObjective(objective="talk", met="partly"), "fac")
    assert story.do(c.Exclude(delegation="HGA", reason="They left"), "fac")
    assert story.refused(c.Exclude(delegation="X", reason="They left"), "fac")


def test_an_evaluator_names_no_entry_that_evaluators_do_not_read() -> None:
    story = running()
    story.do(c.Note(text="Good instinct"), "fac")
    note = story.last("note_written").id
    ruling = c.Adjudicate(entry=note, ruling="excluded", reason="Not in play")
    made_up = c.Adjudicate(entry="e999", ruling="excluded", reason="Not in play")
    said = story.refused(ruling, "eva").sentence()
    assert said.replace(note, "e999") == story.refused(made_up, "eva").sentence()
    assert story.refused(c.Pin(entry=note), "eva").code == "not-found"
    assert story.do(c.Pin(entry=note), "tra")


def test_ratings_are_named_once_they_are_closed_for_all() -> None:
    story = running()
    story.do(c.Rate(subject="talk", rating="S"), "eva")
    pin = c.Pin(entry=story.last("rated").id)
    assert story.refused(pin, "eva").code == "not-found"
    story.do(c.End(confirm="END"), "fac")
    story.do(c.CloseRatings(reason="All seen"), "fac")
    assert story.do(pin, "eva")


def test_a_wide_override_needs_a_second_evaluator() -> None:
    story = running()
    reason = "The platform delivered late, see the log of the hall."
    wide = c.Override(indicator="T", from_=40, to=80, reason=reason, entries=("e1",))
    assert story.refused(wide, "eva").code == "needs-second"
    named = c.Override(
        indicator="T", from_=40, to=80, reason=reason, entries=("e1",), second="tra"
    )
    assert story.do(named, "eva")
    narrow = c.Override(indicator="T", from_=40, to=55, reason=reason, entries=("e1",))
    assert story.do(narrow, "eva")


def test_an_anonymous_survey_has_no_author_and_no_actor() -> None:
    story = running()
    story.do(c.Survey(answers={"useful": "yes"}, anonymous=True), "ves")
    entry = story.last("survey_answered")
    assert (entry.actor, entry.author.member) == ("anonymous", "")
    assert isinstance(entry.event, e.SurveyAnswered)
    assert "VES" not in entry.audience
