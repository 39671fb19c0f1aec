"""Which entries a report cites, so that a file taken away can carry them along."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from exercise.domain.report import Aar, Evidence


def cited(report: Aar) -> tuple[Evidence, ...]:
    """Return the evidence behind everything that a report prints, in order of time."""
    wanted = set(_entries(_printed(report)))
    return tuple(one for one in report.evidence if one.entry in wanted)


def _printed(report: Aar) -> tuple[object, ...]:
    score = report.score
    return (
        report.objectives,
        report.timeline,
        report.responses,
        report.network,
        report.strengths,
        report.improvements,
        score.influential,
        score.overrides,
        report.rulings,
        report.surprises,
        report.breaches,
        report.allegations,
        report.files,
        report.sessions,
        [entry for meter in report.meters for *_, entry in meter.points],
    )


def _entries(value: object) -> Iterator[str]:
    """Yield each entry's id in some part of a report."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _entries(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _entries(one)
    elif is_dataclass(value):
        # Ids and other texts do not meet: an id is a long random string.
        for field in fields(value):
            yield from _entries(getattr(value, field.name))
