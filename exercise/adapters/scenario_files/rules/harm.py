"""What the public feels is on the wall, by sector, and within its bounds."""

from collections.abc import Iterator

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.problems import Problem
from exercise.domain.catalogue.sectors import SECTORS
from exercise.domain.scenario import Meter

# Whatever a crisis hits first, these two bear it in the end.
ALWAYS = ("rights", "economy")


def rule(draft: Draft) -> Iterator[Problem]:
    """Yield meters that are missing, and readings that no meter can show."""
    for id_ in ALWAYS:
        if id_ not in draft.ids("meters"):
            message = "the meter “{meter}” is missing: every scenario shows it"
            yield draft.problem(draft.scenario, "meters", message, meter=id_)
    for meter in draft.scenario.meters:
        hit = [meter.sector] if meter.sector else []
        yield from draft.strange(meter, "sector", "sectors", hit, SECTORS)
        if meter.most is not None and meter.most <= meter.least:
            yield draft.problem(meter, "most", "is not above the least it can show")
        else:
            yield from _bounded(draft, meter, "start", meter, meter.start)
    meters = {one.id: one for one in draft.scenario.meters}
    for inject in draft.scenario.injects:
        for id_, value in (inject.meters or {}).items():
            if id_ in meters:
                key = f"meters.{id_}"
                yield from _bounded(draft, inject, key, meters[id_], value)


def _bounded(
    draft: Draft, part: object, key: str, meter: Meter, value: int
) -> Iterator[Problem]:
    most = meter.most
    if value < meter.least:
        message = "{value} is below {bound}, the least the meter can show"
        yield draft.problem(part, key, message, value=value, bound=meter.least)
    elif most is not None and value > most > meter.least:
        message = "{value} is above {bound}, the most the meter can show"
        yield draft.problem(part, key, message, value=value, bound=most)
