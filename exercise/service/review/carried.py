"""From one run to the next: what an improvement plan leaves open goes along."""

from collections.abc import Sequence

from exercise.domain.commands import CarryPlan
from exercise.domain.moment import Recorded
from exercise.domain.report import left_open


def taken_over(entries: Sequence[Recorded], title: str) -> tuple[CarryPlan, ...]:
    """Return the commands that bring a run's open lines into another run.

    `title` is what the run was called; a line that it took over itself keeps the
    name of the run that it came from first.
    """
    return tuple(
        CarryPlan(
            source=one.source or title,
            area=one.area,
            action=one.action,
            owner=one.owner,
            due=one.due,
        )
        for one in left_open(entries)
    )
