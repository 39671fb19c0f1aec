"""The evaluation guide: blind ratings, closing them, and where they differ."""

from dataclasses import replace

from exercise.domain import commands as c
from exercise.domain.report import Aar, aar
from exercise.domain.scenario import Objective, Scenario, Task
from tests.domain.given import Story, running
from tests.domain.small import a_scenario

TASKS = (
    Task(id="ring", title="Ring before you write", look="A call precedes the note"),
    Task(id="answer", title="Answer what is asked"),
)


def guided() -> Scenario:
    talk = Objective(
        id="talk",
        title="Talk early",
        capability="Communications",
        indicators=("N", "B"),
        tasks=TASKS,
    )
    alone = Objective(id="see", title="See alike", capability="Assessment")
    return replace(a_scenario(), objectives=(talk, alone))


def judged() -> Story:
    story = running(guided())
    story.do(c.Join(member="eva2", role="evaluator", name="Sol"))
    return story


def told(story: Story) -> Aar:
    return aar(story.scenario, story.entries, edition="full")


def test_a_task_is_rated_with_a_note_bound_to_entries_and_a_moment() -> None:
    story = judged()
    rate = c.Rate(
        subject="ring", rating="S", note="At last", entries=("e3",), moment_ms=61_000
    )
    story.do(rate, "eva")
    line = next(one for one in told(story).guide if one.id == "ring")
    (rating,) = line.ratings
    assert (rating.rating, rating.note, rating.entries, rating.moment_ms) == (
        "S",
        "At last",
        ("e3",),
        61_000,
    )


def test_trainers_rate_only_after_every_evaluator_has_closed() -> None:
    story = judged()
    rate = c.Rate(subject="ring", rating="M")
    assert story.refused(rate, "tra").code == "ratings-open"
    story.do(c.CloseRatings(), "eva")
    assert story.refused(rate, "tra").code == "ratings-open"
    story.do(c.CloseRatings(), "eva2")
    assert story.now().ratings_closed
    assert story.do(rate, "tra")


def test_closed_ratings_stand() -> None:
    story = judged()
    story.do(c.Rate(subject="ring", rating="P"), "eva")
    story.do(c.CloseRatings(), "eva")
    rate = c.Rate(subject="ring", rating="U")
    assert story.refused(rate, "eva").code == "ratings-closed"
    assert story.refused(c.CloseRatings(), "eva").code == "ratings-closed"
    assert story.do(rate, "eva2")


def test_a_revoked_evaluator_keeps_nobody_waiting() -> None:
    story = judged()
    story.do(c.Revoke(member="eva2", reason="Went home"), "fac")
    story.do(c.CloseRatings(), "eva")
    assert story.now().ratings_closed


def test_a_facilitator_closes_for_everybody_and_only_after_endex() -> None:
    story = judged()
    assert story.refused(c.CloseRatings(), "fac")
    story.do(c.End(confirm="END"), "fac")
    story.do(c.CloseRatings(reason="One evaluator fell ill"), "fac")
    assert story.refused(c.Rate(subject="ring", rating="P"), "eva2").code == (
        "ratings-closed"
    )
    assert told(story).ratings_closed


def test_disagreement_is_listed_by_what_hangs_on_it() -> None:
    story = judged()
    for who, ring, answer, see in (("eva", "P", "P", "S"), ("eva2", "U", "S", "S")):
        story.do(c.Rate(subject="ring", rating=ring), who)
        story.do(c.Rate(subject="answer", rating=answer), who)
        story.do(c.Rate(subject="see", rating=see), who)
    report = told(story)
    assert [(one.id, one.apart) for one in report.disputed] == [
        ("ring", 3),
        ("answer", 1),
    ]
    assert report.disputed[0].effect == 3 * report.disputed[1].effect > 0
    assert report.rated_apart == (2, 3)


def test_a_trainers_rating_settles_and_changes_no_agreement() -> None:
    story = judged()
    for who, rating in (("eva", "P"), ("eva2", "M")):
        story.do(c.Rate(subject="ring", rating=rating), who)
        story.do(c.Rate(subject="answer", rating="S"), who)
        story.do(c.CloseRatings(), who)
    before = told(story)
    story.do(c.Rate(subject="ring", rating="S"), "tra")
    after = told(story)
    assert after.agreement == before.agreement is not None
    line = next(one for one in after.guide if one.id == "ring")
    assert [one.rating for one in line.ratings] == ["P", "M"]
    assert [one.rating for one in line.settled] == ["S"]


def test_what_nobody_rated_is_named() -> None:
    story = judged()
    story.do(c.Rate(subject="ring", rating="P"), "eva")
    assert [one.id for one in told(story).unrated] == ["answer", "see"]


def test_participants_read_ratings_without_the_remarks_beside_them() -> None:
    story = judged()
    story.do(c.Rate(subject="ring", rating="P", note="Between us"), "eva")
    report = aar(story.scenario, story.entries, edition="participants")
    assert "Between us" not in repr(report.guide)
    assert report.guide[0].ratings[0].rating == "P"
