"""The record proves itself: what was changed is found, what was redacted is not."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from exercise.adapters.bundle import TooEarly, program, write_bundle
from exercise.adapters.derived import derived_signer, root_secret
from exercise.adapters.memory_papers import MemoryPapers
from exercise.adapters.proof import verify, verify_proofs
from exercise.adapters.proof.ed25519 import ORDER, signed_by
from exercise.adapters.record import NoRecord, read_record, record_lines
from exercise.domain.chain import canonical
from exercise.domain.commands import AdHocInject, End, Pause, Redact, Resume
from exercise.domain.moment import SYSTEM
from exercise.domain.state import fold
from exercise.offline.records import verify_file
from exercise.service.papers import Papers
from tests import many
from tests.adapters.files import a_pdf, a_png, attachment, brought
from tests.adapters.stand import EXERCISE, Stand, in_memory
from tests.domain.small import a_scenario

NEWS = AdHocInject(title="News", body="Cranes stop.", channel="wire", audience="all")


def played(*, redacted: bool = False) -> Stand:
    stand = Stand(in_memory().timeline).running().later(400_000)
    stand.does("fac", Pause())
    stand.does("fac", Resume())
    stand.does("fac", NEWS)
    if redacted:
        entry = stand.timeline.after(EXERCISE, 4, 1)[0].entry
        assert entry.kind == "member_named"
        stand.does(SYSTEM, Redact(entry=entry.id, reason="asked for"))
    stand.does("fac", End(confirm="END"))
    return stand


def lines_of(stand: Stand) -> list[bytes]:
    return list(record_lines(stand.timeline, EXERCISE, stand.ports.signer))


PLAIN = lines_of(played())
REDACTED = lines_of(played(redacted=True))
RECORDS = pytest.mark.parametrize("lines", [PLAIN, REDACTED], ids=["plain", "redacted"])


@RECORDS
def test_a_record_proves_itself(lines: list[bytes]) -> None:
    verdict = verify(lines)
    assert verdict.ok, verdict
    assert verdict.head_seq == len(lines) - 2
    assert verdict.redacted == (lines is REDACTED)
    assert verify(lines, verdict.fingerprint.lower().replace("-", " ")).ok


@RECORDS
def test_every_line_is_canonical_and_ends_once(lines: list[bytes]) -> None:
    for line in lines:
        assert canonical(json.loads(line)) + b"\n" == line


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert lines_of(played()) == PLAIN


@RECORDS
def test_a_flipped_bit_is_found_on_every_line(lines: list[bytes]) -> None:
    for number, line in enumerate(lines):
        step = max(1, len(line) // many(short=12, full=100_000))
        for at in range(0, len(line), step):
            bit = 1 << (at % 8)
            changed = line[:at] + bytes([line[at] ^ bit]) + line[at + 1 :]
            # A file is split where the line feeds are, wherever they come from.
            whole = b"".join([*lines[:number], changed, *lines[number + 1 :]])
            verdict = verify(whole.splitlines(keepends=True))
            assert not verdict.ok, (number, at)
            assert number < verdict.line <= number + 3, (number, at, verdict)


@RECORDS
@given(data=st.data())
def test_a_byte_taken_out_is_found(lines: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(lines)
    at = data.draw(st.integers(0, len(whole) - 1))
    assert not verify((whole[:at] + whole[at + 1 :]).splitlines(keepends=True)).ok


@RECORDS
def test_lines_dropped_doubled_swapped_or_cut_are_found(lines: list[bytes]) -> None:
    for at in range(len(lines)):
        assert not verify(lines[:at] + lines[at + 1 :]).ok
        assert not verify([*lines[: at + 1], *lines[at:]]).ok
        assert not verify(lines[:at]).ok
        if at:
            swapped = [*lines[: at - 1], lines[at], lines[at - 1], *lines[at + 1 :]]
            assert not verify(swapped).ok


@RECORDS
@pytest.mark.parametrize("more", [b"\n", b" ", b"{}\n", b"x"])
def test_nothing_may_follow(lines: list[bytes], more: bytes) -> None:
    assert not verify([*lines, more]).ok


def test_the_first_broken_line_is_named() -> None:
    changed = [*PLAIN]
    changed[5] = changed[5].replace(b'"kind":"', b'"kind":"x', 1)
    verdict = verify(changed)
    assert (verdict.ok, verdict.line) == (False, 6)
    assert verify(PLAIN[:-1]).line == len(PLAIN)


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.replace(b'"seq":3', b'"seq":3.0'),
        lambda line: line.replace(b'{"actor"', b'{ "actor"'),
        lambda line: line.replace(b'"seq":3', b'"more":1,"seq":3'),
        lambda line: line.replace(b'"at_ms":0,', b""),
        lambda line: line.replace(b'"version":1', b'"version":true'),
        lambda line: line.replace(b'"seq":3', b'"seq":3,"seq":3'),
        lambda line: line.replace(b'"seq":3', b'"seq":NaN'),
        lambda line: line.replace(b'"seq":3', b'"seq":9007199254740993'),
        lambda line: line.replace(b"\n", b"\r\n"),
        lambda line: line.upper(),
        lambda _: b"[" * 100_000 + b"\n",
        lambda _: b"\xff\n",
        lambda _: b"null\n",
    ],
)
def test_what_is_not_byte_for_byte_the_form_is_refused(change: object) -> None:
    changed = [*PLAIN]
    changed[3] = change(changed[3])  # type: ignore[operator]  # one of the above
    assert changed[3] != PLAIN[3]
    assert verify(changed).line == 4


def test_a_body_that_is_gone_without_a_word_is_found() -> None:
    table = json.loads(PLAIN[5])
    forged = {key: table[key] for key in table if key not in {"body", "salt"}}
    record = list(played().timeline.after(EXERCISE, 4, 1))
    forged["body_hash"] = record[0].body_hash
    changed = [*PLAIN]
    changed[5] = canonical(forged) + b"\n"
    verdict = verify(changed)
    assert (verdict.ok, verdict.line) == (False, 6)
    assert "gone" in verdict.reason


def test_another_key_is_found_by_the_fingerprint_only() -> None:
    stand = played()
    other = derived_signer(root_secret(2, "small", "tests"))
    stand.ports = type(stand.ports)(
        **{
            name: getattr(stand.ports, name)
            for name in ("timeline", "codec", "clock", "ids", "salts")
        },
        signer=other,
    )
    resigned = lines_of(stand)
    # Its checkpoints are still by the first key.
    assert "checkpoint" in verify(resigned).reason
    assert not verify(PLAIN, verify(PLAIN).fingerprint[::-1]).ok


def test_the_record_alone_gives_the_state_back() -> None:
    stand = played()
    record = read_record(PLAIN)
    assert fold(record.entries) == stand.state
    assert record.head_seq == stand.conductor.head.seq
    with pytest.raises(NoRecord):
        read_record([b"{}\n"])
    with pytest.raises(NoRecord):
        read_record([b"never\n"])


# --- Signatures, against the library's -----------------------------------------


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80))
def test_our_own_check_agrees_with_the_library(private: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(private)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert signed_by(public, message, signature)
    assert not signed_by(public, message + b"x", signature)
    assert not signed_by(public, message, signature[:40] + b"\x01" + signature[41:-1])
    high = int.from_bytes(signature[32:], "little") + ORDER
    malleable = signature[:32] + high.to_bytes(32, "little")
    assert not signed_by(public, message, malleable)


# --- Bundles --------------------------------------------------------------------


def run_alone(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the bundle's program with nothing but Python."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def unpacked(
    stand: Stand, folder: Path, delegation: str = "", papers: Papers | None = None
) -> Path:
    folder.mkdir(exist_ok=True)
    file, held = folder / "bundle.zip", papers or MemoryPapers()
    around = (stand.timeline, EXERCISE, stand.ports.signer, held)
    write_bundle(file, *around, delegation)
    with ZipFile(file) as bundle:
        bundle.extractall(folder / "out")
    return folder / "out"


def test_a_bundle_checks_itself_with_python_alone(tmp_path: Path) -> None:
    folder = unpacked(played(redacted=True), tmp_path)
    shown = (folder / "key.txt").read_text().split()[1]
    told = run_alone(folder, "--fingerprint", shown)
    assert (told.returncode, told.stderr) == (0, "")
    assert "1 redacted" in told.stdout
    assert run_alone(folder, "--fingerprint", "AAAA").returncode == 1
    record = folder / "record.jsonl"
    record.write_bytes(record.read_bytes().replace(b"Cranes", b"Ships!"))
    told = run_alone(folder)
    assert told.returncode == 1
    assert "broken: line" in told.stdout


def test_a_delegations_bundle_proves_its_own_and_shows_no_other(tmp_path: Path) -> None:
    stand = played()
    folder = unpacked(stand, tmp_path, "VES")
    told = run_alone(folder)
    assert (told.returncode, told.stderr) == (0, "")
    proofs = (folder / "proofs.jsonl").read_bytes()
    assert b"Name of ves" in proofs
    assert b"Name of kas" not in proofs
    assert b"audience" not in proofs.split(b"\n", 1)[1].replace(b'"audience":[]', b"")
    lines = proofs.splitlines(keepends=True)
    assert len(lines) == 1 + stand.timeline.heads(EXERCISE)["VES"]
    for at in range(1, len(lines)):
        changed = lines[at].replace(b'"version":1', b'"version":2', 1)
        assert verify_proofs([*lines[:at], changed]).line == at + 1
    assert not verify_proofs([]).ok
    assert not verify_proofs(lines, "AAAA").ok


def test_a_delegation_gets_its_bundle_after_endex_only(tmp_path: Path) -> None:
    stand = Stand(in_memory().timeline).running()
    with pytest.raises(TooEarly):
        unpacked(stand, tmp_path, "VES")


def test_the_program_in_a_bundle_needs_nothing_of_ours() -> None:
    source = program()
    assert "exercise.adapters" not in source
    compile(source, "verify.py", "exec")


# --- Files beside a record ---------------------------------------------------------

MAP, NOTE = attachment("map.png", a_png()), attachment("note.pdf", a_pdf())
BESIDE = {MAP.sha256: f"{MAP.sha256}.png", NOTE.sha256: f"{NOTE.sha256}.pdf"}


def with_files(folder: Path, delegation: str = "") -> Path:
    """Return a bundle of an exercise in which VES got a map, and nobody the note."""
    base = a_scenario()
    of = {"beacon": MAP, "spare": NOTE}
    injects = tuple(
        replace(one, attachments=(of[one.id],)) if one.id in of else one
        for one in base.injects
    )
    scenario = replace(base, injects=injects)
    papers = MemoryPapers()
    papers.keep(EXERCISE, [brought(MAP, a_png()), brought(NOTE, a_pdf())])
    stand = Stand(in_memory().timeline, scenario).running().later(400_000)
    stand.does("fac", End(confirm="END"))
    return unpacked(stand, folder, delegation, papers)


def names(folder: Path) -> set[str]:
    return {one.name for one in (folder / "papers").iterdir()}


def test_a_bundle_holds_the_files_that_its_entries_name(tmp_path: Path) -> None:
    folder = with_files(tmp_path)
    assert names(folder) == set(BESIDE.values())
    assert (folder / "papers" / BESIDE[MAP.sha256]).read_bytes() == a_png()
    told = run_alone(folder)
    assert (told.returncode, told.stderr) == (0, "")
    assert "2 of 2 files" in told.stdout


def test_a_delegations_bundle_holds_what_it_was_given(tmp_path: Path) -> None:
    folder = with_files(tmp_path / "ves", "VES")
    assert names(folder) == {BESIDE[MAP.sha256]}
    assert "1 of 1 files" in run_alone(folder).stdout
    assert not (with_files(tmp_path / "kas", "KAS") / "papers").exists()


@pytest.mark.parametrize("deed", ["changed", "cut", "another", "renamed"])
def test_a_file_that_is_not_the_one_on_record_is_found(
    tmp_path: Path, deed: str
) -> None:
    folder = with_files(tmp_path)
    file = folder / "papers" / BESIDE[MAP.sha256]
    whole = file.read_bytes()
    if deed == "changed":
        file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    elif deed == "cut":
        file.write_bytes(whole[:-1])
    elif deed == "another":
        (folder / "papers" / f"{'0' * 64}.png").write_bytes(whole)
    else:
        file.rename(folder / "papers" / "map.png")
    told = run_alone(folder)
    assert told.returncode == 1
    assert "broken: papers/" in told.stdout
    assert not verify_file(folder / "record.jsonl").ok


def test_a_file_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    folder = with_files(tmp_path)
    (folder / "papers" / BESIDE[NOTE.sha256]).unlink()
    verdict = verify_file(folder / "record.jsonl")
    assert (verdict.ok, verdict.papers, len(verdict.files)) == (True, 1, 2)
