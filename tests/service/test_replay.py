"""A record looked at again: every moment as it was, and what might have been."""

from dataclasses import dataclass
from random import Random

import pytest

from exercise.adapters.codec import EventCodec, scenario_sha256
from exercise.adapters.derived import (
    DerivedIds,
    DerivedSalts,
    derived_signer,
    root_secret,
)
from exercise.adapters.memory import MemoryTimeline
from exercise.adapters.proof.verifier import verify
from exercise.adapters.record import Record, read_record, record_lines
from exercise.domain import events as e
from exercise.domain.commands import Pause
from exercise.domain.identity import EVALUATORS, FACILITATORS, OBSERVERS, ROOM
from exercise.domain.moment import Recorded
from exercise.domain.scenario import Scenario
from exercise.domain.wall import from_iso
from exercise.offline.records import score
from exercise.offline.rehearsing import OPENED
from exercise.service.ports import Ports
from exercise.service.rehearse import Part, Rehearsal, SimulatedClock
from exercise.service.review import (
    NothingToPlay,
    fork,
    page_at,
    state_at,
)
from exercise.service.robots import assigned
from tests.builders import MINUTE, a_scenario

HOUR = 60 * MINUTE


@dataclass(frozen=True)
class Stand:
    """Everything one exercise is played with."""

    part: Part
    ports: Ports
    clock: SimulatedClock
    timeline: MemoryTimeline

    def record(self) -> Record:
        return read_record(self.lines())

    def lines(self) -> list[bytes]:
        return list(record_lines(self.timeline, self.part.exercise, self.ports.signer))


def a_stand(robots: str = "cooperative", label: str = "") -> Stand:
    scenario = a_scenario()
    secret = root_secret(1, scenario_sha256(scenario), robots + label)
    clock, timeline = SimulatedClock(from_iso(OPENED)), MemoryTimeline()
    ids, salts, signer = (
        DerivedIds(secret),
        DerivedSalts(secret),
        derived_signer(secret),
    )
    part = Part(
        exercise=ids.new("exercise"),
        title="Replay",
        scenario=scenario,
        scenario_sha256=scenario_sha256(scenario),
        policies=assigned(robots, scenario),
        seed=1,
        rehearsal={"seed": 1, "robots": robots},
    )
    return Stand(
        part, Ports(timeline, EventCodec(), clock, ids, salts, signer), clock, timeline
    )


def audiences(scenario: Scenario) -> list[str]:
    desks = [FACILITATORS, EVALUATORS, OBSERVERS, ROOM]
    return [*scenario.delegation_ids, *desks]


@pytest.fixture(scope="module")
def finished() -> Record:
    stand = a_stand()
    Rehearsal(stand.part, stand.ports, stand.clock).whole(from_iso(OPENED))
    return stand.record()


# --- Any moment, from any place -------------------------------------------------


def test_a_page_at_a_random_moment_is_what_was_shown_then() -> None:
    """A hundred looks while it is played, each repeated from the finished record."""
    stand, draws = a_stand(), Random(7)  # noqa: S311 - moments, no secrets
    moments = sorted(draws.randrange(HOUR) for _ in range(100))
    rehearsal = Rehearsal(stand.part, stand.ports, stand.clock)
    rehearsal.open(from_iso(OPENED))
    shown: list[tuple[int, str, list[str]]] = []
    for at_ms in moments:
        rehearsal.play(at_ms)
        audience = draws.choice(audiences(stand.part.scenario))
        page = stand.timeline.page(stand.part.exercise, audience, limit=10_000)
        shown.append((at_ms, audience, [one.id for one in page]))
    rehearsal.play(HOUR)
    rehearsal.end()
    entries = stand.record().entries
    assert len({len(page) for _, _, page in shown}) > 20
    for at_ms, audience, page in shown:
        again = page_at(entries, audience, at_ms=at_ms)
        assert [one.id for one in again] == page, (at_ms, audience)


def test_a_page_up_to_a_position_is_the_prefix_of_the_stream(finished: Record) -> None:
    draws = Random(11)  # noqa: S311 - positions, no secrets
    scenario = a_scenario()
    for _ in range(100):
        audience = draws.choice(audiences(scenario))
        stream = [one for one in finished.entries if audience in one.audience]
        position = draws.randrange(len(stream) + 2)
        page = page_at(finished.entries, audience, position=position)
        assert list(page) == stream[:position]
        if page:
            whole = page_at(finished.entries, audience, at_ms=page[-1].at_ms)
            assert whole[: len(page)] == page


def test_a_look_shows_nobody_what_was_not_theirs(finished: Record) -> None:
    for audience in audiences(a_scenario()):
        page = page_at(finished.entries, audience)
        assert all(audience in one.audience for one in page)
    everything = page_at(finished.entries, FACILITATORS)
    assert everything == finished.entries


def test_before_the_beginning_there_is_nothing(finished: Record) -> None:
    assert page_at(finished.entries, "VES", at_ms=-1) == ()
    assert page_at(finished.entries, "VES", position=-3) == ()
    assert state_at(finished.entries, -1) is None


def test_the_state_at_a_moment_is_what_had_happened_by_then(finished: Record) -> None:
    early, late = (state_at(finished.entries, one) for one in (1, HOUR))
    assert early is not None
    assert late is not None
    assert (early.status, late.status) == ("running", "ended")
    assert len(early.released) < len(late.released)


# --- What if --------------------------------------------------------------------


def seq_at(record: Record, at_ms: int) -> int:
    return max(one.seq for one in record.entries if one.at_ms <= at_ms)


def played_on(record: Record, at_ms: int, robots: str) -> Stand:
    stand = a_stand(robots, label="/what-if")
    forked = fork(
        record.entries, seq_at(record, at_ms), stand.part, stand.ports, stand.clock
    )
    assert forked.refused == []
    forked.whole_rest()
    return stand


def told(entries: tuple[Recorded, ...]) -> list[tuple[str, int, str]]:
    kept = [one for one in entries if not isinstance(one.event, e.Checkpoint)]
    return [(one.id, one.at_ms, one.event.KIND) for one in kept]


def points(record: Record) -> float:
    found = score(record.entries).headline
    assert found is not None
    return found


def test_what_was_done_before_the_fork_stays_as_it_was(finished: Record) -> None:
    after = played_on(finished, 30 * MINUTE, "silent").record()
    past = told(tuple(one for one in finished.entries if one.at_ms <= 30 * MINUTE))
    assert told(after.entries)[: len(past)] == past


def test_a_fork_is_a_whole_record_of_its_own(finished: Record) -> None:
    stand = played_on(finished, 30 * MINUTE, "slow")
    verdict = verify(iter(stand.lines()))
    assert (verdict.ok, verdict.rehearsal) == (True, True)
    record = stand.record()
    assert record.exercise != finished.exercise
    assert [one.seq for one in record.entries] == list(range(1, record.head_seq + 1))
    assert isinstance(record.entries[-2].event, e.Ended)


def test_what_if_everybody_had_fallen_silent_from_there(finished: Record) -> None:
    whole = points(finished)
    at = [points(played_on(finished, m * MINUTE, "silent").record()) for m in (0, 30)]
    assert at[0] < at[1] < whole


def test_what_if_everybody_had_gone_on_just_as_well(finished: Record) -> None:
    again = points(played_on(finished, 30 * MINUTE, "cooperative").record())
    silent = points(played_on(finished, 30 * MINUTE, "silent").record())
    assert again > silent


def test_what_was_missed_before_the_fork_stays_missed() -> None:
    quiet = a_stand("silent")
    Rehearsal(quiet.part, quiet.ports, quiet.clock).whole(from_iso(OPENED))
    after = played_on(quiet.record(), 30 * MINUTE, "cooperative").record()
    did = [one for one in after.entries if isinstance(one.event, e.ActIssued)]
    assert did
    assert min(one.at_ms for one in did) >= 30 * MINUTE


def test_the_same_fork_twice_is_the_same_to_the_byte(finished: Record) -> None:
    once = played_on(finished, 20 * MINUTE, "escalating").lines()
    assert played_on(finished, 20 * MINUTE, "escalating").lines() == once


def test_a_fork_from_a_pause_goes_on() -> None:
    stand = a_stand()
    rehearsal = Rehearsal(stand.part, stand.ports, stand.clock)
    rehearsal.open(from_iso(OPENED))
    rehearsal.play(20 * MINUTE)
    rehearsal.asks(Pause())
    record = stand.record()
    after = played_on(record, 20 * MINUTE, "cooperative").record()
    kinds = [one.event.KIND for one in after.entries]
    assert kinds.index("resumed") > kinds.index("paused")
    assert kinds[-2:] == ["ended", "checkpoint"]


def test_after_endex_or_before_the_opening_there_is_nothing_to_play(
    finished: Record,
) -> None:
    stand = a_stand("silent", label="/what-if")
    for seq in (0, finished.head_seq):
        with pytest.raises(NothingToPlay):
            fork(finished.entries, seq, stand.part, stand.ports, stand.clock)
