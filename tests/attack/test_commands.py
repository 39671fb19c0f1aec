"""Payloads of every sort through the wire to a conductor: refused, or kept whole."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercise.adapters.codec import EventCodec
from exercise.adapters.database import Database, open_database
from exercise.adapters.purge import purge_exercise
from exercise.adapters.schema import upgrade
from exercise.adapters.timeline import SqlTimeline
from exercise.domain.chain import canonical
from exercise.domain.commands import WIRE_TYPES, End, Start, Survey
from exercise.service.conduct.conductor import FAILED
from exercise.service.ports import Timeline
from exercise.service.requests import Ack, Refusal, Request
from exercise.web import strict_json, wire
from exercise.web.refusals import sentence
from tests import many
from tests.adapters.stand import Stand, in_memory
from tests.attack.conftest import Tally
from tests.attack.telling import go, told

pytestmark = pytest.mark.attack
CORPUS = "commands"

Json: TypeAlias = Any

A_RUN = 24
RUNS = many(short=50, full=4_200)
PEOPLE = {
    "orl": ("delegate", "ORL"),
    "hga": ("delegate", "HGA"),
    "fac2": ("facilitator", ""),
    "eva": ("evaluator", ""),
    "tra": ("trainer", ""),
}
MEMBERS = ("fac", "ves", "kas", "nobody", *PEOPLE)
FORGED = ("actor", "author", "delegation_of", "team", "role", "seq", "at_ms", "wall")
ODD = (
    None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, 2**64, -(2**63), 10**400, 0.5,
    float("nan"), float("inf"), "", " ", "\x00", "a\x00b", "\ud800", "\udfff", "\u202e",
    "\u2066x", "\ufeff", "\u0000", "é", "e\u0301", "\U0001d518", "\U0010ffff", "x" * 65,
    "x" * 9_000, "x" * 70_000, "VES", "KAS", "all", "public", "room", "facilitators",
    "system", "blackout", "beacon", "session", "spare", "loader", "P1", "talk", "END",
    "T+0:10", "T+9:99", "T+999999:00", "-1", "1", "null", "[]", [], {}, [[]], [None],
    ["VES"], ["VES", "VES"], ["x"] * 65, {"a": 1}, {"": ""}, {"a\x00": 1},
    {"organ": 100}, {"organ": 101}, {"organ": -1, "proxy": 101}, {"organ": 50.5},
    {"__proto__": 1}, {"type": "start"}, {"é": "é"},
)  # fmt: skip

odd = st.sampled_from(ODD) | st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


@dataclass(frozen=True)
class Script:
    """What the grand story's people sent, and the kind of each entry they name."""

    lines: tuple[tuple[str, Json], ...]
    kinds: dict[str, str]


@cache
def script() -> Script:
    with told(lambda _most, said: said) as story:
        sent = list(go(story).payloads)
        kinds = {one.id: one.event.KIND for one in story.entries}
    spoken = {one["type"] for _, one in sent}
    bare = [("fac", {"type": kind}) for kind in WIRE_TYPES if kind not in spoken]
    return Script(tuple(sent + bare), kinds)


def valid() -> list[Json]:
    """Return one valid command after another, as the grand story sends them."""
    return [one for _, one in script().lines]


@st.composite
def lines(draw: Callable[..., Any]) -> tuple[str, Json]:
    """Draw who sends what: a line of the story, changed a little, or anything."""
    by, line = draw(st.sampled_from(script().lines))
    if draw(st.integers(0, 4)) == 0:
        by = draw(st.sampled_from(MEMBERS))
    payload: Json = copy.deepcopy(line)
    for _ in range(draw(st.sampled_from((0, 0, 0, 1, 1, 2)))):
        _change(payload, draw)
    if draw(st.integers(0, 9)) == 0:
        payload = draw(odd)
    elif draw(st.integers(0, 3)):
        # Some ids come twice, so that one command follows another under the same id.
        payload["id"] = str(UUID(int=draw(st.integers(0, 9) | st.integers(0, 2**100))))
    return by, payload


def _change(payload: dict[str, Json], draw: Callable[..., Any]) -> None:
    key = draw(st.sampled_from(sorted(payload)))
    match draw(st.integers(0, 5)):
        case 0:
            del payload[key]
        case 1:
            payload[draw(st.sampled_from(FORGED) | st.text(max_size=8))] = draw(odd)
        case 2 if isinstance(payload[key], dict) and payload[key]:
            inner = draw(st.sampled_from(sorted(payload[key])))
            payload[key][inner] = draw(odd)
        case 3 if isinstance(payload[key], list):
            payload[key].append(draw(odd))
        case 4:
            payload["type"] = draw(st.sampled_from(sorted(WIRE_TYPES)))
        case _:
            payload[key] = draw(odd)
    if not payload:
        payload["type"] = "start"


runs = st.lists(lines(), min_size=A_RUN, max_size=A_RUN)


def crowded(timeline: Timeline) -> Stand:
    """Return a running exercise with everybody of the story in it."""
    stand = Stand(timeline).opened()
    for member, (role, delegation) in PEOPLE.items():
        stand.join(member, role, delegation)
    stand.does("fac", Start())
    return stand


def here(value: Json, stand: Stand) -> Json:
    """Return a value that names this exercise's entries where it named the story's."""
    if isinstance(value, dict):
        return {key: here(one, stand) for key, one in value.items()}
    if isinstance(value, list):
        return [here(one, stand) for one in value]
    kind = script().kinds.get(value) if isinstance(value, str) else None
    if kind is None:
        return value
    kept = reversed(stand.timeline.after(stand.exercise, 0, 10_000))
    return next((one.entry.id for one in kept if one.entry.kind == kind), value)


def spoken(stand: Stand, run: list[tuple[str, Json]]) -> Iterator[str]:
    """Send each payload as a member, and yield what became of it."""
    for member, payload in run:
        try:
            id_, command = wire.read(here(payload, stand))
        except wire.Malformed as no:
            yield "malformed" if sentence(no.refusal, "en") else "speechless"
            continue
        if isinstance(command, wire.DraftSaved):
            yield "draft"
            continue
        (outcome,) = stand.run(Request(member, id_, command))
        if isinstance(outcome, Refusal):
            assert outcome != FAILED, payload
            assert sentence(outcome, "en")
            yield "refused"
            continue
        assert isinstance(outcome, Ack), outcome
        assert member != "nobody", payload
        yield "accepted"


def readable(stand: Stand) -> int:
    """Hold everything kept to be valid JSON that reads as it was written."""
    codec, kept = EventCodec(), 0
    for sealed in stand.timeline.after(stand.exercise, 0, 10_000):
        entry = sealed.entry
        assert entry.body is not None
        assert strict_json.loads(entry.body) == json.loads(entry.body, **STRICT)
        event = codec.decode(entry.kind, entry.version, entry.body)
        assert canonical(codec.encode(event)[2]).decode() == entry.body
        kept += 1
    return kept


def _never(text: str) -> None:
    raise AssertionError(text)


# No NaN, no fraction: neither belongs into a record.
STRICT: dict[str, Any] = {"parse_constant": _never, "parse_float": _never}


def unbroken(stand: Stand) -> None:
    """Hold the state that was carried on to be the one that is read from the start."""
    other = stand.another_writer()
    assert other.refresh() == stand.state


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    file = tmp_path_factory.mktemp("commands") / "detente.db"
    made = open_database(f"sqlite:///{file}")
    upgrade(made)
    yield made
    made.close()


@settings(
    max_examples=RUNS,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(run=runs)
def test_whatever_is_sent_is_refused_or_kept_whole(
    run: list[tuple[str, Json]], tally: Tally
) -> None:
    stand = crowded(in_memory().timeline)
    for became in spoken(stand, run):
        assert became != "speechless"
        tally.add(became)
    tally.became["entries read again"] += readable(stand)
    unbroken(stand)


@settings(
    max_examples=RUNS // 6,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(run=runs)
def test_memory_and_sqlite_keep_the_same(
    run: list[tuple[str, Json]], database: Database, tally: Tally
) -> None:
    near = crowded(in_memory().timeline)
    far = crowded(SqlTimeline(database))
    try:
        assert list(spoken(near, run)) == list(spoken(far, run))
        kept = [stand.timeline.after("ex", 0, 10_000) for stand in (near, far)]
        assert kept[0] == kept[1]
        readable(far)
        unbroken(far)
    finally:
        purge_exercise(database, "ex")
    tally.add("on both stores alike", len(run))


@pytest.mark.parametrize("forged", FORGED)
def test_nobody_says_who_they_are_in_a_command(forged: str) -> None:
    for payload in valid():
        for value in ("fac", "VES", 1, None, {}):
            with pytest.raises(wire.Malformed) as no:
                wire.read({**payload, "id": str(UUID(int=1)), forged: value})
            if set(payload) > {"type", "id"}:
                assert no.value.refusal.field == forged


def test_a_real_story_is_taken_as_it_is() -> None:
    """What is changed above is accepted while it is not."""
    assert {wire.read(one)[1].type for one in valid() if "id" in one} <= set(WIRE_TYPES)


@pytest.mark.parametrize("first", [True, False])
def test_what_the_record_cannot_hold_is_refused_under_a_used_id_too(
    *, first: bool
) -> None:
    stand = crowded(in_memory().timeline)
    fine, strange = Survey(answers={"useful": "yes"}), Survey(answers={"é": "yes"})
    stand.does("fac", End(confirm="END"))
    if first:
        stand.kept(stand.request("ves", fine, "one id"))
    head = stand.conductor.head
    assert stand.refused(stand.request("ves", strange, "one id")) != FAILED
    assert stand.conductor.head == head
