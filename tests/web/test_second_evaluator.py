"""Who was named as second evaluator finds the button that confirms, nobody else."""

from collections.abc import Iterator

import pytest

from exercise.domain import commands as c
from tests.builders import a_scenario
from tests.web.stage import Stage, a_stage

BUTTON = 'data-command="confirm_override"'
WAITS = "It awaits a second evaluator"


@pytest.fixture
def stage() -> Iterator[Stage]:
    with a_stage(a_scenario()) as found:
        yield found


def test_the_second_evaluator_confirms_on_the_review_page(stage: Stage) -> None:
    first, second = stage.by_link("evaluator"), stage.by_link("trainer")
    path = f"/review/{stage.exercise}"
    entry = stage.timeline.after(stage.exercise, 0, 1)[0].entry.id
    override = c.Override(
        indicator="T",
        from_=20,
        to=90,
        reason="Answers were given by voice in the room.",
        entries=(entry,),
        second=second.member,
    )
    ack = stage.do(first.member, override)
    for browser, shown in ((first, False), (second, True)):
        page = browser.get(path).text
        assert WAITS in page
        assert (BUTTON in page) == shown
    stage.do(second.member, c.ConfirmOverride(override=ack.id))
    for browser in (first, second):
        page = browser.get(path).text
        assert WAITS not in page
        assert BUTTON not in page
