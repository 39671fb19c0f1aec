"""What one run's improvement plan leaves open comes with the next, and is marked."""

from exercise.domain import commands as c
from exercise.domain.moment import SYSTEM
from exercise.domain.report import PlanLine, aar, left_open
from tests.domain.given import Story, running


def carried(story: Story, action: str, due: str = "2031-04-30") -> str:
    """Return the entry of a line that came with the run."""
    story.do(
        c.CarryPlan(
            source="Spring run", area="Slow", action=action, owner="MFA", due=due
        )
    )
    return story.last("plan_carried").id


def planned(story: Story, action: str) -> None:
    finding = c.Finding(sort="improvement", title="Late", observation="They waited.")
    story.do(finding, "tra")
    id_ = story.last("finding_written").id
    story.do(c.Plan(finding=id_, action=action, owner="CERT", due="2031-06"), "tra")


def lines(story: Story) -> tuple[PlanLine, ...]:
    return aar(story.now().scenario, story.entries).carried


def test_a_line_keeps_owner_due_date_and_where_it_is_from() -> None:
    story = running()
    carried(story, "Drill the hotline")
    (line,) = lines(story)
    assert (line.source, line.area) == ("Spring run", "Slow")
    assert (line.action, line.owner, line.due) == (
        "Drill the hotline",
        "MFA",
        "2031-04-30",
    )
    assert line.status == "open"


def test_only_staff_reads_it() -> None:
    story = running()
    carried(story, "Drill the hotline")
    assert story.last("plan_carried").audience == ("evaluators", "facilitators")


def test_the_last_mark_holds_before_in_and_after_play() -> None:
    story = running()
    item = carried(story, "Drill the hotline")
    story.do(c.MarkPlan(item=item, status="done"), "fac")
    assert [one.status for one in lines(story)] == ["done"]
    story.do(c.End(confirm="END"), "fac")
    story.do(c.MarkPlan(item=item, status="carried"), "tra")
    assert [one.status for one in lines(story)] == ["carried"]


def test_a_line_that_never_came_and_a_delegate_are_refused() -> None:
    story = running()
    item = carried(story, "Drill the hotline")
    other = c.MarkPlan(item="e1", status="done")
    assert story.refused(other, "fac").code == "not-found"
    mine = c.MarkPlan(item=item, status="done")
    assert story.refused(mine, "ves").code == "forbidden"


def test_nobody_brings_a_line_but_the_platform() -> None:
    story = running()
    line = c.CarryPlan(source="x", area="x", action="x", owner="x", due="")
    assert story.refused(line, "fac").code == "forbidden"
    assert story.do(line, SYSTEM)


def test_the_next_run_takes_over_what_is_not_done_and_what_is_new() -> None:
    story = running()
    done, left = carried(story, "Done by now"), carried(story, "Still open")
    story.do(c.MarkPlan(item=done, status="done"), "fac")
    story.do(c.MarkPlan(item=left, status="carried"), "fac")
    planned(story, "Buy a second line")
    taken = left_open(story.entries)
    assert [(one.area, one.action) for one in taken] == [
        ("Slow", "Still open"),
        ("Late", "Buy a second line"),
    ]
