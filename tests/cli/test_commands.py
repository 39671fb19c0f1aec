"""Commands as people type them: what they print, where, and with which exit code."""

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from exercise.cli import main
from exercise.offline.rehearsing import rehearse
from exercise.resources import INJECTS
from tests.builders import a_scenario
from tests.cli.conftest import Run

INDICATORS = list("TRNSMBELK")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    file = tmp_path / "record.jsonl"
    file.write_bytes(b"".join(rehearse(a_scenario()).record))
    return file


@pytest.fixture
def opened(run: Run) -> dict[str, object]:
    told = run("open", "quiet-harbour", "--title", "Tuesday", "--json")
    table = json.loads(told.stdout)
    assert isinstance(table, dict)
    return table


@pytest.mark.parametrize("name", [*main.commands, "db upgrade"])
def test_every_command_explains_itself(run: Run, name: str) -> None:
    told = run(*name.split(), "--help")
    assert "Usage:" in told.stdout


def test_the_commands_are_those_of_the_documentation() -> None:
    assert list(main.commands) == [
        "demo",
        "serve",
        "check",
        "open",
        "link",
        "rehearse",
        "export",
        "verify",
        "score",
        "report",
        "fork",
        "trends",
        "backup",
        "restore",
        "doctor",
        "purge",
        "move",
        "db",
        "loadtest",
    ]


def test_misuse_is_one_line_and_says_where_to_look(run: Run) -> None:
    told = run("rehearse", says=2)
    assert "rehearse --help" in told.stderr
    assert "frobnicate" in run("frobnicate", says=2).stderr
    assert "--seed" in run("rehearse", "x", "--seed", "one", says=2).stderr


# --- rehearse, check ------------------------------------------------------------


def test_a_rehearsal_prints_its_score_and_its_record(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    told = run("rehearse", "quiet-harbour", "--record", str(file), "--json")
    table = json.loads(told.stdout)
    assert list(table) == ["headline", "indicators", "entries", "record_sha256"]
    assert list(table["indicators"]) == INDICATORS
    assert table["headline"] >= 85
    assert all(0 <= one <= 1 for one in table["indicators"].values())
    again = json.loads(run("score", str(file), "--json").stdout)
    assert again == table


def test_the_same_rehearsal_in_words(run: Run) -> None:
    told = run("rehearse", "quiet-harbour", "--robots", "silent")
    assert told.stdout.startswith("Quiet Harbour, robots silent: 0 of 100\n")


def test_a_rehearsal_of_what_is_not_there_says_what_is(run: Run) -> None:
    assert "quiet-harbour" in run("rehearse", "loud-harbour", says=1).stderr
    told = run("rehearse", "quiet-harbour", "--robots", "loud", says=2)
    assert "cooperative" in told.stderr
    told = run("rehearse", "quiet-harbour", "--robots", "XYZ=slow", says=2)
    assert "VES" in told.stderr


def test_a_scenario_is_checked_whole(run: Run, tmp_path: Path) -> None:
    assert "no problems" in run("check", str(INJECTS / "quiet-harbour")).stdout
    (tmp_path / "scenario.toml").write_text('id = "x"\ntitel = "X"\n', "utf-8")
    told = run("check", str(tmp_path), says=1)
    assert "scenario.toml: titel" in told.stdout
    assert "title" in told.stdout
    found = json.loads(run("check", str(tmp_path), "--json", says=1).stdout)
    assert {"file", "key", "reason", "nearest", "warning"} == set(found[0])
    assert "no folder" in run("check", str(tmp_path / "nowhere"), says=1).stderr


def test_a_scenario_that_is_only_strange_is_told_and_played(
    run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "ping"
    copytree(INJECTS / "ping", folder)
    ship = folder / "08-ship-sails.toml"
    ship.write_text('when = "rung >= 0"\n' + ship.read_text("utf-8"), "utf-8")
    told = run("check", str(folder)).stdout
    assert "08-ship-sails.toml: when: warning: rung >= 0 is always true" in told
    assert "no problems" in told
    (found,) = json.loads(run("check", str(folder), "--json").stdout)
    assert found["warning"] is True
    run("rehearse", str(folder))


def test_rehearsals_tell_what_they_exercised(run: Run) -> None:
    told = run("rehearse", "ping", "--coverage", "--seeds", "1").stdout
    assert told.startswith("Ping, 8 runs\ninjects: 8 of 8, 100 %\n")
    assert "! use_of_force                         0" in told
    words = ("rehearse", "ping", "--coverage", "--seeds", "1", "--json")
    table = json.loads(run(*words).stdout)
    assert table["injects"]["percent"] == table["expected acts"]["percent"] == 100
    assert table["runs"] == 8
    told = run("rehearse", "ping", "--coverage", "--record", "x.jsonl", says=2)
    assert "--record" in told.stderr


def test_a_scenario_with_problems_is_not_rehearsed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "scenario.toml").write_text('id = "x"\n', "utf-8")
    assert "detente check" in run("rehearse", str(tmp_path), says=1).stderr


# --- open, link -----------------------------------------------------------------


def test_opening_gives_a_code_for_each_delegation_and_a_link_for_each_role(
    opened: dict[str, dict[str, str]],
) -> None:
    assert list(opened["codes"]) == [
        "VES",
        "ORL",
        "KAS",
        "MSC",
        "UNX",
        "HGA",
        "BLT",
        "MED",
    ]
    assert all(len(one) == 8 for one in opened["codes"].values())
    links = opened["links"]
    assert list(links) == ["facilitator", "evaluator", "trainer", "observer", "room"]
    assert "/link/" in links["facilitator"]
    assert "/room/" in links["room"]


def test_opening_in_words_shows_codes_as_people_type_them(run: Run) -> None:
    told = run("open", "quiet-harbour", "--title", "Tuesday").stdout
    (line,) = [one for one in told.splitlines() if one.startswith("VES")]
    assert len(line.split()[1]) == len("K7M4-92TX")


def test_an_unreadable_start_is_refused(run: Run) -> None:
    words = ("open", "quiet-harbour", "--title", "T", "--starts-at", "tomorrow")
    assert "2031-03-12T09:00:00Z" in run(*words, says=2).stderr


def test_a_fresh_link_for_any_role_any_time(run: Run, opened: dict[str, str]) -> None:
    exercise = opened["exercise"]
    first = run("link", exercise, "--role", "trainer").stdout
    assert first != run("link", exercise, "--role", "trainer").stdout
    told = json.loads(run("link", exercise, "--role", "room", "--json").stdout)
    assert set(told) == {"url", "token"}
    host = json.loads(run("link", "--host", "--json").stdout)
    assert host["token"]
    assert "/link/" in run("link", "--host").stdout


def test_a_link_needs_to_know_for_what(run: Run) -> None:
    assert "--host" in run("link", says=2).stderr
    assert "leave out" in run("link", "x", "--host", says=2).stderr
    assert "no exercise" in run("link", "x", "--role", "room", says=1).stderr


# --- export, verify, score, report ----------------------------------------------


def test_a_record_is_exported_and_verified(
    run: Run, opened: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "out.jsonl"
    run("export", opened["exercise"], "-o", str(file))
    assert "taken from the record itself" in run("verify", str(file)).stdout
    file.write_bytes(file.read_bytes().replace(b"Tuesday", b"Fridays"))
    assert "line 2" in run("verify", str(file), says=1).stderr


def test_verify_holds_a_database_to_its_promises(
    run: Run, opened: dict[str, object], tmp_path: Path
) -> None:
    said = run("verify").stdout
    assert f"{opened['exercise']}: " in said
    assert "1 of 1 keep every promise" in said
    copy = tmp_path / "copy.db"
    run("backup", "-o", str(copy))
    with sqlite3.connect(copy) as damaged:
        damaged.execute(
            "UPDATE audience SET head = head + 1 WHERE audience LIKE 'fac%'"
        )
    damaged.close()
    assert "1 broken" in run("verify", str(copy), says=1).stderr
    assert "keep every promise" in run("verify").stdout
    run("verify", "--fingerprint", "AAAA-AAAA-AAAA-AAAA", says=2)


def test_another_key_than_the_one_shown_is_found(run: Run, record: Path) -> None:
    words = ("verify", str(record), "--fingerprint", "AAAA-AAAA-AAAA-AAAA")
    run(*words, says=1)


def test_bundles_are_for_the_whole_or_after_endex(
    run: Run, opened: dict[str, str], tmp_path: Path
) -> None:
    exercise, file = opened["exercise"], str(tmp_path / "out.zip")
    run("export", exercise, "--bundle", "-o", file)
    words = ("export", exercise, "-o", file, "--delegation")
    assert "ENDEX" in run(*words, "VES", "--bundle", says=1).stderr
    assert "known: VES" in run(*words, "XYZ", "--bundle", says=1).stderr
    assert "--bundle" in run(*words, "VES", says=2).stderr


def test_what_is_no_record_is_said_to_be_none(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "letter.jsonl"
    assert "no file" in run("score", str(file), says=1).stderr
    file.write_text("Dear Sir\n", "utf-8")
    assert "no record" in run("score", str(file), says=1).stderr
    assert "line 1" in run("verify", str(file), says=1).stderr


@pytest.mark.parametrize("form", ["html", "json"])
def test_a_report_is_written_from_a_record(
    run: Run, record: Path, tmp_path: Path, form: str
) -> None:
    file = tmp_path / f"report.{form}"
    run("report", str(record), "--format", form, "-o", str(file))
    text = file.read_text("utf-8")
    assert "Small" in text
    once = file.read_bytes()
    run("report", str(record), "--format", form, "-o", str(file))
    assert file.read_bytes() == once


def test_a_report_is_written_from_a_stored_exercise(
    run: Run, opened: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "report.json"
    run("report", opened["exercise"], "--format", "json", "-o", str(file))
    assert "Tuesday" in file.read_text("utf-8")


def test_an_edition_there_is_not_is_refused(run: Run, record: Path) -> None:
    words = ("report", str(record), "--format", "json", "-o", "x", "--edition")
    assert "delegation:ID" in run(*words, "secret", says=2).stderr


# --- backup, restore, purge, doctor, db -----------------------------------------


def test_a_backup_brings_everything_back(
    run: Run, opened: dict[str, str], tmp_path: Path
) -> None:
    exercise, file = opened["exercise"], str(tmp_path / "backup.db")
    run("backup", "-o", file)
    assert "whole" in run("restore", file, "--check").stdout
    run("purge", exercise, "--yes")
    run("link", exercise, "--role", "trainer", says=1)
    said = run("restore", file).stdout
    assert "not in this backup" not in said
    run("link", exercise, "--role", "trainer")


def test_a_restore_says_what_the_backup_lacks(
    run: Run, opened: dict[str, str], tmp_path: Path
) -> None:
    exercise, file = opened["exercise"], str(tmp_path / "backup.db")
    run("backup", "-o", file)
    run("link", exercise, "--role", "facilitator", "--json")
    said = run("restore", file).stdout
    assert f"{exercise}: entries 3 to " in said
    assert ".replaced-1" in said
    run("restore", file)
    assert "every browser reads anew" in run("db", "restored").stdout


def test_a_later_versions_database_is_left_alone(
    run: Run, opened: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "backup.db"
    run("backup", "-o", str(file))
    with sqlite3.connect(file) as later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
    later.close()
    told = run("restore", str(file), says=1).stderr
    assert "a later version of this program made it" in told
    (tmp_path / "data" / "detente.db").write_bytes(file.read_bytes())
    assert "a later version" in run("db", "upgrade", says=1).stderr
    run("link", opened["exercise"], "--role", "trainer", says=1)


def test_a_broken_backup_is_not_restored(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    file.write_bytes(b"no database" * 1000)
    assert "no whole backup" in run("restore", str(file), says=1).stderr
    assert "no such file" in run("restore", "nowhere.db", "--check", says=1).stderr


def test_purging_asks_first(run: Run, opened: dict[str, str]) -> None:
    exercise = opened["exercise"]
    told = CliRunner().invoke(main, ["purge", exercise], input="n\n")
    assert told.exit_code == 130
    run("link", exercise, "--role", "trainer")
    run("purge", exercise, answer="y\n")
    run("link", exercise, "--role", "trainer", says=1)


def test_an_exercise_goes_to_another_database(
    run: Run, opened: dict[str, object], tmp_path: Path
) -> None:
    exercise, file = str(opened["exercise"]), tmp_path / "before.jsonl"
    run("export", exercise, "-o", str(file))
    before = file.read_bytes()
    there = f"sqlite:///{tmp_path / 'other.db'}"
    assert exercise in run("move", exercise, "--to", there).stdout
    assert "there is no exercise" in run("move", exercise, "--to", there, says=1).stderr
    run("export", exercise, "-o", str(file), says=1)
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("DETENTE_DATABASE_URL", there)
        run("export", exercise, "-o", str(file))
    assert file.read_bytes() == before


def test_a_person_without_a_name_cannot_lose_it(
    run: Run, opened: dict[str, str]
) -> None:
    words = ("purge", opened["exercise"], "--person", "nobody", "--yes")
    assert "no name" in run(*words, says=1).stderr


def test_the_schema_is_brought_up_to_date(run: Run) -> None:
    assert "current" in run("db", "upgrade").stdout


def test_a_well_machine_is_told_to_be_well(run: Run, opened: dict[str, str]) -> None:
    told = run("doctor")
    assert opened
    assert "FAULT" not in told.stdout
    assert "whole" in told.stdout
    subjects = {
        one.split(":")[0].split(maxsplit=1)[1] for one in told.stdout.splitlines()
    }
    assert {"engine", "disk", "port", "clock", "database", "data"} <= subjects


def test_each_fault_comes_with_what_mends_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_PROT", "8000")
    monkeypatch.setenv("DETENTE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/no")
    told = run("doctor", says=1)
    assert "DETENTE_PROT" in told.stdout
    assert told.stdout.count("FAULT") == told.stdout.count("fix: ") == 2
    assert "2 of" in told.stderr


def test_a_wrong_setting_is_named_with_its_value_and_fix(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_ENGINE", "steam")
    told = run("open", "quiet-harbour", "--title", "T", says=2)
    assert "DETENTE_ENGINE=steam" in told.stderr
    assert "eventlet" in told.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("db", "upgrade"),
        ("db", "restored"),
        ("open", "ping", "--title", "T"),
        ("move", "x", "--to", "sqlite:///other.db"),
    ],
)
def test_a_database_that_is_not_there_is_said_with_what_to_do(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DETENTE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/no")
    told = run(*words, says=1).stderr
    assert told.startswith("detente: the database cannot be used: ")
    assert told.endswith("; run `detente doctor`.\n")


# --- serve, loadtest --------------------------------------------------------------


def test_loads_are_for_ones_own_machine(run: Run) -> None:
    words = ("loadtest", "--clients", "1", "--seconds", "1")
    assert "--code" in run(*words, says=2).stderr
    far = (*words, "--code", "K7M492TX", "--url", "http://192.0.2.1:8000")
    assert "--anywhere" in run(*far, says=2).stderr
    near = (*words, "--code", "K7M492TX", "--url", "http://127.0.0.1:1")
    assert "nobody could join" in run(*near, says=1).stderr


def test_serving_on_every_address_is_said_once(run: Run) -> None:
    words = ("serve", "--lan", "--host", "127.0.0.1")
    assert "leave out --host" in run(*words, says=2).stderr


def test_the_clock_of_this_machine_is_right() -> None:
    assert datetime.now(UTC).year >= 2025
