"""The record as JSON Lines: written from a timeline, read back into entries."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from exercise.adapters.codec import decode
from exercise.domain.chain import Tree, canonical, head_message
from exercise.domain.moment import Author, Recorded
from exercise.domain.wall import from_iso, iso
from exercise.service.conduct.sealing import author_body, delivered
from exercise.service.ports import Opening, Sealed, Signer, Timeline


class NoRecord(ValueError):
    """The lines are no record that can be read; says where and why."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record read back; entries whose body is redacted are left out."""

    exercise: str
    scenario: str
    scenario_sha256: str
    opened_ms: int
    rehearsal: dict[str, Any] | None
    head_seq: int
    head_hash: str
    key: str
    entries: tuple[Recorded, ...]
    scoring: str = ""


def record_lines(timeline: Timeline, exercise: str, signer: Signer) -> Iterator[bytes]:
    """Yield the record of everything committed when this began, line by line."""
    opening = find(timeline, exercise)
    yield opening.first_line.encode() + b"\n"
    head, tree, seq = timeline.head(exercise), Tree(), 0
    prev = b""
    while seq < head.seq:
        for sealed in timeline.after(exercise, seq, min(500, head.seq - seq)):
            seq, prev = sealed.entry.seq, sealed.hash
            tree = tree.grown(sealed.leaf)
            yield entry_line(sealed)
    yield last_line(exercise, seq, prev, tree, signer)


def last_line(
    exercise: str, seq: int, head: bytes, tree: Tree, signer: Signer
) -> bytes:
    """Return the line that ends a record: its signed head."""
    return _line(signed_head(exercise, seq, head, tree, signer) | {"end": 1})


def entry_line(sealed: Sealed) -> bytes:
    """Return an entry's line, with its body or, once redacted, the body's hash."""
    entry = sealed.entry
    table: dict[str, Any] = {
        "seq": entry.seq,
        "id": entry.id,
        "at_ms": entry.at_ms,
        "wall": iso(entry.wall_ms),
        "kind": entry.kind,
        "version": entry.version,
        "actor": entry.actor,
        "author": author_body(entry.author),
        "audience": entry.audience,
        "delivered": delivered(entry.audience, entry.at_ms),
        "envelope_salt": sealed.envelope_salt.hex(),
        "leaf": sealed.leaf.hex(),
        "prev": sealed.prev.hex(),
        "hash": sealed.hash.hex(),
    }
    if entry.body is None or sealed.salt is None:
        return _line(table | {"body_hash": sealed.body_hash})
    return _line(table | {"body": json.loads(entry.body), "salt": sealed.salt.hex()})


def signed_head(
    exercise: str, seq: int, head: bytes, tree: Tree, signer: Signer
) -> dict[str, Any]:
    """Return a head with its signature and key."""
    message = head_message(exercise, seq, head, tree.root)
    return {
        "head_seq": seq,
        "head_hash": head.hex(),
        "tree_root": tree.root.hex(),
        "key": signer.key.hex(),
        "signature": signer.sign(message).hex(),
    }


def read_record(lines: Iterable[bytes]) -> Record:
    """Return what a record says, without proving it.

    Raises:
        NoRecord: a line cannot be read.
    """
    tables = list(_tables(lines))
    try:
        first, *middle, last = tables
        return Record(
            exercise=first["exercise"],
            scenario=first["scenario"],
            scenario_sha256=first["scenario_sha256"],
            opened_ms=from_iso(first["opened"]),
            rehearsal=first.get("rehearsal"),
            head_seq=last["head_seq"],
            head_hash=last["head_hash"],
            key=last["key"],
            scoring=first["scoring"],
            entries=tuple(_recorded(one) for one in middle if "body" in one),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NoRecord(f"this is no record we can read: {error}") from error


def find(timeline: Timeline, exercise: str) -> Opening:
    """Return an exercise's row.

    Raises:
        KeyError: there is no such exercise.
    """
    for opening in timeline.exercises():
        if opening.exercise == exercise:
            return opening
    raise KeyError(exercise)


def _line(table: dict[str, Any]) -> bytes:
    return canonical(table) + b"\n"


def _tables(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        try:
            yield json.loads(line)
        except ValueError as error:
            raise NoRecord(f"line {number} is not JSON") from error


def _recorded(table: dict[str, Any]) -> Recorded:
    author = table["author"]
    return Recorded(
        seq=table["seq"],
        id=table["id"],
        at_ms=table["at_ms"],
        wall_ms=from_iso(table["wall"]),
        actor=table["actor"],
        event=decode(table["kind"], table["version"], canonical(table["body"])),
        author=Author(
            author.get("member", ""),
            author.get("delegation", ""),
            author.get("seat", ""),
        ),
        audience=tuple(table["audience"]),
    )
