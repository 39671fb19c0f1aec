"""Translation tasks: a technical note becomes a cable, and people rate it."""

from dataclasses import replace

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.report import aar
from exercise.domain.scenario import Objective, Scenario, Task, Translation
from tests.domain.given import Story, running
from tests.domain.small import MINUTE, a_scenario, an_inject
from tests.domain.test_acts import act

CABLE = {"subject": "The loader", "text": "A program waits in our grid."}


def with_a_task() -> Scenario:
    base = a_scenario(
        translations=(
            Translation(
                id="cable-note",
                inject="note",
                delegation="VES",
                title="The note, for a minister",
                objective="talk",
                window_ms=20 * MINUTE,
                look="No word needs a dictionary",
            ),
        )
    )
    note = an_inject("note", MINUTE, ("VES", "ORL"), channel="tech")
    return replace(base, injects=(note, *base.injects))


def given() -> Story:
    story = running(with_a_task())
    story.do(c.Release(inject="note"), "fac")
    return story


def released(story: Story) -> dict[str, e.InjectReleased]:
    found = [one.event for one in story.entries]
    return {
        who: one for one in found if isinstance(one, e.InjectReleased) for who in one.to
    }


def test_the_task_is_told_to_whom_it_is_set_and_to_nobody_else() -> None:
    story = given()
    told = released(story)
    assert told["VES"].task == "The note, for a minister"
    assert (told["VES"].asks, told["ORL"].task, told["ORL"].asks) == (
        ("respond",),
        "",
        (),
    )
    assert told["VES"].reply_by_ms == story.now().at_ms + 20 * MINUTE


def test_the_cable_stays_in_its_delegation_and_answers_the_note() -> None:
    story = given()
    note = next(
        one.id
        for one in story.entries
        if isinstance(one.event, e.InjectReleased) and one.event.task
    )
    story.do(act("cable", about=note, **CABLE), "ves")
    entry = story.last("act_issued")
    assert entry.audience == ("VES", "evaluators", "facilitators")
    assert isinstance(entry.event, e.ActIssued)
    assert (entry.event.answers, entry.event.late) == (note, False)


def test_a_cable_may_be_about_what_another_delegation_wrote() -> None:
    story = given()
    story.do(act("tech_exchange", "VES", text="Our notes."), "orl")
    about = story.last("act_issued").id
    story.do(act("cable", about=about, **CABLE), "ves")
    assert story.last("act_issued").audience == ("VES", "evaluators", "facilitators")
    why = story.refused(act("cable", "KAS", **CABLE), "ves")
    assert why.field == "to"


def test_a_cable_is_rated_with_what_evaluators_saw() -> None:
    story = given()
    story.do(act("cable", **CABLE), "ves")
    cable = story.last("act_issued").id
    rating = c.Rate(subject="cable-note", rating="S", note="Clear", entries=(cable,))
    story.do(rating, "eva")
    report = aar(story.scenario, story.entries)
    (line,) = [one for one in report.guide if one.id == "cable-note"]
    assert (line.objective, line.look) == ("talk", "No word needs a dictionary")
    assert [(one.rating, one.entries) for one in line.ratings] == [("S", (cable,))]
    assert story.refused(replace(rating, subject="cable-x"), "eva").field == "subject"


def test_a_cable_stands_beside_the_other_things_to_rate() -> None:
    scenario = with_a_task()
    alone = aar(scenario, given().entries)
    assert [one.id for one in alone.guide] == ["talk", "cable-note"]
    tasks = (Task(id="first", title="First"), Task(id="second", title="Second"))
    objective = Objective(id="talk", title="Talk", capability="Talk", tasks=tasks)
    story = running(replace(scenario, objectives=(objective,)))
    report = aar(story.scenario, story.entries)
    assert [one.id for one in report.guide] == ["first", "second", "cable-note"]


def test_who_was_to_translate_what_is_in_nobody_elses_report() -> None:
    story = given()
    for reader, count in (("VES", 1), ("KAS", 0)):
        own = aar(story.scenario, story.entries, edition=f"delegation:{reader}")
        assert len([one for one in own.guide if one.delegation]) == count
