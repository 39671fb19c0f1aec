"""An exercise goes to another database and back with the same record."""

from dataclasses import replace
from pathlib import Path

import pytest

from exercise.adapters.database import Database, open_database
from exercise.adapters.move import NotMoved, move
from exercise.adapters.proof import verify
from exercise.adapters.record import record_lines
from exercise.adapters.schema import signing_key, upgrade
from exercise.adapters.timeline import SqlTimeline
from exercise.domain.commands import AdHocInject, End, Note
from exercise.service.conduct import Conductor
from tests.adapters.conftest import on
from tests.adapters.stand import EXERCISE, Stand

NEWS = AdHocInject(title="News", body="Cranes stop.", channel="wire", audience="all")


def fresh(file: Path) -> Database:
    database = open_database(f"sqlite:///{file}")
    upgrade(database)
    return database


def signed_by_its_database(stand: Stand, database: Database) -> Stand:
    stand.ports = replace(stand.ports, signer=signing_key(database))
    stand.conductor = Conductor(stand.exercise, stand.ports)
    return stand


def played(
    database: Database,
    *,
    ended: bool = True,
    hours: int = 1,
    key: Database | None = None,
) -> None:
    stand = signed_by_its_database(Stand(on(database).timeline), key or database)
    stand.running().later(hours * 3_600_000)
    stand.does("fac", NEWS)
    if ended:
        stand.does("fac", End(confirm="END"))


def record(database: Database) -> list[bytes]:
    return list(record_lines(SqlTimeline(database), EXERCISE, signing_key(database)))


def test_there_and_back_the_record_is_the_same(
    database: Database, tmp_path: Path
) -> None:
    other = fresh(tmp_path / "other.db")
    played(other)
    before = record(other)
    entries = move(other, database, EXERCISE)
    assert record(database) == before
    assert entries == len(before) - 2
    assert not SqlTimeline(other).exercises()
    move(database, other, EXERCISE)
    assert record(other) == before
    assert not SqlTimeline(database).exercises()
    other.close()


def test_what_was_moved_goes_on_and_proves_itself(
    sqlite: Database, tmp_path: Path
) -> None:
    played(sqlite)
    other = fresh(tmp_path / "other.db")
    entries = move(sqlite, other, EXERCISE)
    moved = signed_by_its_database(Stand(SqlTimeline(other)), other)
    moved.conductor.refresh()
    moved.does("fac", Note(text="The record lives elsewhere now."))
    verdict = verify(record(other))
    assert verdict.ok, verdict
    assert verdict.head_seq == entries + 1
    other.close()


def test_a_running_exercise_stays_where_it_is(sqlite: Database, tmp_path: Path) -> None:
    played(sqlite, ended=False)
    other = fresh(tmp_path / "other.db")
    with pytest.raises(NotMoved, match="pause"):
        move(sqlite, other, EXERCISE)
    assert SqlTimeline(sqlite).exercises()
    other.close()


def test_a_database_with_other_exercises_keeps_its_key(
    sqlite: Database, tmp_path: Path
) -> None:
    played(sqlite)
    other = fresh(tmp_path / "other.db")
    Stand(SqlTimeline(other), exercise="another").running()
    with pytest.raises(NotMoved, match="key"):
        move(sqlite, other, EXERCISE)
    assert SqlTimeline(sqlite).exercises()
    other.close()


def test_a_move_that_was_cut_short_is_finished(
    sqlite: Database, tmp_path: Path
) -> None:
    played(sqlite)
    before = record(sqlite)
    other, again = fresh(tmp_path / "other.db"), fresh(tmp_path / "again.db")
    move(sqlite, other, EXERCISE)
    move(other, again, EXERCISE)
    # The copy was made, and the deletion was not: both hold it.
    played(sqlite, key=other)
    move(sqlite, again, EXERCISE)
    assert record(again) == before
    assert not SqlTimeline(sqlite).exercises()
    other.close()
    again.close()


def test_another_history_of_it_is_not_overwritten(
    sqlite: Database, tmp_path: Path
) -> None:
    played(sqlite)
    other = fresh(tmp_path / "other.db")
    played(other, hours=2)
    with pytest.raises(NotMoved, match="another history"):
        move(sqlite, other, EXERCISE)
    assert SqlTimeline(sqlite).exercises()
    other.close()


def test_an_exercise_that_is_not_there_is_named(
    sqlite: Database, tmp_path: Path
) -> None:
    other = fresh(tmp_path / "other.db")
    with pytest.raises(KeyError, match="nothing"):
        move(sqlite, other, "nothing")
    other.close()
