"""The command line of `verify.py`: `python3 verify.py [FILE] [--fingerprint X]`."""

from __future__ import annotations

import sys
from pathlib import Path

from exercise.adapters.proof.inclusion import verify_proofs
from exercise.adapters.proof.papers import with_papers
from exercise.adapters.proof.verifier import Verdict, verify

RECORD, OWN = "record.jsonl", "proofs.jsonl"


def told(verdict: Verdict, *, trusted: bool) -> str:
    """Return the verdict in words."""
    if not verdict.ok:
        where = f"line {verdict.line}: " if verdict.line else ""
        return f"broken: {where}{verdict.reason}"
    lines = [f"whole: {verdict.head_seq} entries of exercise {verdict.exercise}"]
    if verdict.redacted:
        lines.append(f"{verdict.redacted} redacted, and said to be")
    if verdict.papers:
        lines.append(f"{verdict.papers} of {len(verdict.files)} files beside it, whole")
    if verdict.rehearsal:
        lines.append("a rehearsal: its key is not secret, so anyone can write one")
    elif not trusted:
        lines.append(f"key {verdict.fingerprint}, taken from the record itself")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Check a record or a delegation's proofs; return 0 if everything holds."""
    expected = ""
    if "--fingerprint" in arguments:
        at = arguments.index("--fingerprint")
        expected = "".join(arguments[at + 1 : at + 2])
        del arguments[at : at + 2]
    here = Path(sys.argv[0]).parent
    beside = [one for one in (here / RECORD, here / OWN) if one.exists()]
    files = [Path(one) for one in arguments] or beside
    if len(files) != 1:
        print("usage: verify.py FILE [--fingerprint X]", file=sys.stderr)  # noqa: T201 - a program on its own
        return 2
    with files[0].open("rb") as lines:
        proofs = lines.peek(9).startswith(b'{"delega')
        verdict = (verify_proofs if proofs else verify)(lines, expected)
    verdict = with_papers(verdict, files[0])
    print(told(verdict, trusted=bool(expected)))  # noqa: T201 - a program on its own
    return 0 if verdict.ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
