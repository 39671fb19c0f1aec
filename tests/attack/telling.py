"""The grand story, told on a whole site through the wire, in anybody's words."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass, replace
from types import UnionType
from typing import (
    Annotated,
    Any,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)
from uuid import uuid4

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.limits import Most
from exercise.domain.moment import SYSTEM
from exercise.domain.scenario import Scenario
from exercise.service.conduct.standing import recorded
from exercise.service.requests import Ack, Request
from exercise.web.intake import Sender
from exercise.web.wire import plain_name
from tests.adapters.stand import HandClock, Store
from tests.domain import grand
from tests.domain.given import STARTEX, Story
from tests.web.stage import Browser, Stage, a_stage

Json: TypeAlias = Any
Dress: TypeAlias = Callable[[int, str], str]
"""(most characters, what the story says there) -> what is written instead."""

# Shorter texts are ids and keys, which nobody types; this one a person does type.
SHORTEST = 80
TYPED = frozenset({"due"})
STAFF = ("facilitator", "facilitator", "evaluator", "trainer", "observer")
NAMES = ("fac", "fac2", "eva", "tra", "obs")


def bound(hint: object) -> int:
    """Return how long a text a field of this type may hold; 0 if it holds none."""
    if get_origin(hint) in {UnionType, Union}:
        return max((bound(one) for one in get_args(hint)), default=0)
    if get_origin(hint) is Annotated:
        base, *marks = get_args(hint)
        most = [one.characters for one in marks if isinstance(one, Most)]
        return most[0] if most and base is str else 0
    return 0


def words_of(kind: type) -> dict[str, int]:
    """Return the fields of a command that hold somebody's own words, with bounds."""
    hints = get_type_hints(kind, include_extras=True)
    found = {one.name: bound(hints[one.name]) for one in fields(kind)}
    return {
        name: most
        for name, most in found.items()
        if most >= SHORTEST or (most and name in TYPED)
    }


def dressed(command: c.Command, dress: Dress) -> c.Command:
    """Return a command with everything a person wrote in it written otherwise."""
    changes: dict[str, Any] = {
        name: dress(most, getattr(command, name))
        for name, most in words_of(type(command)).items()
        if isinstance(getattr(command, name), str)
    }
    if isinstance(command, c.Act):
        changes["fields"] = _dressed_fields(command, dress)
    if isinstance(command, c.Survey):
        changes["answers"] = {
            _ascii(dress(64, key)): dress(2000, said)
            for key, said in command.answers.items()
        }
    return replace(command, **changes)


def _ascii(key: str) -> str:
    """Return a key as the record can hold it."""
    return key.encode("ascii", "ignore").decode()


def _dressed_fields(act: c.Act, dress: Dress) -> Mapping[str, Any]:
    told = dict(act.fields)
    for spec in INSTRUMENTS[act.instrument].fields:
        said = told.get(spec.name)
        if spec.shape in {"line", "text"} and isinstance(said, str):
            told[spec.name] = dress(spec.most, said)
    return told


# Codes that the rules read, and names of files.
CODED = frozenset({"when", "file"})


def rewritten(value: Any, dress: Dress) -> Any:  # noqa: ANN401 - any part of a scenario
    """Return a scenario, or a part of one, with all that is prose written otherwise."""
    hints = get_type_hints(type(value), include_extras=True)
    changes = {
        one.name: _rewritten(hints[one.name], getattr(value, one.name), dress)
        for one in fields(value)
        if one.name not in CODED
    }
    return replace(value, **changes)


def _rewritten(hint: object, value: Any, dress: Dress) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, str):
        most = bound(hint)
        return dress(most, value) if most >= SHORTEST and value else value
    if isinstance(value, tuple):
        inner = next(iter(get_args(hint)), hint)
        if get_origin(hint) is Annotated:
            inner = next(iter(get_args(inner)), inner)
        return tuple(_rewritten(inner, one, dress) for one in value)
    if isinstance(value, dict):
        return {key: _rewritten(None, one, dress) for key, one in value.items()}
    return rewritten(value, dress) if is_dataclass(value) else value


def payload(command: c.WireCommand) -> dict[str, Json]:
    """Return a command as a client sends it."""
    told = {
        plain_name(one.name): getattr(command, one.name)
        for one in fields(command)
        if getattr(command, one.name) is not None
    }
    wire: dict[str, Json] = json.loads(json.dumps({"id": str(uuid4()), **told}))
    return wire


@dataclass
class Told(Story):
    """The story as it is played on a stage, by people at their browsers."""

    stage: Stage = None  # type: ignore[assignment]  # a dataclass after one with defaults
    clock: HandClock = field(default_factory=HandClock)
    dress: Dress = lambda _most, said: said
    people: dict[str, Browser] = field(default_factory=dict)
    payloads: list[tuple[str, Json]] = field(default_factory=list)
    # Told of each line before it is said: who is to say it, and what.
    before: Callable[[str, Json], object] = lambda _by, _line: None

    def do(self, command: c.Command, by: str = SYSTEM) -> tuple[e.Event, ...]:
        self.clock.wall_ms = self.wall_ms
        before = len(self.entries)
        if isinstance(command, c.Join):
            self._seat(command)
        # The writer seals by itself, and what is taken out could show nothing.
        elif not isinstance(command, c.Seal | c.Redact):
            self._say(dressed(self._named(command), self.dress), by)
        self.look()
        return tuple(one.event for one in self.entries[before:])

    def _seat(self, join: c.Join) -> None:
        browser, name = self.stage.browser(), self.dress(80, join.name or "Somebody")
        code = self.stage.code(join.delegation) if join.delegation else ""
        enrol = self.stage.ground.enrol
        token = "" if code else enrol.link(self.stage.exercise, join.role)
        path = f"/j/{code}" if code else f"/link/{token}"
        browser.get(path)
        answer = browser.post(path, name=name, seat=join.seat)
        assert answer.status_code == 303, answer.text
        held = self.stage.ground.directory.memberships(browser.token)
        browser.member = held[-1].member
        self.people[join.member] = browser

    def drafts(self, by: str, text: str) -> None:
        """Let somebody begin to write, and not send it."""
        draft = {"type": "draft", "key": "reply", "text": self.dress(8000, text)}
        sender = Sender(self.stage.exercise, self.people[by].member, "en")
        answer = self.stage.services.intake.take(sender, {"id": str(uuid4()), **draft})
        assert answer is not None
        assert answer[0]["ok"], answer[0]

    def _named(self, command: c.Command) -> c.Command:
        """Return a command that names this telling's people and entries."""
        changes: dict[str, Any] = {}
        for name in ("member", "entry", "second"):
            told = getattr(command, name, None)
            if isinstance(told, str):
                changes[name] = self._id(told)
        if hasattr(command, "entries"):
            changes["entries"] = tuple(self._id(one) for one in command.entries)
        return replace(command, **changes)

    def _id(self, told: str) -> str:
        if told in self.people:
            return self.people[told].member
        return self.last("act_issued").id if told == "e20" else told

    def _say(self, command: c.Command, by: str) -> None:
        exercise = self.stage.exercise
        if by == SYSTEM:
            request = Request(SYSTEM, str(uuid4()), command)
            outcome = self.stage.ground.conduct.submit(exercise, request)
            assert isinstance(outcome, Ack), (command, outcome)
            return
        told = payload(command)  # type: ignore[arg-type]  # only time does the others
        self.before(by, told)
        sender = Sender(exercise, self.people[by].member, "en")
        answer = self.stage.services.intake.take(sender, told)
        assert answer is not None
        assert answer[0]["ok"], (told, answer[0])
        self.payloads.append((by, told))

    def look(self) -> None:
        exercise, codec = self.stage.exercise, self.stage.ground.codec
        self.state = self.stage.ground.conduct.writer(exercise).view()
        kept = self.stage.timeline.after(exercise, 0, 10_000)
        found = [recorded(one.entry, codec) for one in kept]
        self.entries = [one for one in found if one is not None]


@contextmanager
def told(
    dress: Dress, scenario: Scenario | None = None, store: Store | None = None
) -> Iterator[Told]:
    """Seat everybody on a site of its own; `go` tells the story."""
    written = scenario or grand.a_grand_scenario()
    clock = HandClock(STARTEX)
    with a_stage(written, flood=False, clock=clock, store=store) as stage:
        story = Told(written, stage=stage, clock=clock, dress=dress)
        for name, role in zip(NAMES, STAFF, strict=True):
            story.do(c.Join(member=name, role=role, name=name))  # type: ignore[arg-type]  # a role
        for one in written.delegations:
            id_ = one.id.lower()
            join = c.Join(
                member=id_, role="delegate", delegation=one.id, seat="lead", name=id_
            )
            story.do(join)
        room = stage.browser()
        room.get(f"/room/{stage.opened.room}")
        story.people["room"] = room
        yield story


def go(story: Told) -> Told:
    """Let the whole story happen, with a draft that was never sent."""
    story.do(c.Start(), "fac")
    improvised = c.AdHocInject(
        title="A guest", body="At the door.", channel="wire", audience="public"
    )
    story.do(improvised, "fac")
    story.drafts("ves", "Not sent yet.")
    grand.tell(story)
    return story
