"""Runs as their records tell them, and as one line of JSON each."""

from dataclasses import asdict

from exercise.adapters.finished import Json, run_json
from exercise.adapters.record import Record
from exercise.domain.report.trends import Origin, Run, Series, a_run


def run_of(record: Record) -> Run | None:
    """Return a record's run; None for one that has not ended.

    Raises:
        ValueError: the record opens no exercise.
    """
    told = record.rehearsal or {}
    origin = Origin(
        exercise=record.exercise,
        scenario_sha256=record.scenario_sha256,
        scoring=record.scoring,
        fork_of=str(told.get("fork_of", "")),
    )
    return a_run(origin, record.entries)


def series_json(series: Series) -> Json:
    """Return a series as `trends --json` prints it."""
    return {
        "scenario": series.scenario,
        "scenario_sha256": series.scenario_sha256,
        "scoring": series.scoring,
        "fork_of": series.fork_of,
        "runs": [run_json(one) for one in series.runs],
        "gaps": [
            None if one is None else {**asdict(one), "within_noise": one.within_noise}
            for one in series.gaps
        ],
    }
