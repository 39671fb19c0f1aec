"""The one check of all twelve promises on an exercise."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from exercise.adapters.database import Database
from exercise.adapters.promises import answers, script, streams, whole
from exercise.adapters.promises.findings import Finding
from exercise.adapters.promises.stored import Stored, stored_on
from exercise.adapters.promises.witness import Witness
from exercise.adapters.timeline import SqlTimeline

Promise: TypeAlias = Callable[[Stored, Witness], Iterator[Finding]]

PROMISES: Mapping[str, Promise] = {
    "I1": answers.i1_acknowledged_once,
    "I2": answers.i2_answered_once,
    "I3": streams.i3_numbered,
    "I4": streams.i4_views_equal,
    "I5": streams.i5_addressed_only,
    "I6": script.i6_script_kept,
    "I7": script.i7_released_once,
    "I8": whole.i8_proven,
    "I9": answers.i9_nothing_while_away,
    "I10": streams.i10_out_is_out,
    "I11": script.i11_time_is_kept,
    "I12": whole.i12_answers,
}
NOBODY = Witness()


def verify_exercise(stored: Stored, witness: Witness = NOBODY) -> list[Finding]:
    """Return every promise that does not hold, on what is stored and what was seen."""
    return [
        finding for promise in PROMISES.values() for finding in promise(stored, witness)
    ]


def verify_stored(database: Database) -> dict[str, list[Finding]]:
    """Return what does not hold in each exercise of a database."""
    return {
        one.exercise: verify_exercise(stored_on(database, one.exercise))
        for one in SqlTimeline(database).exercises()
    }
