"""Who was sent what: numbered without a gap, whole, and to nobody else."""

import re
from collections.abc import Iterator

from exercise.adapters.promises.answers import texts
from exercise.adapters.promises.findings import Finding
from exercise.adapters.promises.stored import Stored
from exercise.adapters.promises.witness import View, Witness
from exercise.domain.events import MemberJoined, MemberRevoked
from exercise.domain.moment import ANONYMOUS


def i3_numbered(stored: Stored, _witness: Witness) -> Iterator[Finding]:
    """Entries are numbered 1, 2, 3 … to the head, and so is each audience's stream."""
    for number, sealed in enumerate(stored.entries, 1):
        if sealed.entry.seq != number:
            told = f"entry {number} stands before it"
            yield Finding("I3", stored.exercise, sealed.entry.seq, told)
            break
    if len(stored.entries) != stored.head.seq:
        told = f"there are as many entries as the head says, {stored.head.seq}"
        yield Finding("I3", stored.exercise, len(stored.entries), told)
    for audience in sorted({*stored.heads, *stored.deliveries}):
        rows = stored.deliveries.get(audience, ())
        head = stored.heads.get(audience, 0)
        if [at for at, _ in rows] != list(range(1, head + 1)):
            told = f"the positions of {audience} are 1 to {head}"
            yield Finding("I3", stored.exercise, 0, told)


def i4_views_equal(stored: Stored, witness: Witness) -> Iterator[Finding]:
    """A stream holds all that is addressed to it, in order, and clients see that."""
    streams = stored.deliveries.items()
    placed = {(who, seq) for who, rows in streams for _, seq in rows}
    for sealed in stored.entries:
        for audience in sealed.entry.audience:
            if (audience, sealed.entry.seq) not in placed:
                told = f"{audience} gets it"
                yield Finding("I4", stored.exercise, sealed.entry.seq, told)
    for audience, rows in stored.deliveries.items():
        seqs = [seq for _, seq in rows]
        if seqs != sorted(seqs):
            told = f"{audience} gets its entries in their order"
            yield Finding("I4", stored.exercise, 0, told)
    for view in witness.views:
        yield from _same(stored, view)


def _same(stored: Stored, view: View) -> Iterator[Finding]:
    whole = stored.streams.get(view.audience, ())
    if not view.whole:
        whole = whole[: len(view.entries)]
    if view.entries == whole:
        return
    pairs = enumerate(zip(view.entries, whole, strict=False), 1)
    at = next((n for n, (seen, kept) in pairs if seen != kept), 0)
    told = f"{view.client} sees the {len(whole)} entries of {view.audience}"
    words = f"{told}, not {len(view.entries)}" + (f"; they part at {at}" if at else "")
    yield Finding("I4", stored.exercise, 0, words)


def i5_addressed_only(stored: Stored, witness: Witness) -> Iterator[Finding]:
    """Nobody is sent anything of an entry that is not addressed to them."""
    addressed = {one.entry.seq: set(one.entry.audience) for one in stored.entries}
    for audience, rows in stored.deliveries.items():
        for _, seq in rows:
            if audience not in addressed.get(seq, ()):
                told = f"{audience} does not get it"
                yield Finding("I5", stored.exercise, seq, told)
    if witness.views:
        # What was recorded by another version went by that version's rules.
        yield from _by_the_rules(stored)
        yield from _overheard(stored, witness)


def _by_the_rules(stored: Stored) -> Iterator[Finding]:
    for step in stored.steps:
        entry = step.sealed.entry
        if step.rules is not None and step.rules != entry.audience:
            told = f"it is for {', '.join(step.rules)}"
            yield Finding("I5", stored.exercise, entry.seq, told)


def _overheard(stored: Stored, witness: Witness) -> Iterator[Finding]:
    """Find texts in what a client was sent that stand in no entry of its stream."""
    if not witness.marks:
        return
    pattern, left = re.compile(witness.marks), _left(stored)
    for view in witness.views:
        # What reached it and is not on its screen yet is its own all the same.
        last = left.get(view.member, stored.head.seq)
        rows = stored.deliveries.get(view.audience, ())
        ids = zip(stored.streams.get(view.audience, ()), rows, strict=False)
        mine = {w for id_, (_, seq) in ids if seq <= last for w in _words(stored, id_)}
        for text in sorted(set(pattern.findall(view.raw)) - mine):
            told = f"{view.client} does not get “{text}”"
            yield Finding("I5", stored.exercise, 0, told)


def _words(stored: Stored, id_: str) -> frozenset[str]:
    sealed = stored.by_id.get(id_)
    return texts(sealed.entry.body or "{}") if sealed else frozenset()


def _left(stored: Stored) -> dict[str, int]:
    """Return who is out in the end, and since which entry."""
    out: dict[str, int] = {}
    for step in stored.steps:
        match step.event:
            case MemberRevoked(member=member):
                out.setdefault(member, step.sealed.entry.seq)
            case MemberJoined(member=member):
                out.pop(member, None)
            case _:
                pass
    return out


def i10_out_is_out(stored: Stored, witness: Witness) -> Iterator[Finding]:
    """Who is out sends nothing more and is sent nothing more."""
    out: dict[str, int] = {}
    for step in stored.steps:
        entry = step.sealed.entry
        if entry.actor in out and entry.actor != ANONYMOUS:
            told = f"{entry.actor} is out since entry {out[entry.actor]}"
            yield Finding("I10", stored.exercise, entry.seq, told)
        match step.event:
            case MemberRevoked(member=member):
                out.setdefault(member, entry.seq)
            case MemberJoined(member=member):
                out.pop(member, None)
            case _:
                pass
    for view in witness.views:
        if view.member in out:
            yield from _after(stored, view, out[view.member])


def _after(stored: Stored, view: View, seq: int) -> Iterator[Finding]:
    for id_ in view.entries:
        sealed = stored.by_id.get(id_)
        if sealed and sealed.entry.seq > seq:
            told = f"{view.client} does not get it, being out since entry {seq}"
            yield Finding("I10", stored.exercise, sealed.entry.seq, told)
