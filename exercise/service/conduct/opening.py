"""How an exercise comes to be: line 1 of its record, then its first entry."""

from collections.abc import Mapping
from dataclasses import dataclass

from exercise.domain.chain import Json, canonical
from exercise.domain.commands import Open
from exercise.domain.moment import SYSTEM
from exercise.domain.scenario import Scenario
from exercise.domain.wall import iso
from exercise.service.ports import Opening, Timeline
from exercise.service.requests import Request

RECORD = 1
# The rules by which this version scores; stands in every record it writes.
SCORING = "1"


@dataclass(frozen=True, slots=True)
class NewExercise:
    """What an exercise to be opened is."""

    exercise: str
    title: str
    scenario: Scenario
    scenario_sha256: str
    opened_ms: int
    starts_at: str = ""
    rehearsal: Mapping[str, Json] | None = None


def open_timeline(timeline: Timeline, new: NewExercise) -> Request:
    """Make an exercise's empty timeline, and return the request that opens it."""
    first: dict[str, Json] = {
        "record": RECORD,
        "exercise": new.exercise,
        "scenario": new.scenario.id,
        "scenario_sha256": new.scenario_sha256,
        "scoring": SCORING,
        "opened": iso(new.opened_ms),
    }
    if new.rehearsal is not None:
        first["rehearsal"] = new.rehearsal
    timeline.create(
        Opening(
            exercise=new.exercise,
            title=new.title,
            scenario=new.scenario.id,
            scenario_sha256=new.scenario_sha256,
            opened_wall_ms=new.opened_ms,
            first_line=canonical(first).decode(),
        )
    )
    command = Open(title=new.title, scenario=new.scenario, starts_at=new.starts_at)
    return Request(SYSTEM, f"open/{new.exercise}", command)
