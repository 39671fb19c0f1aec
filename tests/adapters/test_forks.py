"""What if, on a server: a fork that is kept is a run of its own, whole and proven."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exercise.adapters.codec import EventCodec
from exercise.adapters.database import open_database
from exercise.adapters.forks import Forks, NotForked
from exercise.adapters.ports_real import RandomIds, RandomSalts, SystemClock
from exercise.adapters.proof.verifier import verify
from exercise.adapters.record import read_record, record_lines
from exercise.adapters.schema import signing_key, upgrade
from exercise.adapters.timeline import SqlTimeline
from exercise.domain.events import ExerciseOpened
from exercise.domain.moment import Recorded
from exercise.engine import jobs
from exercise.offline.forking import fork_record
from exercise.offline.rehearsing import Played, rehearse
from exercise.service.conduct import NewExercise
from exercise.service.ports import Ports
from exercise.service.review import keep
from tests.builders import MINUTE, a_scenario
from tests.conftest import ROOT
from tests.random_runs import scenario


@pytest.fixture
def ports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ports]:
    monkeypatch.chdir(ROOT)
    database = open_database(f"sqlite:///{tmp_path / 'forks.db'}")
    upgrade(database)
    yield Ports(
        SqlTimeline(database),
        EventCodec(),
        SystemClock(),
        RandomIds(),
        RandomSalts(),
        signing_key(database),
    )
    database.close()


@pytest.fixture
def played(ports: Ports) -> Played:
    return rehearse(a_scenario(), timeline=ports.timeline)


def told(entries: tuple[Recorded, ...]) -> list[tuple[str, object]]:
    return [(one.id, one.event) for one in entries if one.event.KIND != "checkpoint"]


def test_a_kept_fork_holds_what_the_fork_held_and_verifies(
    ports: Ports, played: Played
) -> None:
    rests: list[int] = []
    fork = Forks(ports, jobs.run, lambda: rests.append(1))
    made = fork(played.exercise, 20 * MINUTE, "silent")
    lines = list(record_lines(ports.timeline, made, ports.signer))
    assert verify(lines).ok
    record = read_record(lines)
    source = record_lines(ports.timeline, played.exercise, ports.signer)
    expected = fork_record(read_record(source), 20 * MINUTE, robots="silent")
    assert told(record.entries) == told(read_record(expected.record).entries)
    assert record.rehearsal is not None
    assert record.rehearsal["fork_of"] == played.exercise
    assert record.rehearsal["fork_at_ms"] == 20 * MINUTE
    assert len(rests) > 2


def test_a_kept_fork_has_ended_and_leaves_its_source_as_it_was(
    ports: Ports, played: Played
) -> None:
    before = list(record_lines(ports.timeline, played.exercise, ports.signer))
    made = Forks(ports, jobs.run, lambda: None)(
        played.exercise, 5 * MINUTE, "cooperative"
    )
    known = {one.exercise: one.status for one in ports.timeline.exercises()}
    assert known[made] == "ended"
    after = list(record_lines(ports.timeline, played.exercise, ports.signer))
    assert before[:-1] == after[:-1]


@pytest.mark.parametrize("at_ms", [10 * 60 * MINUTE])
def test_where_nothing_is_left_to_play_nothing_is_kept(
    ports: Ports, played: Played, at_ms: int
) -> None:
    with pytest.raises(NotForked):
        Forks(ports, jobs.run, lambda: None)(played.exercise, at_ms, "silent")
    assert len(list(ports.timeline.exercises())) == 1


def test_an_inject_that_several_groups_read_may_be_parted_by_a_transaction(
    ports: Ports,
) -> None:
    played = rehearse(scenario("quiet-harbour"))
    record = read_record(played.record)
    opened = record.entries[0].event
    assert isinstance(opened, ExerciseOpened)
    plan = NewExercise("kept", "Kept", opened.scenario, record.scenario_sha256, 0)
    keep(record.entries, plan, ports, lambda: None, at_once=1)
    lines = list(record_lines(ports.timeline, "kept", ports.signer))
    assert verify(lines).ok
    assert told(read_record(lines).entries) == told(record.entries)
