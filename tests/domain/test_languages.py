"""A text in several languages: who is given which first, and that all have all."""

from dataclasses import replace

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.fields import Fields
from exercise.domain.report.sentences import sentence
from exercise.domain.scenario import Scenario, said
from tests.domain.given import Story, running
from tests.domain.small import a_scenario

TITLE = {"en": "A draft", "fr": "Un projet", "ar": "مشروع"}
ASKED: Fields = {"text": "We have read it."}
BODY = {"en": "Sign.", "fr": "Signez.", "ar": "وقّعوا."}


def in_three(**home: str) -> Scenario:
    """Return the small scenario, `session` in three languages and the item in two."""
    base = a_scenario()
    return replace(
        base,
        languages=("en", "fr", "ar"),
        delegations=tuple(
            replace(one, language=home.get(one.id, "")) for one in base.delegations
        ),
        injects=tuple(
            replace(one, title=TITLE, body=BODY) if one.id == "session" else one
            for one in base.injects
        ),
        items=tuple(
            replace(one, body={"en": "Hashes.", "fr": "Empreintes."})
            for one in base.items
        ),
    )


def released(story: Story, inject: str) -> list[e.InjectReleased]:
    story.do(c.Release(inject=inject), "fac")
    return [
        one.event
        for one in story.entries
        if isinstance(one.event, e.InjectReleased) and one.event.inject == inject
    ]


def test_those_who_read_another_language_first_have_an_entry_of_their_own() -> None:
    entries = released(running(in_three(ORL="fr", KAS="ar", HGA="fr")), "session")
    by = {one.language: one.to for one in entries}
    assert by == {"": ("VES",), "fr": ("ORL", "HGA"), "ar": ("KAS",)}
    for one in entries:
        assert (one.title, one.body, one.original) == (TITLE, BODY, "en")


def test_where_nobody_has_a_language_there_is_one_entry() -> None:
    (one,) = released(running(in_three()), "session")
    assert (one.language, one.original) == ("", "en")
    assert one.body == BODY


def test_who_reads_the_original_reads_with_the_others() -> None:
    (one,) = released(running(in_three(VES="en")), "session")
    assert one.to == ("VES", "ORL", "KAS", "HGA")


def test_a_scenario_of_one_language_says_nothing_of_it() -> None:
    (one,) = released(running(a_scenario()), "session")
    assert (one.language, one.original) == ("", "")


def test_an_item_in_two_languages_goes_out_whole() -> None:
    (one,) = released(running(in_three(VES="fr")), "beacon")
    assert one.items[0].body == {"en": "Hashes.", "fr": "Empreintes."}


def test_the_report_says_the_original_and_what_was_given() -> None:
    entries = released(running(in_three(KAS="ar")), "session")
    told = {one.language: sentence(one, "") for one in entries}
    assert told[""].values["title"] == told["ar"].values["title"] == "A draft"
    assert told["ar"].values["language"] == "ar"
    assert "language" not in told[""].values


def test_a_text_is_said_in_the_first_language_that_it_has() -> None:
    assert said(BODY, "ar") == "وقّعوا."
    assert said(BODY, "de", "fr") == "Signez."
    assert said(BODY) == said(BODY, "de") == "Sign."
    assert said({"fr": "Seul"}, "de") == "Seul"
    assert said("Plain", "fr") == "Plain"
    assert said({}) == ""


def test_what_is_about_it_carries_its_title_in_every_language() -> None:
    story = running(in_three())
    released(story, "session")
    about = story.entries[-2].id
    assert story.entries[-2].event.KIND == "inject_released"
    act = c.Act(instrument="press_line", to=(), about=about, fields=ASKED)
    (issued,) = story.do(act, "ves")
    assert isinstance(issued, e.ActIssued)
    assert issued.about_title == TITLE
    (noted,) = story.do(c.Acknowledge(about=story.entries[-1].id), "kas")
    assert isinstance(noted, e.Acknowledged)
    assert noted.title == TITLE
