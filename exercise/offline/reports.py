"""After-action reports, made from a record alone."""

from collections.abc import Callable

from exercise.adapters.record import Record
from exercise.documents import formats, preview
from exercise.documents.formats import CannotPrint, Wish
from exercise.documents.job import DONE, SCORING, WRITING
from exercise.documents.preview import Omission
from exercise.domain.chain import fingerprint
from exercise.domain.events import ExerciseOpened, MemberNamed
from exercise.domain.report import Aar, Head, aar
from exercise.words import words_in

FORMATS = tuple(formats.TYPES)
Told = Callable[[int, str], None]


def report(
    record: Record, wish: Wish, edition: str, told: Told = lambda _at, _words: None
) -> bytes:
    """Return the report of a record in one of FORMATS; `told` hears how far it is.

    Raises:
        NotFound: there is no such edition.
        ValueError: the record opens no exercise.
        CannotPrint: a template, or a library that the format needs, is not fit.
        LookupError: there is no such language.
    """
    told(*SCORING)
    value = the_report(record, edition)
    told(*WRITING)
    made = formats.render(value, wish)
    told(*DONE)
    return made


def left_out(record: Record, edition: str, language: str = "en") -> list[Omission]:
    """Return what an edition leaves out of the full report of a record.

    Raises:
        NotFound: there is no such edition.
        ValueError: the record opens no exercise.
    """
    full, shown = the_report(record, "full"), the_report(record, edition)
    return [
        one for one in preview.left_out(words_in(language), full, shown) if one.left_out
    ]


def the_report(record: Record, edition: str) -> Aar:
    """Return the report of a record as a value.

    Raises:
        NotFound: there is no such edition.
        ValueError: the record opens no exercise.
    """
    opened = next((one.event for one in record.entries), None)
    if not isinstance(opened, ExerciseOpened):
        message = "the record does not begin with the opening of an exercise"
        raise ValueError(message)  # noqa: TRY004 - the record is wrong, not a type
    named = (one.event for one in record.entries)
    names = {one.member: one.name for one in named if isinstance(one, MemberNamed)}
    key = fingerprint(bytes.fromhex(record.key))
    head = Head(seq=record.head_seq, hash=record.head_hash, fingerprint=key)
    return aar(
        opened.scenario,
        record.entries,
        names=names,
        edition=edition,
        head=head,
        title=opened.title,
    )


__all__ = ["FORMATS", "CannotPrint", "Wish", "left_out", "report", "the_report"]
