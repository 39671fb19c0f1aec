"""Checks a delegation's own entries against a signed head, without the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from exercise.adapters.proof.ed25519 import signed_by
from exercise.adapters.proof.lines import (
    Broken,
    H,
    fingerprint,
    meant,
    only_keys,
    parsed,
    raw,
)
from exercise.adapters.proof.verifier import (
    Verdict,
    body_hash,
    files_in,
    head_message,
    leaf_of,
)

PROOFS = {
    "proofs", "exercise", "delegation", "head_seq", "head_hash", "tree_root", "key",
    "signature",
}  # fmt: skip
SHOWN = {"content", "body", "salt", "envelope_hash", "index", "size", "path"}


def verify_proofs(lines: Iterable[bytes], expected: str = "") -> Verdict:
    """Return what a delegation's proofs show; `expected` is the key's fingerprint."""
    head: dict[str, Any] = {}
    number = redacted = 0
    files: dict[str, int] = {}
    try:
        for number, line in enumerate(lines, 1):
            table = parsed(line)
            if number == 1:
                head = _signed_head(table, expected)
            else:
                redacted += _included(table, head)
                files |= files_in(table.get("body"))
    except Broken as why:
        return Verdict(ok=False, line=why.line or number, reason=str(why))
    except (KeyError, TypeError, AttributeError):
        return Verdict(ok=False, line=number, reason="a value is of the wrong type")
    if not head:
        return Verdict(ok=False, line=1, reason="there is nothing")
    return Verdict(
        ok=True,
        exercise=head["exercise"],
        head_seq=head["head_seq"],
        fingerprint=fingerprint(bytes.fromhex(head["key"])),
        redacted=redacted,
        files=files,
    )


def _signed_head(table: dict[str, Any], expected: str) -> dict[str, Any]:
    only_keys(table, PROOFS)
    key = raw(table, "key", 32)
    message = head_message(
        table["exercise"], table["head_seq"], table["head_hash"], table["tree_root"]
    )
    if not signed_by(key, message, raw(table, "signature", 64)):
        raise Broken("the signature is not by the key")
    if expected and meant(expected) != meant(fingerprint(key)):
        raise Broken(f"the key's fingerprint is {fingerprint(key)}, not the given")
    return table


def _included(table: dict[str, Any], head: dict[str, Any]) -> bool:
    """Check one entry; tell whether its body was redacted."""
    only_keys(table, SHOWN, SHOWN - {"body", "salt"})
    gone = "body" not in table
    if not gone and body_hash(table) != table["content"]["body_hash"]:
        raise Broken("the body is not the one that was hashed")
    leaf = leaf_of(raw(table, "envelope_hash", 32), table["content"])
    steps = [raw({"path": step}, "path", 32) for step in table["path"]]
    top = root_of(leaf, table["index"], table["size"], steps)
    if table["size"] != head["head_seq"] or top.hex() != head["tree_root"]:
        raise Broken("the entry is not under the signed head")
    return gone


def root_of(leaf: bytes, index: int, size: int, steps: list[bytes]) -> bytes:
    """Return the root that a proof leads to (RFC 9162, section 2.1.3.2)."""
    at, last, top = index, size - 1, leaf
    if not 0 <= at <= last:
        raise Broken("the index is not in the tree")
    for step in steps:
        if not last:
            raise Broken("the path is too long")
        if at & 1 or at == last:
            top = H(b"\x01", step, top)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            top = H(b"\x01", top, step)
        at, last = at >> 1, last >> 1
    if last:
        raise Broken("the path is too short")
    return top
