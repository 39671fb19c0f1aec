"""A record touched anywhere is found out, by us and by the bundle's own program."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from exercise.adapters.bundle import program
from exercise.adapters.derived import derived_signer, root_secret
from exercise.adapters.proof import verify
from exercise.adapters.proof.lines import Broken
from exercise.adapters.proof.verifier import Reader
from exercise.adapters.record import record_lines
from exercise.cli import main
from exercise.domain.chain import canonical
from exercise.domain.commands import AdHocInject, End, Note, Pause, Redact, Resume
from exercise.domain.moment import SYSTEM
from exercise.service.requests import Ack
from tests import many
from tests.adapters.stand import EXERCISE, Stand, in_memory
from tests.attack.conftest import Tally
from tests.domain.small import a_scenario

pytestmark = pytest.mark.attack
CORPUS = "records touched"

Verify: TypeAlias = Callable[..., Any]
# What is put between two bytes: what JSON reads over, and what ends a line.
ODD = b' \n,"\x00'
EVERY = many(short=409, full=1)


def played(*, redacted: bool, key: int = 1) -> list[bytes]:
    """Return the record of a short exercise, with a redaction or without."""
    scenario = replace(a_scenario(), injects=(), texts=(), probes=(), provocations=())
    stand = Stand(in_memory().timeline, scenario)
    stand.ports = replace(
        stand.ports, signer=derived_signer(root_secret(key, "small", "tests"))
    )
    stand.conductor = stand.another_writer()
    stand.running().later(400_000)
    stand.does("fac", AdHocInject(title="É", body="A", channel="wire", audience="all"))
    note = stand.does("fac", Note(text="Private."))
    if redacted:
        stand.does(SYSTEM, Redact(entry=str(note.id), reason="asked for"))
    stand.does("fac", Pause())
    stand.does("fac", Resume())
    stand.does("fac", End(confirm="END"))
    return list(record_lines(stand.timeline, EXERCISE, stand.ports.signer))


@cache
def plain() -> bytes:
    return b"".join(played(redacted=False))


@cache
def redacted() -> bytes:
    return b"".join(played(redacted=True))


@cache
def alone() -> SimpleNamespace:
    """Return the bundle's program, loaded as it is: Python and nothing of ours."""
    names: dict[str, Any] = {"__name__": "verify"}
    # Dataclasses look their module up by its name.
    module = sys.modules["verify"] = SimpleNamespace(__dict__=names)  # type: ignore[assignment]  # enough of a module
    try:
        exec(compile(program(), "verify.py", "exec"), names)  # noqa: S102 - our own program
    finally:
        assert sys.modules.pop("verify") is module
    return SimpleNamespace(**names)


CHECKS = pytest.mark.parametrize("check", ["detente", "verify.py"])
RECORDS = pytest.mark.parametrize("made", [plain, redacted], ids=["plain", "redacted"])


def checker(name: str) -> Verify:
    found: Verify = verify if name == "detente" else alone().verify
    return found


def is_whole(check: Verify, record: bytes) -> bool:
    return bool(check(record.splitlines(keepends=True)).ok)


@dataclass(frozen=True)
class Touch:
    """One way to touch a record at a byte."""

    name: str
    do: Callable[[bytes, int], Iterator[bytes]]


def _changed(record: bytes, at: int) -> Iterator[bytes]:
    for other in {record[at] ^ 1 << bit for bit in range(8)}:
        yield record[:at] + bytes([other]) + record[at + 1 :]


def _deleted(record: bytes, at: int) -> Iterator[bytes]:
    yield record[:at] + record[at + 1 :]


def _swapped(record: bytes, at: int) -> Iterator[bytes]:
    if at and record[at] != record[at - 1]:
        pair = bytes([record[at], record[at - 1]])
        yield record[: at - 1] + pair + record[at + 1 :]


def _inserted(record: bytes, at: int) -> Iterator[bytes]:
    for one in sorted({*ODD, record[at]}):
        yield record[:at] + bytes([one]) + record[at:]


def _cut(record: bytes, at: int) -> Iterator[bytes]:
    yield record[:at]


TOUCHES = (
    Touch("changed", _changed),
    Touch("deleted", _deleted),
    Touch("swapped", _swapped),
    Touch("inserted", _inserted),
    Touch("cut off", _cut),
)


@dataclass
class Prefix:
    """The product's reader as it stands before a line, to go on from again."""

    reader: Reader

    def again(self) -> Reader:
        twin = copy.copy(self.reader)
        for name, value in vars(twin).items():
            if isinstance(value, list | dict):
                setattr(twin, name, value.copy())
        return twin


def is_found(before: Prefix, number: int, rest: list[bytes]) -> bool:
    """Tell whether the reader stumbles when it goes on with these lines."""
    reader = before.again()
    try:
        for at, line in enumerate(rest, number):
            reader.read(at, line)
        reader.finish(number + len(rest) - 1, "")
    except (Broken, KeyError, TypeError, AttributeError):
        return True
    return False


def test_every_byte_in_every_other_value_is_found(tally: Tally) -> None:
    lines, reader = redacted().splitlines(keepends=True), Reader()
    place = 0
    for number, line in enumerate(lines, 1):
        before = Prefix(Prefix(reader).again())
        for at in range(len(line)):
            place += 1
            if place % EVERY:
                continue
            for other in set(range(256)) - {line[at]}:
                bent = line[:at] + bytes([other]) + line[at + 1 :]
                rest = b"".join([bent, *lines[number:]]).splitlines(keepends=True)
                assert is_found(before, number, rest), (number, at, other)
            tally.add("changed to every other value, found", 255)
        reader.read(number, line)


@CHECKS
@RECORDS
@pytest.mark.parametrize("touch", TOUCHES, ids=lambda one: one.name)
def test_a_touched_byte_is_found(
    check: str, made: Callable[[], bytes], touch: Touch, tally: Tally
) -> None:
    record, looks = made(), checker(check)
    assert is_whole(looks, record)
    # The bundle's program is the same code; one of two records is enough for it.
    every = max(EVERY, 97) if (made, check) == (plain, "verify.py") else EVERY
    start = TOUCHES.index(touch) * 7
    for at in range(start % every, len(record), every):
        for other in touch.do(record, at):
            assert not is_whole(looks, other), (at, other[max(0, at - 30) : at + 30])
            tally.add(f"{touch.name}, found")


@CHECKS
@given(data=st.data())
def test_any_stretch_put_elsewhere_is_found(check: str, data: st.DataObject) -> None:
    record = redacted()
    place = st.integers(0, len(record))
    first, last = sorted((data.draw(place), data.draw(place)))
    stretch, rest = record[first:last], record[:first] + record[last:]
    at = data.draw(st.integers(0, len(rest)))
    moved = rest[:at] + stretch + rest[at:]
    assert is_whole(checker(check), moved) == (moved == record)
    if stretch:
        assert not is_whole(checker(check), rest)


def taken_out(line: bytes) -> bytes:
    """Return an entry as if its body had been redacted."""
    entry = json.loads(line)
    hashed = alone().body_hash(entry)
    bare = {key: entry[key] for key in entry if key not in {"body", "salt"}}
    return canonical({**bare, "body_hash": hashed}) + b"\n"


@CHECKS
@RECORDS
def test_a_forged_redaction_is_found_and_the_true_one_is_not(
    check: str, made: Callable[[], bytes], tally: Tally
) -> None:
    lines, looks = made().splitlines(keepends=True), checker(check)
    for number, line in enumerate(lines[1:-1], 1):
        if b'"body":' not in line:
            tally.add("true redaction, accepted")
            continue
        forged = [*lines[:number], taken_out(line), *lines[number + 1 :]]
        assert not looks(forged).ok, line
        tally.add("forged redaction, found")
    assert looks(lines).redacted == (made is redacted)


@CHECKS
def test_each_entry_can_be_redacted_by_the_server_alone(
    check: str, tally: Tally
) -> None:
    """What holds up state stays; of the rest, whatever goes leaves the record whole."""
    for seq in range(1, len(played(redacted=False)) - 1):
        stand = Stand(in_memory().timeline).running()
        stand.does(
            "fac", AdHocInject(title="É", body="A", channel="wire", audience="all")
        )
        stand.does("fac", Note(text="Private."))
        entries = stand.timeline.after(EXERCISE, 0)
        entry = entries[min(seq, len(entries)) - 1].entry.id
        redact = Redact(entry=entry, reason="asked for")
        (outcome,) = stand.run(stand.request(SYSTEM, redact))
        lines = list(record_lines(stand.timeline, EXERCISE, stand.ports.signer))
        verdict = checker(check)(lines)
        gone = isinstance(outcome, Ack)
        assert (verdict.ok, verdict.redacted) == (True, int(gone)), verdict
        tally.add("true redaction, accepted" if gone else "redaction refused")


@CHECKS
def test_a_record_signed_anew_is_found_by_its_fingerprint_alone(check: str) -> None:
    looks = checker(check)
    shown = looks(plain().splitlines(keepends=True)).fingerprint
    anew = played(redacted=False, key=2)
    assert looks(anew).ok  # whoever has no fingerprint cannot know
    assert not looks(anew, shown).ok
    assert looks(plain().splitlines(keepends=True), shown).ok


@pytest.mark.parametrize("touch", TOUCHES, ids=lambda one: one.name)
def test_the_commands_say_so_and_end_with_one(touch: Touch, tmp_path: Path) -> None:
    record, file = redacted(), tmp_path / "record.jsonl"
    shown = verify(record.splitlines(keepends=True)).fingerprint
    (tmp_path / "verify.py").write_text(program(), "utf-8")
    for content, code in ((record, 0), (next(touch.do(record, 700)), 1)):
        file.write_bytes(content)
        told = ["verify", str(file), "--fingerprint", shown]
        assert CliRunner().invoke(main, told).exit_code == code
        bare = subprocess.run(
            [sys.executable, "-I", "-S", "verify.py", "--fingerprint", shown],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert bare.returncode == code
        assert not bare.stderr


@pytest.mark.parametrize("given", ["", "0000-0000-0000-0000"])
def test_a_bundles_own_key_is_no_proof_of_itself(given: str, tmp_path: Path) -> None:
    """A bundle made anew checks itself; the fingerprint on the wall does not fit."""
    (tmp_path / "record.jsonl").write_bytes(b"".join(played(redacted=True, key=3)))
    (tmp_path / "verify.py").write_text(program(), "utf-8")
    options = ["--fingerprint", given] if given else []
    told = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", *options],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == (1 if given else 0)
    assert ("taken from the record itself" in told.stdout) == (not given)
