"""Records handed on to other programs: which forms there are, and writing one."""

from collections.abc import Iterator

from exercise.adapters.record import Record
from exercise.documents.interchange import WRITERS, Story
from exercise.domain.events import ExerciseOpened

FORMS = tuple(WRITERS)


def interchange(record: Record, form: str) -> Iterator[bytes]:
    """Yield a record in one of FORMS, in UTF-8; nobody's name is in it.

    Raises:
        ValueError: the record opens no exercise.
    """
    opened = next((one.event for one in record.entries), None)
    if not isinstance(opened, ExerciseOpened):
        message = "the record does not begin with the opening of an exercise"
        raise ValueError(message)  # noqa: TRY004 - the record is wrong, not a type
    story = Story(record.exercise, opened.title, opened.scenario, record.entries)
    return (line.encode() for line in WRITERS[form](story))
