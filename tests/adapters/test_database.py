"""The databases: durable settings, append-only tables, plans, failures."""

import json
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import DateTime, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from exercise.adapters.backup import NoBackup, back_up, broken, restore
from exercise.adapters.database import Database, open_database
from exercise.adapters.purge import purge_exercise
from exercise.adapters.record import record_lines
from exercise.adapters.rows import KNOWN_COMMANDS
from exercise.adapters.schema import is_current, signing_key, upgrade
from exercise.adapters.selfcheck import faults
from exercise.adapters.tables import (
    BODY,
    DELIVERY,
    ENTRY,
    EPOCH,
    EXERCISE,
    METADATA,
    OF_AN_EXERCISE,
)
from exercise.adapters.timeline import SqlTimeline
from exercise.domain.commands import Note
from exercise.service.ports import Taken, Unwritable
from exercise.service.requests import Ack, Unanswered
from tests.adapters.stand import EXERCISE as EX
from tests.adapters.stand import Stand, in_memory

# --- Schema ---------------------------------------------------------------------


def test_the_migrations_make_the_tables_we_use(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []


def test_upgrading_again_changes_nothing(database: Database) -> None:
    key, epoch = signing_key(database).key, SqlTimeline(database).epoch()
    upgrade(database)
    assert is_current(database)
    assert signing_key(database).key == key
    assert SqlTimeline(database).epoch() == epoch


def test_a_purge_knows_every_table_of_an_exercise() -> None:
    of_one = {one for one in METADATA.tables.values() if "exercise" in one.columns}
    assert of_one - {METADATA.tables["purge"]} == set(OF_AN_EXERCISE)


@pytest.mark.parametrize("table", [ENTRY, DELIVERY, BODY])
def test_what_is_on_the_record_is_never_changed(
    database: Database, table: object
) -> None:
    Stand(SqlTimeline(database)).running()
    change = update(table).values(seq=99)  # type: ignore[arg-type]  # a table
    with pytest.raises((DBAPIError, Taken)), database.write() as connection:
        connection.execute(change)
    assert not faults(database)


@pytest.mark.parametrize("table", [ENTRY, DELIVERY])
def test_what_is_on_the_record_is_never_deleted(
    database: Database, table: object
) -> None:
    Stand(SqlTimeline(database)).running()
    with database.write() as connection:
        connection.execute(delete(BODY))
    with pytest.raises((DBAPIError, Taken)), database.write() as connection:
        connection.execute(delete(table))  # type: ignore[arg-type]  # a table
    assert not faults(database)


@pytest.mark.services
def test_postgresql_does_not_empty_the_record_either(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    upgrade(database)
    with pytest.raises(DBAPIError, match="append-only"), database.write() as connection:
        connection.execute(text("TRUNCATE delivery"))
    database.close()


def test_a_purge_takes_one_exercise_whole_and_no_other(database: Database) -> None:
    timeline = SqlTimeline(database)
    Stand(timeline).running()
    other = replace(Stand(timeline), exercise="other").running()
    purge_exercise(database, EX)
    assert [one.exercise for one in timeline.exercises()] == ["other"]
    with database.read() as connection:
        for table in OF_AN_EXERCISE:
            rows = connection.execute(select(table.c.exercise)).scalars()
            assert set(rows) <= {"other"}
    assert other.does("fac", Note(text="Still here.")).id
    with pytest.raises(KeyError):
        purge_exercise(database, EX)
    assert not faults(database)


def test_no_column_holds_a_date_that_sqlite_would_rob_of_its_zone() -> None:
    columns = [one for table in METADATA.tables.values() for one in table.columns]
    assert not [one for one in columns if isinstance(one.type, DateTime)]


# --- SQLite's settings ------------------------------------------------------------


def test_an_ack_on_sqlite_is_on_the_disk(sqlite: Database) -> None:
    with sqlite.read() as connection:

        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2  # FULL
        assert pragma("foreign_keys") == 1
        # SQLite's own waiting would stop everybody: `begin` waits, in small steps.
        assert pragma("busy_timeout") == 10


def test_a_write_begins_immediate(sqlite: Database) -> None:
    with sqlite.write() as connection:
        rival = open_database(str(sqlite.engine.url))
        with rival.engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout=0")
            with pytest.raises(DBAPIError, match="locked"):
                other.exec_driver_sql("BEGIN IMMEDIATE")
        rival.close()
        assert connection.in_transaction()


def test_readers_do_not_wait_for_a_writer(sqlite: Database) -> None:
    stand = Stand(SqlTimeline(sqlite)).running()
    with sqlite.write():
        assert stand.timeline.head(EX).seq == stand.conductor.head.seq


def test_commands_are_looked_up_by_the_key(database: Database) -> None:
    Stand(SqlTimeline(database)).running()
    asked = json.dumps([("ves", f"id-{n}") for n in range(50)])
    with database.write() as connection:
        sql = KNOWN_COMMANDS[connection.dialect.name]
        explain = "EXPLAIN QUERY PLAN" if database.on_sqlite else "EXPLAIN"
        if not database.on_sqlite:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        query = text(f"{explain} {sql}")
        plan = str(connection.execute(query, {"of": EX, "asked": asked}).all())
    wanted = "PRIMARY KEY (exercise=? AND member=? AND id=?)"
    assert (wanted if database.on_sqlite else "pk_command") in plan, plan
    assert "SCAN c" not in plan


# --- When the store fails ---------------------------------------------------------


def test_a_full_disk_answers_nobody_and_loses_nothing(sqlite: Database) -> None:
    stand = Stand(SqlTimeline(sqlite)).running()
    with sqlite.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    sqlite.engine.dispose()

    def small(raw: object, _record: object) -> None:
        raw.execute(f"PRAGMA max_page_count={pages + 4}").close()  # type: ignore[attr-defined]  # the driver's

    from sqlalchemy import event

    event.listen(sqlite.engine, "connect", small)
    outcomes = [
        stand.run(stand.request("fac", Note(text="x" * 4000)))[0] for _ in range(12)
    ]
    acks = [one for one in outcomes if isinstance(one, Ack)]
    assert len(acks) < 12
    assert isinstance(outcomes[-1], Unanswered)
    assert not stand.conductor.writable
    event.remove(sqlite.engine, "connect", small)
    sqlite.engine.dispose()
    assert stand.kinds.count("note_written") == len(acks)
    assert stand.conductor.probe()
    assert stand.does("fac", Note(text="Room again.")).id
    assert not faults(sqlite)


def test_a_lock_held_by_another_process_is_unanswered_not_refused(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exercise.adapters.database.LOCK_S", 0.1)
    stand = Stand(SqlTimeline(sqlite)).running()
    request = stand.request("fac", Note(text="Waiting."))
    rival = open_database(str(sqlite.engine.url))
    sqlite.engine.dispose()
    held = rival.begin()
    assert stand.run(request) == [Unanswered()]
    with pytest.raises(Unwritable):
        sqlite.begin()
    held.rollback()
    assert stand.kept(request).id
    rival.close()


@pytest.mark.services
def test_a_lost_connection_is_unanswered_and_then_found_again(
    postgresql_url: str,
) -> None:
    database = open_database(postgresql_url)
    upgrade(database)
    stand = Stand(SqlTimeline(database)).running()
    request = stand.request("fac", Note(text="Cut."))
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
    transaction = stand.timeline.begin(EX)
    with database.read() as connection:
        mine = "pg_backend_pid() AND datname = current_database()"
        connection.execute(text(cut + mine))
    with pytest.raises(Unwritable):
        transaction.after(0)
    transaction.rollback()
    assert stand.kept(request).id
    database.close()


def test_threads_write_one_after_the_other(database: Database) -> None:
    stand = Stand(SqlTimeline(database)).running()
    writers = [stand.another_writer() for _ in range(3)]
    outcomes: list[object] = []

    def work(number: int) -> None:
        for n in range(10):
            request = stand.request("fac", Note(text="Me."), f"{number}-{n}")
            outcomes.extend(writers[number].run([request]))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(one, Ack) for one in outcomes), outcomes
    assert stand.kinds.count("note_written") == 30
    assert not faults(database)


# --- Checks and backups -------------------------------------------------------------


def test_a_changed_entry_is_found_at_the_next_start(sqlite: Database) -> None:
    stand = Stand(SqlTimeline(sqlite)).running()
    with sqlite.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER body_no_update")
        change = update(BODY).where(BODY.c.seq == 3)
        connection.execute(change.values(body='{"member":"fac","name":"Eve"}'))
    assert faults(sqlite) == [f"{EX}: entry 3 was changed"]
    assert stand.conductor.head.seq


def test_a_head_that_does_not_fit_is_found(sqlite: Database) -> None:
    Stand(SqlTimeline(sqlite)).running()
    with sqlite.write() as connection:
        connection.execute(update(EXERCISE).values(head_seq=99))
        head = METADATA.tables["audience"]
        connection.execute(update(head).where(head.c.audience == "VES").values(head=1))
    assert len(faults(sqlite)) == 2


def test_a_backup_in_play_holds_everything_acknowledged(
    sqlite: Database, tmp_path: Path
) -> None:
    stand = Stand(SqlTimeline(sqlite)).running()
    file = tmp_path / "copy.db"
    back_up(sqlite, file)
    before = list(record_lines(stand.timeline, EX, stand.ports.signer))
    stand.does("fac", Note(text="After the backup."))
    epoch = SqlTimeline(sqlite).epoch()
    replaced = restore(file, sqlite)
    lost = len(before) - 1  # Of the record's lines, two are no entries.
    assert [(one.first, one.last) for one in replaced.lost] == [(lost, lost)]
    assert replaced.aside
    with sqlite3.connect(replaced.aside) as aside:
        assert aside.execute("SELECT max(seq) FROM entry").fetchone() == (lost,)
    aside.close()
    after = list(record_lines(stand.timeline, EX, stand.ports.signer))
    assert after == before
    assert stand.timeline.epoch() != epoch
    assert not faults(sqlite)
    # The writer notices that this is another history.
    assert stand.does("fac", Note(text="Going on.")).id
    assert stand.kinds.count("note_written") == 1


def test_a_broken_backup_replaces_nothing(sqlite: Database, tmp_path: Path) -> None:
    Stand(SqlTimeline(sqlite)).running()
    file = tmp_path / "broken.db"
    file.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert broken(file)
    assert broken(tmp_path / "none.db") == "there is no such file"
    with pytest.raises(NoBackup):
        restore(file, sqlite)
    assert SqlTimeline(sqlite).head(EX).seq


@pytest.mark.services
def test_postgresql_is_backed_up_by_its_own_means(
    postgresql_url: str, tmp_path: Path
) -> None:
    database = open_database(postgresql_url)
    with pytest.raises(NoBackup, match="pg_dump"):
        back_up(database, tmp_path / "copy")
    database.close()


# --- The same on every store ----------------------------------------------------------


def test_memory_and_databases_come_to_the_same_head(database: Database) -> None:
    def heads(stand: Stand) -> object:
        stand.running().later(1_300_000).does("fac", Note(text="Same."))
        return replace(stand.conductor.head, epoch="")

    assert heads(Stand(SqlTimeline(database))) == heads(Stand(in_memory().timeline))


def test_the_epoch_is_one_row(database: Database) -> None:
    with pytest.raises(Taken), database.write() as connection:
        connection.execute(insert(EPOCH), {"id": 1, "epoch": "another"})
