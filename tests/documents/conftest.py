"""A whole exercise, rehearsed once, with what people add to it afterwards."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from exercise.adapters.record import Record, read_record
from exercise.documents import formats
from exercise.domain import events as e
from exercise.domain.moment import Author, Recorded
from exercise.domain.report import Aar, aar
from exercise.offline.rehearsing import read_scenario, rehearse
from exercise.offline.reports import the_report
from tests.documents.opened import everything

# What a spreadsheet would take for a formula, a link or a number.
PAYLOADS = (
    '=HYPERLINK("http://192.0.2.1/","open")',
    "=1+1",
    "+1-1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "http://192.0.2.1/",
    "mailto:a@example.org",
    "007",
)


@dataclass(frozen=True)
class Canaries:
    """A word that stands in one place of the record, and nowhere else."""

    name: str = "Zanzibara Canary"
    note: str = "canary-note-5581"
    aside: str = "canary-aside-7202"
    private: str = "canary-private-9144"


CANARIES = Canaries()


@pytest.fixture(scope="session")
def record_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("record") / "quiet-harbour.jsonl"
    file.write_bytes(b"".join(rehearse(read_scenario("quiet-harbour")).record))
    return file


@pytest.fixture(scope="session")
def record(record_file: Path) -> Record:
    with record_file.open("rb") as lines:
        played = read_record(lines)
    last = played.entries[-1]
    objective = the_report(played, "full").objectives[0].id
    delegate = next(
        one.event.member
        for one in played.entries
        if isinstance(one.event, e.MemberJoined) and one.event.delegation == "VES"
    )
    cited = next(x.id for x in played.entries if isinstance(x.event, e.Started))
    for_ves = next(
        x for x in played.entries if "VES" in x.audience and "KAS" not in x.audience
    )
    added: list[tuple[e.Event, tuple[str, ...]]] = [
        (e.MemberNamed(member=delegate, name=CANARIES.name), ("VES", "facilitators")),
        (e.NoteWritten(text=CANARIES.note), ("facilitators",)),
        (
            e.Rated(subject=objective, rating="S", note=CANARIES.aside),
            ("evaluators",),
        ),
        (
            e.Adjudicated(
                entry=for_ves.id, ruling="substantive", reason=CANARIES.private
            ),
            ("evaluators", "facilitators"),
        ),
        (
            e.FindingWritten(
                finding="late",
                sort="improvement",
                title="Help came late <b>&amp;</b>",
                observation="Two lines:\nthe second, with a bell \x07 in it.",
                recommendation="Ask by noon.",
                entries=(cited,),
            ),
            ("facilitators",),
        ),
        *(
            (
                e.PlanWritten(
                    finding="late", action=text, owner=text, due="2031-04-30"
                ),
                ("facilitators",),
            )
            for text in PAYLOADS
        ),
    ]
    more = tuple(
        Recorded(
            seq=last.seq + at,
            id=f"added-{at:02d}",
            at_ms=last.at_ms,
            wall_ms=last.wall_ms + at,
            actor="eva",
            event=event,
            author=Author("eva", "", ""),
            audience=audience,
        )
        for at, (event, audience) in enumerate(added, 1)
    )
    return Record(
        **{
            **{name: getattr(played, name) for name in played.__dataclass_fields__},
            "entries": (*played.entries, *more),
        }
    )


class Printed:
    """Reports of the record, each made once however many tests look at it."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._values: dict[str, Aar] = {}
        self._made: dict[tuple[str, str, str], bytes] = {}
        self._texts: dict[tuple[str, str], str] = {}

    def value(self, edition: str = "participants") -> Aar:
        if edition not in self._values:
            self._values[edition] = the_report(self.record, edition)
        return self._values[edition]

    def made(
        self, form: str, edition: str = "participants", language: str = "en"
    ) -> bytes:
        key = form, edition, language
        if key not in self._made:
            self._made[key] = self.again(form, edition, language)
        return self._made[key]

    def text(self, form: str, edition: str = "participants") -> str:
        key = form, edition
        if key not in self._texts:
            self._texts[key] = everything(form, self.made(form, edition))
        return self._texts[key]

    def again(
        self, form: str, edition: str = "participants", language: str = "en"
    ) -> bytes:
        wish = formats.Wish(form=form, language=language)
        return formats.render(self.value(edition), wish)


@pytest.fixture(scope="session")
def printed(record: Record) -> Printed:
    return Printed(record)


@pytest.fixture(scope="session")
def small(record: Record) -> Aar:
    """Give the report of an exercise that was only opened: every table is empty."""
    opened = record.entries[:1]
    event = opened[0].event
    assert isinstance(event, e.ExerciseOpened)
    return aar(event.scenario, opened)
