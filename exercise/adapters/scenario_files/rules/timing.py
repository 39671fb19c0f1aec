"""Nothing lies beyond the end, runs backwards, or is due before it is known."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.problems import Problem
from exercise.adapters.scenario_files.times import point
from exercise.domain.scenario import Item

_BEYOND = "lies beyond the end of the exercise, {end}"


def rule(draft: Draft) -> Iterator[Problem]:
    """Yield times that cannot be."""
    yield from _story(draft)
    yield from _phases(draft)
    for inject in draft.scenario.injects:
        yield from _within(draft, inject, "at", inject.at_ms)
    for item in draft.scenario.items:
        yield from _item(draft, item)
    for probe in draft.scenario.probes:
        yield from _within(draft, probe, "at", probe.at_ms)
        yield from _within(draft, probe, "window", probe.at_ms + probe.window_ms)
    for duty in draft.scenario.consultations:
        yield from _span(draft, duty, "", duty.start_ms, duty.end_ms)
    for topic in draft.scenario.topics:
        for index, window in enumerate(topic.windows, 1):
            key = f"windows[{index}]."
            yield from _span(draft, topic, key, window.start_ms, window.end_ms)
    yield from _ceilings(draft)


def _story(draft: Draft) -> Iterator[Problem]:
    try:
        start = datetime.fromisoformat(draft.scenario.story_start)
    except ValueError:
        start = None
    if start is None or start.tzinfo is None:
        message = "write a date and time in UTC such as 2031-03-12T02:00:00Z"
        yield draft.problem(draft.scenario, "story_start", message)


def _phases(draft: Draft) -> Iterator[Problem]:
    for phase in draft.scenario.phases:
        yield from _span(draft, phase, "", phase.start_ms, phase.end_ms)
    for before, after in pairwise(draft.scenario.phases):
        if after.start_ms < before.end_ms:
            message = "begins before {phase} has ended"
            yield draft.problem(after, "start", message, phase=before.id)


def _item(draft: Draft, item: Item) -> Iterator[Problem]:
    yield from _within(draft, item, "need_by", item.need_by_ms)
    yield from _within(draft, item, "useless_after", item.useless_after_ms)
    if item.useless_after_ms <= item.need_by_ms:
        yield draft.problem(item, "useless_after", "is not later than need_by")
    inject = draft.scenario.inject(item.inject)
    if inject is not None and item.need_by_ms < inject.at_ms:
        message = "is due before inject {inject} gives it, {at}"
        values = {"inject": inject.id, "at": point(inject.at_ms)}
        yield draft.problem(item, "need_by", message, **values)


def _span(
    draft: Draft, part: object, key: str, start: int, end: int
) -> Iterator[Problem]:
    yield from _within(draft, part, f"{key}end", end)
    if end <= start:
        yield draft.problem(part, f"{key}end", "is not later than its start")


def _within(draft: Draft, part: object, key: str, at: int) -> Iterator[Problem]:
    if at > draft.scenario.duration_ms:
        end = point(draft.scenario.duration_ms)
        yield draft.problem(part, key, _BEYOND, end=end)


def _ceilings(draft: Draft) -> Iterator[Problem]:
    for before, after in pairwise(draft.scenario.ceilings):
        if after.start_ms <= before.start_ms:
            yield draft.problem(after, "start", "is not later than the one before")
    for ceiling in draft.scenario.ceilings:
        yield from _within(draft, ceiling, "start", ceiling.start_ms)
