"""Percents that are whole and complete, and severities on their scale."""

from collections.abc import Iterator

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.problems import Problem
from exercise.domain.scenario import Probe


def rule(draft: Draft) -> Iterator[Problem]:
    """Yield sums and scales that do not come out."""
    for probe in draft.scenario.probes:
        yield from _probe(draft, probe)


def _probe(draft: Draft, probe: Probe) -> Iterator[Problem]:
    total = sum(probe.reference.values())
    if total != 100:  # noqa: PLR2004 - whole percents
        message = "sums to {total} %, not to 100 %"
        yield draft.problem(probe, "reference", message, total=total)
    for name in draft.ids("hypotheses"):
        if name not in probe.reference:
            message = "says nothing about {hypothesis}"
            yield draft.problem(probe, "reference", message, hypothesis=name)
    if probe.severity > probe.severity_steps:
        message = "is above the {steps} steps of the scale"
        yield draft.problem(probe, "severity", message, steps=probe.severity_steps)
    named = len(draft.scenario.severity_scale)
    if named and named != probe.severity_steps:
        message = "the severity scale names {named} steps"
        yield draft.problem(probe, "severity_steps", message, named=named)
