"""What was acknowledged: it stands in the record once, as it was sent."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from exercise.adapters.promises.findings import Finding
from exercise.adapters.promises.stored import Stored
from exercise.adapters.promises.witness import Acked, Witness
from exercise.service.ports import Answered


def i1_acknowledged_once(stored: Stored, witness: Witness) -> Iterator[Finding]:
    """Every acknowledged command is in the record, with what was acknowledged."""
    places = {
        (audience, position): seq
        for audience, rows in stored.deliveries.items()
        for position, seq in rows
    }
    for answered in stored.answers:
        yield from _stands(stored, answered, places)
    kept = {(one.member, one.id): one.ack.id for one in stored.answers}
    for acked in witness.acked:
        yield from _as_told(stored, acked, kept)


def _stands(
    stored: Stored, answered: Answered, places: dict[tuple[str, int], int]
) -> Iterator[Finding]:
    ack = answered.ack
    if ack.id is None:
        return
    sealed = stored.by_id.get(ack.id)
    told = f"command {answered.id} of {answered.member}"
    if sealed is None:
        yield Finding("I1", stored.exercise, 0, f"{told} has its entry {ack.id}")
        return
    entry = sealed.entry
    if entry.actor != answered.member:
        yield Finding("I1", stored.exercise, entry.seq, f"{told} is its sender's")
    if ack.audience is None or ack.position is None:
        return
    if places.get((ack.audience, ack.position)) != entry.seq:
        where = f"stands at {ack.position} of {ack.audience}, as was answered"
        yield Finding("I1", stored.exercise, entry.seq, f"{told} {where}")


def _as_told(
    stored: Stored, acked: Acked, kept: dict[tuple[str, str], str | None]
) -> Iterator[Finding]:
    sent = acked.sent
    told = f"command {sent.id} of {sent.member}, acknowledged"
    if (sent.member, sent.id) not in kept:
        yield Finding("I1", stored.exercise, 0, f"{told}, is kept")
        return
    if acked.entry is None or not sent.text:
        return
    sealed = stored.by_id.get(acked.entry)
    if sealed is None:
        yield Finding("I1", stored.exercise, 0, f"{told}, has its entry")
    elif sent.text not in texts(sealed.entry.body or "{}"):
        told = f"{told}, holds the words it was sent with"
        yield Finding("I1", stored.exercise, sealed.entry.seq, told)


def i2_answered_once(stored: Stored, witness: Witness) -> Iterator[Finding]:
    """No command is in the record twice, and a repeat gets the same answer."""
    firsts = Counter(one.ack.id for one in stored.answers if one.ack.id)
    for entry, times in firsts.items():
        if times > 1:
            sealed = stored.by_id.get(entry)
            seq = sealed.entry.seq if sealed else 0
            told = f"one command led to it, not {times}"
            yield Finding("I2", stored.exercise, seq, told)
    yield from _told_twice(stored, witness)
    yield from _stands_twice(stored, witness)


def _told_twice(stored: Stored, witness: Witness) -> Iterator[Finding]:
    answers: dict[tuple[str, str], set[tuple[str | None, int | None]]]
    answers = defaultdict(set)
    for one in witness.acked:
        answers[one.sent.member, one.sent.id].add((one.entry, one.position))
    for (member, id_), told in answers.items():
        if len(told) > 1:
            words = f"command {id_} of {member} has one answer, not {len(told)}"
            yield Finding("I2", stored.exercise, 0, words)


def _stands_twice(stored: Stored, witness: Witness) -> Iterator[Finding]:
    wanted = {one.text for one in witness.sent if one.text}
    wanted |= {one.sent.text for one in witness.acked if one.sent.text}
    seen: dict[str, int] = {}
    for sealed in stored.entries if wanted else ():
        for text in texts(sealed.entry.body or "{}") & wanted:
            if text in seen:
                told = f"“{text}” stands once, and it does at entry {seen[text]}"
                yield Finding("I2", stored.exercise, sealed.entry.seq, told)
            seen.setdefault(text, sealed.entry.seq)


def i9_nothing_while_away(stored: Stored, witness: Witness) -> Iterator[Finding]:
    """Nothing is acknowledged while the store cannot commit."""
    for acked in witness.acked:
        for away in witness.away:
            if away.from_ms <= acked.wall_ms <= away.to_ms:
                sent = acked.sent
                told = f"command {sent.id} of {sent.member} has no answer"
                words = f"{told} while the store was away"
                yield Finding("I9", stored.exercise, 0, words)


@lru_cache(maxsize=8192)
def texts(body: str) -> frozenset[str]:
    """Return every text in a body."""
    return frozenset(_texts(json.loads(body)))


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
