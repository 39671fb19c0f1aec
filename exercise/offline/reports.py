"""After-action reports, made from a record alone."""

from exercise.adapters.record import Record
from exercise.documents import html, json
from exercise.domain.chain import fingerprint
from exercise.domain.events import ExerciseOpened, MemberNamed
from exercise.domain.report import Aar, Head, aar

FORMATS = ("html", "json")


def report(record: Record, form: str, edition: str, language: str = "en") -> str:
    """Return the report of a record in one of FORMATS.

    Raises:
        NotFound: there is no such edition.
        ValueError: the record opens no exercise.
    """
    value = _value(record, edition)
    if form == "json":
        return json.render(value)
    return html.render(value, language, css=html.styles())


def _value(record: Record, edition: str) -> Aar:
    opened = next((one.event for one in record.entries), None)
    if not isinstance(opened, ExerciseOpened):
        message = "the record does not begin with the opening of an exercise"
        raise ValueError(message)  # noqa: TRY004 - the record is wrong, not a type
    named = (one.event for one in record.entries)
    names = {one.member: one.name for one in named if isinstance(one, MemberNamed)}
    key = fingerprint(bytes.fromhex(record.key))
    head = Head(
        seq=record.head_seq,
        hash=record.head_hash,
        fingerprint=key,
        wall_ms=record.entries[-1].wall_ms,
    )
    return aar(
        opened.scenario,
        record.entries,
        names=names,
        edition=edition,
        head=head,
        title=opened.title,
    )
