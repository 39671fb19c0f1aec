"""The proof and the server: every hash and signature, every entry readable."""

from collections.abc import Iterator

from exercise.adapters.promises.findings import Finding
from exercise.adapters.promises.stored import Stored
from exercise.adapters.promises.witness import Witness
from exercise.adapters.proof import verify
from exercise.adapters.record import entry_line, last_line
from exercise.domain.chain import Tree


def i8_proven(stored: Stored, _witness: Witness) -> Iterator[Finding]:
    """The chain of hashes and the signed heads verify; any change is found."""
    verdict = verify(_lines(stored))
    if not verdict.ok:
        seq, told = max(0, verdict.line - 1), f"the record verifies; {verdict.reason}"
        yield Finding("I8", stored.exercise, seq, told)
    elif stored.entries and stored.entries[-1].hash != stored.head.hash:
        told = "the head's hash is the last entry's"
        yield Finding("I8", stored.exercise, len(stored.entries), told)


def _lines(stored: Stored) -> Iterator[bytes]:
    yield stored.first_line.encode() + b"\n"
    tree, prev = Tree(), b""
    for sealed in stored.entries:
        tree, prev = tree.grown(sealed.leaf), sealed.hash
        yield entry_line(sealed)
    head = stored.entries[-1].entry.seq if stored.entries else 0
    yield last_line(stored.exercise, head, prev, tree, stored.signer)


def i12_answers(stored: Stored, witness: Witness) -> Iterator[Finding]:
    """Every entry can be read, and the server answers without ever stumbling."""
    for fault in stored.faults:
        yield Finding("I12", stored.exercise, 0, f"the store is whole; {fault}")
    for step in stored.steps:
        if step.broken:
            told = f"it can be read; {step.broken}"
            yield Finding("I12", stored.exercise, step.sealed.entry.seq, told)
    if witness.failures or witness.tracebacks or not witness.alive:
        told = (
            f"the server answers: {witness.failures} times 500,"
            f" {witness.tracebacks} tracebacks, alive {witness.alive}"
        )
        yield Finding("I12", stored.exercise, 0, told)
    if witness.memory_kb > witness.memory_most_kb > 0:
        told = f"{witness.memory_most_kb} KB of memory are enough, not "
        yield Finding("I12", stored.exercise, 0, f"{told}{witness.memory_kb}")
