"""The after-action report: everything from the record, nothing without evidence."""

from dataclasses import fields, is_dataclass, replace

import pytest

from exercise.domain import events as e
from exercise.domain.errors import NotFound
from exercise.domain.report import Aar, Head, aar
from exercise.domain.scenario import Meter, Objective
from exercise.domain.scoring.agreement import alpha, apart, concordance, reading
from tests.domain.builders_scoring import (
    IDS,
    MIN,
    Game,
    a_delegation,
    a_duty,
    a_scenario,
    an_inject,
    asks,
)

NAMES = {"anna": "Anna Rossi", "eva": "Eva Lind"}


def a_game() -> Game:
    scenario = a_scenario(
        injects=(an_inject("one", asks("VES"), asks("KAS", "ack")),),
        consultations=(a_duty("VES", "KAS"),),
        objectives=(
            Objective(
                id="ask",
                title="Ask first",
                capability="Coordination",
                indicators=("B",),
            ),
        ),
        meters=(
            Meter(id="dark", title="Households in the dark", start=10, sector="energy"),
        ),
    )
    game = Game(scenario)
    for who, role, home in (
        ("anna", "delegate", "VES"),
        ("kim", "delegate", "KAS"),
        ("eva", "evaluator", ""),
        ("bo", "evaluator", ""),
        ("fac", "facilitator", ""),
    ):
        joined = e.MemberJoined(
            member=who,
            role=role,  # type: ignore[arg-type] # one of six
            delegation=home,
            seat="lead" if home else "",
        )
        game.write(0, who, home, joined)
    about = game.release("one")
    game.act("VES", "reply", 4, about=about)
    game.call("VES", "KAS", 6)
    game.act("VES", "public_attribution", 20, to=("KAS",))
    game.write(21, "fac", "", e.NoteWritten(text="Only for us."))
    game.end()
    return game


def the_report(game: Game, edition: str = "participants") -> Aar:
    return aar(
        game.scenario,
        game.entries,
        names=NAMES,
        edition=edition,
        head=Head(seq=len(game.entries), hash="ab" * 32),
    )


def texts(value: object) -> list[str]:
    """Return every text anywhere in a report."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list):
        return [text for one in value for text in texts(one)]
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if is_dataclass(value):
        return [
            text for one in fields(value) for text in texts(getattr(value, one.name))
        ]
    return []


def test_response_times_stand_by_inject_and_delegation_with_their_entries() -> None:
    first, second = the_report(a_game()).responses
    assert (first.delegation, first.took_ms, first.verdict) == ("VES", 4 * MIN, "met")
    assert len(first.entries) == 2
    assert (second.delegation, second.took_ms, second.verdict) == (
        "KAS",
        None,
        "missed",
    )


def test_without_pins_the_most_telling_entries_make_the_timeline() -> None:
    lines = [one.evidence.what.english for one in the_report(a_game()).timeline]
    assert lines == [
        "STARTEX",
        "one released: one",
        "KAS takes the call of VES",
        "VES to KAS: Public attribution",
        "ENDEX",
    ]


def test_an_inject_that_several_groups_read_stands_once_in_the_timeline() -> None:
    game = a_game()
    first = game.release("two", 30, ("VES",))
    second = game.release("two", 30, ("KAS", "ORL"))
    told = [one.evidence.entry for one in the_report(game).timeline]
    assert first in told
    assert second not in told


def test_pins_make_the_timeline_in_their_own_words_at_the_original_time() -> None:
    game = a_game()
    call = next(x.id for x in game.entries if isinstance(x.event, e.CallAnswered))
    start = game.entries[0].id
    game.write(61, "eva", "", e.Pinned(entry=call, label="They spoke"))
    game.write(62, "eva", "", e.Pinned(entry=start))
    game.write(63, "eva", "", e.Pinned(entry=start, on=False))
    (only,) = the_report(game).timeline
    assert (only.label, only.evidence.at_ms, only.pinned) == (
        "They spoke",
        366_000,
        True,
    )


def test_the_network_counts_closed_loops_with_their_entries() -> None:
    (edge,) = the_report(a_game()).network
    assert (edge.a, edge.b, edge.count) == ("VES", "KAS", 1)
    assert len(edge.entries) == 2


def test_findings_carry_evidence_and_plan_and_the_last_wording_holds() -> None:
    game = a_game()
    for title in ("Draft", "They asked"):
        written = e.FindingWritten(
            finding="f1",
            sort="strength",
            title=title,
            observation="VES called.",
            entries=("e9",),
        )
        game.write(62, "eva", "", written)
    later = e.FindingWritten(
        finding="f2", sort="improvement", title="Slow", observation="KAS was silent."
    )
    game.write(63, "eva", "", later)
    planned = e.PlanWritten(finding="f2", action="Drill", owner="KAS", due="2031-04-30")
    game.write(64, "eva", "", planned)
    report = the_report(game)
    assert [one.title for one in report.strengths] == ["They asked"]
    assert report.strengths[0].entries == ("e9",)
    assert report.improvements[0].unproven
    assert report.improvements[0].plan[0].owner == "KAS"


def test_objectives_show_indicators_marks_and_every_evaluators_rating() -> None:
    game = a_game()
    game.write(61, "fac", "", e.ObjectiveMarked(objective="ask", met="partly"))
    game.write(62, "eva", "", e.Rated(subject="ask", rating="S", entries=("e9",)))
    game.write(63, "bo", "", e.Rated(subject="ask", rating="U"))
    game.write(64, "bo", "", e.Rated(subject="ask", rating="M"))
    report = the_report(game)
    (line,) = report.objectives
    assert (line.mark, line.indicators[0][0]) == ("partly", "B")
    assert [(one.by, one.rating) for one in line.ratings] == [
        ("evaluator 1", "S"),
        ("evaluator 2", "M"),
    ]
    assert report.rated_apart == (1, 1)


def test_participants_read_no_names_and_no_notes_the_full_edition_does() -> None:
    game = a_game()
    game.write(62, "eva", "", e.Rated(subject="ask", rating="S"))
    common, full = the_report(game), the_report(game, "full")
    assert not {"Anna Rossi", "Only for us."} & set(texts(common))
    assert {"Anna Rossi", "Only for us.", "Eva Lind"} <= set(texts(full))
    assert not common.score.contributions
    assert full.score.contributions


def test_the_anonymous_edition_names_no_delegation() -> None:
    report = the_report(a_game(), "anonymous")
    words = {word for text in texts(report) for word in text.split()}
    assert not words & set(IDS)
    lines = [one.evidence.what.english for one in report.timeline]
    assert "A to C: Public attribution" in lines


def test_letters_take_adjectives_along() -> None:
    named = (
        replace(a_delegation("VES"), name="Republic of Vesmark", short="Vesmark"),
        replace(a_delegation("KAS"), name="Kastrova", short="Kastrova"),
    )
    scenario = a_scenario(
        delegations=named,
        summary="Kastrovan servers, the Republic of Vesmark and KAS; MASKAS stays.",
    )
    report = aar(scenario, Game(scenario).entries, edition="anonymous")
    assert report.summary == "B servers, the A and B; MASKAS stays."


def test_a_delegations_edition_holds_its_own_part() -> None:
    game = a_game()
    report = the_report(game, "delegation:KAS")
    assert {one.delegation for one in report.responses} == {"KAS"}
    assert [one.delegation for one in report.score.contributions] == ["KAS"]
    for one in report.evidence:
        entry = next(x for x in game.entries if x.id == one.entry)
        assert "KAS" in entry.audience


@pytest.mark.parametrize(
    "edition", ["secret", "delegation", "delegation:XXX", "full:VES"]
)
def test_an_edition_that_does_not_exist_is_refused_by_name(edition: str) -> None:
    with pytest.raises(NotFound) as refused:
        the_report(a_game(), edition)
    assert f"“{edition}”" in refused.value.sentence()


def test_every_entry_a_report_names_is_on_the_record() -> None:
    game = a_game()
    report = the_report(game, "full")
    known = {one.id for one in game.entries}
    named = [x for line in report.responses for x in line.entries]
    named += [x for edge in report.network for x in edge.entries]
    named += [
        x for i in report.score.indicators for o in i.opportunities for x in o.entries
    ]
    assert named
    assert set(named) <= known
    assert report.cited(tuple(named))


def test_meters_tell_where_they_began_and_ended() -> None:
    game = a_game()
    reading_ = e.Reading(id="dark", title="Households in the dark", value=7)
    event = e.InjectReleased(
        inject="one",
        number="one",
        title="one",
        body="",
        channel="wire",
        to=IDS,
        meters=(reading_,),
    )
    game.write(30, "system", "", event, IDS)
    (meter,) = the_report(game).meters
    assert (meter.start, meter.end, meter.points[0][0]) == (10, 7, 30 * MIN)
    assert meter.sector == "energy"


def test_the_survey_counts_short_answers_and_quotes_long_ones() -> None:
    game = a_game()
    long = "I would have called them much earlier than we did."
    for who, answers in (
        ("anna", {"useful": "4"}),
        ("anna", {"useful": "5"}),
        ("anonymous", {"useful": "5", "remark": long}),
        ("anonymous", {"useful": "3"}),
    ):
        event = e.SurveyAnswered(answers=answers, anonymous=who == "anonymous")
        game.write(62, who, "", event)
    useful, remark = the_report(game).survey
    assert (useful.counts, useful.answers) == ((("3", 1), ("5", 2)), 3)
    assert remark.remarks == (long,)


def test_the_same_record_gives_the_same_report() -> None:
    assert the_report(a_game()) == the_report(a_game())


def _rated(*ratings: tuple[str, str, str]) -> dict[tuple[str, str], e.Rated]:
    return {
        (who, subject): e.Rated(subject=subject, rating=rating)  # type: ignore[arg-type] # P S M U
        for who, subject, rating in ratings
    }


def test_agreement_is_one_where_all_agree_and_undefined_without_variation() -> None:
    agreed = _rated(("a", "x", "P"), ("b", "x", "P"), ("a", "y", "M"), ("b", "y", "M"))
    assert alpha(agreed) == pytest.approx(1)
    same = _rated(("a", "x", "P"), ("b", "x", "P"))
    assert alpha(same) is None
    assert reading(None) == "undefined, no variation"


def test_agreement_falls_with_the_distance_of_ratings() -> None:
    base = (("a", "x", "P"), ("b", "x", "P"), ("a", "y", "U"), ("b", "y", "U"))
    near = _rated(*base, ("a", "z", "P"), ("b", "z", "S"))
    far = _rated(*base, ("a", "z", "P"), ("b", "z", "U"))
    first, second = alpha(near), alpha(far)
    assert first is not None
    assert second is not None
    assert 1 > first > second
    assert apart(far) == (1, 3)


def test_concordance_is_one_for_equal_rankings_and_zero_for_opposite_ones() -> None:
    up, down = ("a", "b", "c"), ("c", "b", "a")
    assert concordance([up, up]) == pytest.approx(1)
    assert concordance([up, down]) == pytest.approx(0)
    assert concordance([up, ("a",)]) is None
