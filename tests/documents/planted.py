"""Records in which every private word is marked, and what each edition may show."""

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import (
    Annotated,
    Any,
    Literal,
    TypeAlias,
    get_args,
    get_origin,
    get_type_hints,
)

from exercise.adapters.codec import decode, encode
from exercise.adapters.record import Record, read_record
from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.decide.membership import REDACTABLE
from exercise.domain.events.evaluation import Rating, Ruling
from exercise.domain.scenario import Scenario
from exercise.offline.rehearsing import Played
from tests.attack.telling import CODED, SHORTEST, bound

MARK = re.compile(r"zq[0-9a-f]{5}qz")
STAFF = ("evaluators", "facilitators")
EVALUATORS = ("eva", "bo")
RULINGS: tuple[Ruling, ...] = ("substantive", "not_substantive")
RATINGS: tuple[Rating, ...] = ("P", "S", "M", "U")
SORTS: tuple[Literal["strength", "improvement"], ...] = ("strength", "improvement")
Line: TypeAlias = dict[str, Any]
Told: TypeAlias = tuple[str, e.Event]


@dataclass(frozen=True)
class Origin:
    """Where a mark was written: an entry, its kind and the path of a field.

    `of` is the part of the scenario that it belongs to. `about` are those who read
    all the entries that a ruling, a pin or an override is about.
    """

    entry: str
    kind: str
    field: str
    audience: tuple[str, ...]
    redacted: bool = False
    of: str = ""
    about: tuple[str, ...] = ()


@dataclass
class Planted:
    """A record as a file, and the origin of each mark in it."""

    lines: list[bytes] = field(default_factory=list)
    origins: dict[str, Origin] = field(default_factory=dict)
    scenario: Scenario | None = None

    @property
    def record(self) -> Record:
        return read_record(self.lines)


@dataclass
class Planter:
    """Writes marks into an entry's words, one mark a text."""

    planted: Planted
    count: int = 0

    def __call__(self, event: e.Event, origin: Origin) -> e.Event:
        """Return an event with a mark in each of its texts."""
        marked: e.Event = self._walk(event, origin, "")
        if isinstance(event, e.ActIssued | e.ActPrepared):
            told = dict(self._fields(event, origin))
            return replace(marked, fields=told)  # type: ignore[call-arg] # one of both
        if isinstance(event, e.SurveyAnswered):
            said = {
                k: self._dress(x, origin, "answers") for k, x in event.answers.items()
            }
            return replace(event, answers=said)
        return marked

    def _dress(self, said: str, origin: Origin, path: str, most: int = 8000) -> str:
        self.count += 1
        made = f"zq{self.count:05x}qz"
        self.planted.origins[made] = replace(origin, field=path)
        return f"{said[: most - len(made) - 1]} {made}"

    def _walk(self, whole: Any, origin: Origin, path: str) -> Any:  # noqa: ANN401 - any part of an event
        hints = get_type_hints(type(whole), include_extras=True)
        origin = replace(origin, of=getattr(whole, "id", origin.of))
        changes = {
            one.name: self._part(
                hints[one.name],
                getattr(whole, one.name),
                origin,
                f"{path}.{one.name}" if path else one.name,
            )
            for one in fields(whole)
        }
        return replace(whole, **changes)

    def _part(self, hint: object, value: Any, origin: Origin, path: str) -> Any:  # noqa: ANN401 - as above
        if isinstance(value, str):
            most = bound(hint)
            prose = most >= SHORTEST and value and path.rpartition(".")[2] not in CODED
            return self._dress(value, origin, path, most) if prose else value
        if isinstance(value, tuple):
            inner = next(iter(get_args(hint)), hint)
            if get_origin(hint) is Annotated:
                inner = next(iter(get_args(inner)), inner)
            return tuple(self._part(inner, one, origin, path) for one in value)
        if isinstance(value, dict):
            return {k: self._part(None, x, origin, path) for k, x in value.items()}
        return self._walk(value, origin, path) if is_dataclass(value) else value

    def _fields(
        self, act: e.ActIssued | e.ActPrepared, origin: Origin
    ) -> Iterator[tuple[str, Any]]:
        shapes = {x.name: x.shape for x in INSTRUMENTS[act.instrument].fields}
        for name, said in act.fields.items():
            if shapes.get(name) in {"line", "text"} and isinstance(said, str):
                yield name, self._dress(said, origin, "fields")
            else:
                yield name, said


def planted(played: Played, draw: random.Random) -> Planted:
    """Return a run's record with marks, judgements after it, and redactions."""
    found = Planted()
    plant = Planter(found)
    first, *middle, last = [json.loads(one) for one in played.record]
    whole = decode("exercise_opened", 1, json.dumps(middle[0]["body"]))
    assert isinstance(whole, e.ExerciseOpened)
    found.scenario = whole.scenario
    middle += judgements(middle, whole.scenario, draw)
    names = [x for x in middle if x["kind"] in REDACTABLE]
    gone = {
        x["id"] for x in draw.sample(names, draw.randint(len(names) // 3, len(names)))
    }
    read = {x["id"]: tuple(x["audience"]) for x in middle}
    lines = [_marked(plant, one, gone, read) for one in middle]
    lines += [_redaction(lines[-1], at, one) for at, one in enumerate(sorted(gone), 1)]
    found.lines = [json.dumps(one).encode() for one in (first, *lines, last)]
    return found


def _marked(
    plant: Planter, line: Line, gone: set[str], read: Mapping[str, tuple[str, ...]]
) -> Line:
    event = decode(line["kind"], line["version"], json.dumps(line["body"]))
    about: list[str] = []
    if isinstance(event, e.Adjudicated | e.Pinned):
        about = [event.entry]
    if isinstance(event, e.IndicatorOverridden):
        about = list(event.entries)
    readers = [set(read[one]) for one in about]
    origin = Origin(
        line["id"],
        event.KIND,
        "",
        tuple(line["audience"]),
        redacted=line["id"] in gone,
        about=tuple(sorted(set.intersection(*readers))) if readers else (),
    )
    said = plant(event, origin)
    body = encode(said)[2]
    if line["id"] in gone:
        return {key: one for key, one in line.items() if key != "body"}
    return {**line, "body": body}


def _redaction(last: Line, at: int, entry: str) -> Line:
    event = e.EntryRedacted(entry=entry, reason="asked for")
    return a_line(last, at, event, "system", STAFF)


def a_line(
    last: Line, at: int, event: e.Event, actor: str, audience: tuple[str, ...]
) -> Line:
    kind, version, body = encode(event)
    return {
        "seq": last["seq"] + at,
        "id": f"late{last['seq'] + at:05d}",
        "at_ms": last["at_ms"],
        "wall": last["wall"],
        "kind": kind,
        "version": version,
        "actor": actor,
        "author": {"member": actor},
        "audience": list(audience),
        "body": body,
    }


def judgements(lines: list[Line], whole: Scenario, draw: random.Random) -> list[Line]:
    """Return what people wrote after ENDEX, about entries drawn from the record."""
    entries = [x["id"] for x in lines if x["kind"] != "checkpoint"]
    some = draw.sample(entries, min(24, len(entries)))
    members = [x["body"]["member"] for x in lines if x["kind"] == "member_joined"]
    told = [
        *_people(members),
        *_noted(some[:8], draw),
        *_rated(whole, draw),
        *_overridden(some, draw),
        *_found(some[8:12], draw),
        *_carried(),
        *_surveyed(),
    ]
    last = lines[-1]
    return [
        a_line(last, at, event, who, STAFF) for at, (who, event) in enumerate(told, 1)
    ]


def _people(members: list[str]) -> Iterator[Told]:
    for one in EVALUATORS:
        yield "system", e.MemberJoined(member=one, role="evaluator")
    for at, one in enumerate((*members, *EVALUATORS)):
        yield "system", e.MemberNamed(member=one, name=f"Person {at}")


def _noted(some: list[str], draw: random.Random) -> Iterator[Told]:
    for one in some[:4]:
        yield "fac", e.NoteWritten(text="For us.", about=one)
        yield "fac", e.Pinned(entry=one, label="A turn")
    for one in some[4:]:
        ruling = draw.choice(RULINGS)
        yield "eva", e.Adjudicated(entry=one, ruling=ruling, reason="For that.")


def _rated(whole: Scenario, draw: random.Random) -> Iterator[Told]:
    aims = [one.id for one in whole.objectives]
    for one in aims[:1]:
        yield "fac", e.ObjectiveMarked(objective=one, met="partly", note="Half.")
    for who in EVALUATORS:
        for subject in (*aims, "R"):
            rating = draw.choice(RATINGS)
            yield who, e.Rated(subject=subject, rating=rating, note="Seen.")
        yield who, e.RatingsClosed(member=who, whole=who == "bo", reason="Done.")


def _overridden(some: list[str], draw: random.Random) -> Iterator[Told]:
    for letter in "TRNSMBELK":
        yield (
            "eva",
            e.IndicatorOverridden(
                indicator=letter,
                from_=50,
                to=60,
                reason="An evaluator thinks otherwise.",
                entries=(draw.choice(some),),
            ),
        )


def _found(some: list[str], draw: random.Random) -> Iterator[Told]:
    for at, one in enumerate(some):
        id_ = f"finding-{at}"
        yield (
            "eva",
            e.FindingWritten(
                finding=id_,
                sort=draw.choice(SORTS),
                title="What we saw",
                observation="In words.",
                recommendation="Do this.",
                entries=(one,),
            ),
        )
        line = e.PlanWritten(
            finding=id_, action="Drill", owner="Desk", due="2031-04-30"
        )
        yield "eva", line


def _carried() -> Iterator[Told]:
    for at in range(2):
        event = e.PlanCarried(
            source="Spring", area="Late", action=f"Drill {at}", owner="Desk", due=""
        )
        yield "system", event


def _surveyed() -> Iterator[Told]:
    for who in ("anonymous", "eva", "anonymous", "bo"):
        answers = {"went_well": "The line.", "scale_aims": "4"}
        yield who, e.SurveyAnswered(answers=answers, anonymous=who == "anonymous")
