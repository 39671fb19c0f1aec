"""A planted violation is found under its own name; a clean run has none."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

import pytest
from hypothesis import given

from exercise.adapters.database import Database
from exercise.adapters.memory import MemoryTimeline
from exercise.adapters.promises import (
    PROMISES,
    Acked,
    Away,
    Sent,
    View,
    Witness,
    stored_in,
    verify_exercise,
)
from exercise.adapters.schema import signing_key
from exercise.adapters.timeline import SqlTimeline
from exercise.domain.commands import Act, Note, Pause, Redact, Revoke
from exercise.domain.events import (
    ActIssued,
    InjectReleased,
    NoteWritten,
    PhaseBegan,
)
from exercise.domain.moment import SYSTEM
from exercise.service.requests import Request
from tests.adapters.plant import Plant
from tests.adapters.stand import EXERCISE, Stand
from tests.adapters.test_timeline_properties import STEPS
from tests.builders import an_inject
from tests.domain.small import a_scenario

SECRET = "The cable was cut by nobody we know, and the harbour is shut"
SPARE = an_inject("sealed", 50, "VES", release="manual", body=SECRET)
SAID = Sent("ves", "said", "said 1.")

Planting: TypeAlias = Callable[[Plant], None]


def an_act(text: str) -> ActIssued:
    return ActIssued(
        instrument="private_demarche",
        to=("KAS",),
        public=False,
        rung=1,
        fields={"subject": "Said", "text": text},
    )


def a_phase() -> PhaseBegan:
    return PhaseBegan(phase="two", title="Two", number=2, of=2, ends_ms=3_600_000)


def released(inject: str, *to: str) -> InjectReleased:
    return InjectReleased(
        inject=inject, number="1", title="Again", body="Again", channel="wire", to=to
    )


@pytest.fixture
def plant(database: Database) -> Plant:
    scenario = a_scenario()
    scenario = a_scenario(injects=(*scenario.injects, SPARE))
    stand = Stand(SqlTimeline(database), scenario)
    stand.ports = replace(stand.ports, signer=signing_key(database))
    stand.conductor = stand.another_writer()
    stand.running()
    stand.join("fac2", "facilitator")
    stand.later(200_000)
    stand.kept(stand.request("ves", said(), "said"))
    stand.kept(stand.request("fac", Note(text="Kept."), "note"))
    stand.does("fac", Revoke(member="fac2", reason="Left"))
    stand.does("fac", Pause())
    return Plant(stand, database)


def said() -> Act:
    words = {"subject": "Said", "text": SAID.text, "asked": "Stop."}
    return Act(instrument="private_demarche", to=("KAS",), fields=words)


PLANTED: dict[str, Planting] = {
    "I1": lambda plant: plant.other_position("note"),
    "I2": lambda plant: plant.second_answer("note"),
    "I3": lambda plant: plant.head_further("KAS"),
    "I4": lambda plant: plant.entry(an_act("x"), "ves", without=("KAS",)),
    "I5": lambda plant: plant.entry(NoteWritten(text="x"), "fac", beside=("KAS",)),
    "I6": lambda plant: plant.entry(an_act(f"They say: {SECRET}."), "ves"),
    "I7": lambda plant: plant.entry(released("ping", "VES"), "fac"),
    "I8": lambda plant: plant.other_words("note_written", '{"text":"Changed."}'),
    "I10": lambda plant: plant.entry(NoteWritten(text="x"), "fac2"),
    "I11": lambda plant: plant.entry(a_phase(), SYSTEM),
    "I12": lambda plant: plant.entry(NoteWritten(text="x"), "fac", strange=True),
}


def broken(plant: Plant, witness: Witness | None = None) -> set[str]:
    found = verify_exercise(plant.stored, witness or Witness())
    assert all(one.exercise == EXERCISE and one.expected for one in found)
    return {one.invariant for one in found}


def seen(plant: Plant, client: str, member: str, audience: str, raw: str = "") -> View:
    entries = plant.stored.streams[audience]
    return View(client, member, audience, entries, raw)


def witness_of(plant: Plant) -> Witness:
    """Return what honest clients of this exercise have seen."""
    ack = next(one.ack for one in plant.stored.answers if one.id == "said")
    return Witness(
        sent=(SAID,),
        acked=(Acked(SAID, ack.id, ack.position, 5),),
        views=(
            seen(plant, "a", "ves", "VES", "42 said 1."),
            seen(plant, "b", "kas", "KAS", "42 said 1."),
            seen(plant, "c", "fac", "facilitators", "42 said 1."),
        ),
        marks=r"said \d+\.",
    )


def test_a_clean_run_keeps_every_promise(plant: Plant) -> None:
    assert verify_exercise(plant.stored) == []
    assert verify_exercise(plant.stored, witness_of(plant)) == []


def test_a_redaction_breaks_no_promise(plant: Plant) -> None:
    named = next(
        o.entry for o in plant.stored.entries if o.entry.kind == "member_named"
    )
    plant.stand.does(SYSTEM, Redact(entry=named.id, reason="asked for"))
    assert verify_exercise(plant.stored) == []


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_in_the_store_is_found(plant: Plant, name: str) -> None:
    PLANTED[name](plant)
    assert broken(plant) == {name}


def less(_plant: Plant, clean: Witness) -> Witness:
    ves, *others = clean.views
    return replace(clean, views=(replace(ves, entries=ves.entries[:-1]), *others))


def overheard(plant: Plant, clean: Witness) -> Witness:
    other = seen(plant, "d", "orl", "ORL", "42 said 1.")
    return replace(clean, views=(*clean.views, other))


def early(_plant: Plant, clean: Witness) -> Witness:
    ves, *others = clean.views
    return replace(clean, views=(replace(ves, raw=f"42 {SECRET}"), *others))


def late(plant: Plant, clean: Witness) -> Witness:
    return replace(
        clean, views=(*clean.views, seen(plant, "d", "fac2", "facilitators"))
    )


def more_acked(_plant: Plant, clean: Witness, acked: Acked) -> Witness:
    return replace(clean, acked=(*clean.acked, acked))


SEEN: dict[str, Callable[[Plant, Witness], Witness]] = {
    "I1": lambda plant, clean: more_acked(
        plant, clean, Acked(Sent("ves", "lost"), "gone", 9)
    ),
    "I2": lambda plant, clean: more_acked(
        plant, clean, replace(clean.acked[0], position=99)
    ),
    "I4": less,
    "I5": overheard,
    "I6": early,
    "I7": lambda plant, clean: more_acked(
        plant, clean, replace(clean.acked[0], sent=replace(SAID, release="sealed"))
    ),
    "I9": lambda _, clean: replace(clean, away=(Away(1, 9),)),
    "I10": late,
    "I12": lambda _, clean: replace(clean, failures=1),
}


@pytest.mark.parametrize("name", SEEN)
def test_what_a_client_saw_wrong_is_found(plant: Plant, name: str) -> None:
    assert broken(plant, SEEN[name](plant, witness_of(plant))) == {name}


@pytest.mark.parametrize(("text", "found"), [("said 1.", set()), ("said 2.", {"I5"})])
def test_what_reached_one_sent_out_may_be_from_before_that(
    plant: Plant, text: str, found: set[str]
) -> None:
    """It need not be on a screen; what came later is nobody's who was out then."""
    plant.stand.does("fac", Note(text="said 2."))
    clean = witness_of(plant)
    out = View("d", "fac2", "facilitators", (), f"42 {text}", whole=False)
    assert broken(plant, replace(clean, views=(*clean.views, out))) == found


def test_every_promise_has_a_planted_violation() -> None:
    assert {*PLANTED, *SEEN} == set(PROMISES)


@given(STEPS)
def test_whatever_people_do_every_promise_holds(
    steps: list[tuple[int, int, list[Request]]],
) -> None:
    timeline = MemoryTimeline()
    stand = Stand(timeline).running()
    writers = [stand.conductor, stand.another_writer()]
    for wall_ms, who, group in steps:
        stand.clock.wall_ms += wall_ms
        writers[who].run(group)
    stored = stored_in(timeline, EXERCISE, stand.ports.signer)
    assert verify_exercise(stored, Witness(views=_all_views(stored.streams))) == []


def _all_views(streams: Mapping[str, tuple[str, ...]]) -> tuple[View, ...]:
    return tuple(View(one, one, one, ids) for one, ids in streams.items())
