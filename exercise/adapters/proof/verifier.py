"""Checks a record line by line, with nothing but Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from exercise.adapters.proof.ed25519 import signed_by
from exercise.adapters.proof.lines import (
    Broken,
    H,
    canonical,
    fingerprint,
    meant,
    only_keys,
    parsed,
    raw,
)

FIRST = {"record", "exercise", "scenario", "scenario_sha256", "scoring", "opened"}
COMMON = {
    "seq", "id", "at_ms", "wall", "kind", "version", "actor", "author", "audience",
    "delivered", "envelope_salt", "leaf", "prev", "hash",
}  # fmt: skip
WHOLE, REDACTED = COMMON | {"body", "salt"}, COMMON | {"body_hash"}
LAST = {"end", "head_seq", "head_hash", "tree_root", "key", "signature"}
CONTENT = ("id", "kind", "version", "at_ms", "wall", "author")
DESKS = {"facilitators", "evaluators", "observers", "room"}


@dataclass
class Verdict:
    """What a record proved, or its first broken line and why."""

    ok: bool
    line: int = 0
    reason: str = ""
    exercise: str = ""
    head_seq: int = 0
    fingerprint: str = ""
    rehearsal: bool = False
    redacted: int = 0
    files: dict[str, int] = field(default_factory=dict)  # SHA-256 to size
    papers: int = 0  # of them found beside the record, and right


# --- The record ---------------------------------------------------------------


class Reader:
    """Follows a record line by line."""

    def __init__(self) -> None:
        self.first: dict[str, Any] = {}
        self.last: dict[str, Any] = {}
        self.prev = b""
        self.seq = self.at_ms = 0
        self.peaks: list[bytes] = []
        self.ids: dict[str, int] = {}
        self.open: dict[str, int] = {}  # redacted entries that nothing names yet
        self.redacted = 0
        self.files: dict[str, int] = {}
        self.signed: list[tuple[int, bytes, bytes]] = []

    def read(self, number: int, line: bytes) -> None:
        """Check one line."""
        if self.last:
            raise Broken("there is something after the last line")
        table = parsed(line)
        if number == 1:
            self._first(table)
        elif "end" in table:
            self._end(table)
        else:
            self._entry(number, table)

    def _first(self, table: dict[str, Any]) -> None:
        only_keys(table, FIRST, FIRST | {"rehearsal"})
        if table["record"] != 1 or table["record"] is True:
            raise Broken("this is no record of version 1")
        raw(table, "scenario_sha256", 32)
        self.first, self.prev = table, H(canonical(table))

    def _entry(self, number: int, table: dict[str, Any]) -> None:
        only_keys(table, WHOLE, REDACTED)
        if any(type(table[one]) is not int for one in ("seq", "at_ms", "version")):
            raise Broken("a number is none")
        if table["seq"] != self.seq + 1:
            raise Broken("an entry is missing, twice or out of order")
        if table["at_ms"] < self.at_ms:
            raise Broken("exercise time falls")
        if table["id"] in self.ids:
            raise Broken("an id stands twice")
        self._hashes(table)
        self._meaning(number, table)
        self.seq, self.at_ms = table["seq"], table["at_ms"]
        self.ids[table["id"]] = number
        self.files |= files_in(table.get("body"))
        self._grow(raw(table, "leaf", 32))
        self.prev = raw(table, "hash", 32)

    def _hashes(self, table: dict[str, Any]) -> None:
        audience = table["audience"]
        if audience != sorted(set(audience)):
            raise Broken("the audience is not sorted")
        delivered = {one: table["at_ms"] for one in audience if one not in DESKS}
        if table["delivered"] != delivered:
            raise Broken("delivered does not follow from the audience")
        if raw(table, "prev", 32) != self.prev:
            raise Broken("prev is not the hash before it")
        parts = {key: table[key] for key in ("seq", "audience", "delivered", "actor")}
        envelope = H(raw(table, "envelope_salt", 16), canonical(parts))
        content = {key: table[key] for key in CONTENT}
        content["body_hash"] = body_hash(table)
        if leaf_of(envelope, content) != raw(table, "leaf", 32):
            raise Broken("the leaf does not follow from the entry")
        if H(b"\x02", self.prev, raw(table, "leaf", 32)) != raw(table, "hash", 32):
            raise Broken("the hash does not follow from prev and leaf")

    def _meaning(self, number: int, table: dict[str, Any]) -> None:
        kind, body = table["kind"], table.get("body")
        if table["seq"] == 1:
            if kind != "exercise_opened" or body is None:
                raise Broken("the first entry is not exercise_opened")
            if H(canonical(body["scenario"])).hex() != self.first["scenario_sha256"]:
                raise Broken("scenario_sha256 is of another scenario")
        if body is None:
            self.open[table["id"]] = number
            self.redacted += 1
        elif kind == "entry_redacted":
            self.open.pop(body["entry"], None)
        elif kind == "checkpoint":
            self._head(body)
            self.signed.append((number, self._message(), raw(body, "signature", 64)))

    def _head(self, table: dict[str, Any]) -> None:
        told = (table["head_seq"], table["head_hash"], table["tree_root"])
        if told != (self.seq, self.prev.hex(), self.root.hex()):
            raise Broken("the head is not the one of this record")

    def _end(self, table: dict[str, Any]) -> None:
        only_keys(table, LAST)
        if table["end"] != 1 or table["end"] is True or not self.seq:
            raise Broken("this is no last line of version 1")
        self._head(table)
        key = raw(table, "key", 32)
        if not signed_by(key, self._message(), raw(table, "signature", 64)):
            raise Broken("the signature is not by the key")
        self.last = table

    def _message(self) -> bytes:
        return head_message(
            self.first["exercise"], self.seq, self.prev.hex(), self.root.hex()
        )

    def _grow(self, leaf: bytes) -> None:
        size, top = self.seq - 1, leaf
        while size & 1:
            top, size = H(b"\x01", self.peaks.pop(), top), size >> 1
        self.peaks.append(top)

    @property
    def root(self) -> bytes:
        """Return the RFC 6962 root over the entries so far."""
        top = self.peaks[-1] if self.peaks else H()
        for peak in self.peaks[-2::-1]:
            top = H(b"\x01", peak, top)
        return top

    def finish(self, lines: int, expected: str) -> str:
        """Check what only the whole record can show; return the fingerprint."""
        if not self.last:
            raise Broken("the record is cut off", lines + 1)
        key = bytes.fromhex(self.last["key"])
        if expected and meant(expected) != meant(fingerprint(key)):
            raise Broken(f"the key's fingerprint is {fingerprint(key)}, not the given")
        for number, message, signature in self.signed:
            if not signed_by(key, message, signature):
                raise Broken("the checkpoint is not signed by the key", number)
        if self.open:
            gone = min(self.open.values())
            raise Broken("the body is gone and no later entry says why", gone)
        return fingerprint(key)


def files_in(body: object) -> dict[str, int]:
    """Return the attached files that a body names: SHA-256 to size."""
    found: dict[str, int] = {}
    waiting: list[Any] = [body]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            waiting.extend(one.values())
            if {"file", "sha256", "bytes"} <= set(one):
                found[one["sha256"]] = one["bytes"]
    return found


def body_hash(table: dict[str, Any]) -> str:
    """Return the salted hash of an entry's body, recomputed if it is there."""
    if "body_hash" in table:
        return raw(table, "body_hash", 32).hex()
    return H(raw(table, "salt", 16), canonical(table["body"])).hex()


def leaf_of(envelope: bytes, content: dict[str, Any]) -> bytes:
    """Return the leaf of an entry."""
    return H(b"\x00", envelope, canonical(content))


def head_message(exercise: str, seq: int, head: str, root: str) -> bytes:
    """Return what the signature of a head covers."""
    told = {
        "exercise": exercise, "head_seq": seq, "head_hash": head, "tree_root": root
    }  # fmt: skip
    return b"detente-head-1\n" + canonical(told)


def verify(lines: Iterable[bytes], expected: str = "") -> Verdict:
    """Return what a record proves; `expected` is the fingerprint to hold it to."""
    reader, number = Reader(), 0
    try:
        for number, line in enumerate(lines, 1):
            reader.read(number, line)
        found = reader.finish(number, expected)
    except Broken as why:
        return Verdict(ok=False, line=why.line or number, reason=str(why))
    except (KeyError, TypeError, AttributeError):
        return Verdict(ok=False, line=number, reason="a value is of the wrong type")
    return Verdict(
        ok=True,
        exercise=reader.first["exercise"],
        head_seq=reader.seq,
        fingerprint=found,
        rehearsal="rehearsal" in reader.first,
        redacted=reader.redacted,
        files=reader.files,
    )
