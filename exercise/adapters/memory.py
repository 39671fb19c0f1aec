"""The timeline and the watch in memory: rehearsals and tests, by the same contract."""

import threading
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from hashlib import sha256

from exercise.adapters.codec import NAMED, naming
from exercise.service.ports import (
    PAGE,
    Answered,
    Group,
    Head,
    Lease,
    Mark,
    Naming,
    Opening,
    Sealed,
    StoredEntry,
    Tailed,
    Taken,
    Unwritable,
)

PATIENCE_S = 5.0


@dataclass(slots=True)
class Kept:
    """One exercise's rows."""

    opening: Opening
    first_hash: bytes
    entries: list[Sealed] = field(default_factory=list)
    positions: list[Mapping[str, int]] = field(default_factory=list)
    streams: dict[str, list[int]] = field(default_factory=dict)
    by_id: dict[str, int] = field(default_factory=dict)
    answered: dict[tuple[str, str], Answered] = field(default_factory=dict)
    releases: dict[str, int] = field(default_factory=dict)
    surveyed: set[str] = field(default_factory=set)
    names: list[int] = field(default_factory=list)

    @property
    def hash(self) -> bytes:
        """Return the chain's last hash."""
        return self.entries[-1].hash if self.entries else self.first_hash


class MemoryTimeline:
    """Timelines that last as long as the process."""

    def __init__(self, epoch: str = "memory") -> None:
        self._epoch = epoch
        self._kept: dict[str, Kept] = {}
        self._lock = threading.Lock()

    def epoch(self) -> str:
        """Return the string that changes only when a backup is restored."""
        return self._epoch

    def create(self, opening: Opening) -> None:
        """Make an exercise's empty timeline."""
        if opening.exercise in self._kept:
            raise Taken(opening.exercise)
        self._kept[opening.exercise] = Kept(opening, first_hash(opening))

    def exercises(self) -> tuple[Opening, ...]:
        """Return every exercise, the latest first."""
        return tuple(
            replace(one.opening, head_seq=len(one.entries))
            for one in reversed(self._kept.values())
        )

    def kept(self, exercise: str) -> Kept:
        """Return an exercise's rows, as they are."""
        return self._kept[exercise]

    def begin(self, exercise: str) -> "MemoryTransaction":
        """Open the write transaction."""
        if not self._lock.acquire(timeout=PATIENCE_S):
            raise Unwritable("the lock was not had in time")
        try:
            return MemoryTransaction(self._kept[exercise], self._epoch, self._lock)
        except KeyError:
            self._lock.release()
            raise

    def head(self, exercise: str) -> Head:
        """Return how far the timeline is."""
        kept = self._kept[exercise]
        return Head(self._epoch, len(kept.entries), kept.hash)

    def after(self, exercise: str, seq: int, limit: int = 500) -> Sequence[Sealed]:
        """Return entries after `seq`, in order."""
        return self._kept[exercise].entries[seq : seq + limit]

    def page(
        self,
        exercise: str,
        audience: str,
        *,
        after: int | None = None,
        before: int | None = None,
        limit: int = PAGE,
    ) -> Sequence[StoredEntry]:
        """Return entries of one audience in order: past `after`, or last before."""
        kept = self._kept[exercise]
        stream = kept.streams.get(audience, [])
        if before is not None:
            end = min(max(before - 1, 0), len(stream))
            start = max(0, end - limit)
        else:
            start = max(after or 0, 0)
            end = start + limit
        numbered = enumerate(stream[start:end], start + 1)
        return [replace(kept.entries[at].entry, position=n) for n, at in numbered]

    def tail(
        self, exercise: str, after_seq: int, limit: int = PAGE
    ) -> Sequence[Tailed]:
        """Return committed entries after `after_seq` with all their positions."""
        kept, end = self._kept[exercise], after_seq + limit
        pairs = zip(
            kept.entries[after_seq:end], kept.positions[after_seq:end], strict=True
        )
        return [Tailed(sealed.entry, positions) for sealed, positions in pairs]

    def heads(self, exercise: str) -> Mapping[str, int]:
        """Return each audience's last position."""
        return {one: len(rows) for one, rows in self._kept[exercise].streams.items()}

    def entry(self, exercise: str, entry_id: str) -> StoredEntry | None:
        """Return the entry with this id."""
        kept = self._kept[exercise]
        at = kept.by_id.get(entry_id)
        return None if at is None else kept.entries[at].entry

    def namings(self, exercise: str) -> tuple[Naming, ...]:
        """Return who was named what from which entry on."""
        kept = self._kept[exercise]
        return tuple(naming(kept.entries[at].entry) for at in kept.names)


class MemoryTransaction:
    """One open write on a timeline in memory."""

    def __init__(self, kept: Kept, epoch: str, lock: threading.Lock) -> None:
        self._kept = kept
        self._lock = lock
        self._group: Group | None = None
        self.head = Head(epoch, len(kept.entries), kept.hash)

    def after(self, seq: int) -> Sequence[Sealed]:
        """Return every entry after `seq`."""
        return self._kept.entries[seq:]

    def answers(
        self, asked: Collection[tuple[str, str]]
    ) -> Mapping[tuple[str, str], Answered]:
        """Return the stored results among these members' ids."""
        known = self._kept.answered
        return {pair: known[pair] for pair in asked if pair in known}

    def surveyed(self, members: Collection[str]) -> AbstractSet[str]:
        """Return who of `members` has answered an anonymous survey."""
        return self._kept.surveyed & set(members)

    def append(self, group: Group) -> None:
        """Add the group's entries, deliveries and results."""
        twice = self._kept.releases.keys() & group.released.keys()
        if twice:
            raise Taken(f"released already: {sorted(twice)}")
        self._group = group

    def touch(self) -> None:
        """Write something that changes nothing."""

    def commit(self) -> None:
        """Make it durable for as long as the process lives."""
        if self._group is not None:
            self._add(self._group)
        self._lock.release()

    def rollback(self) -> None:
        """Leave everything as it was."""
        self._lock.release()

    def _add(self, group: Group) -> None:
        kept = self._kept
        for sealed, positions in zip(group.entries, group.positions, strict=True):
            at = len(kept.entries)
            kept.entries.append(sealed)
            kept.positions.append(positions)
            kept.by_id[sealed.entry.id] = at
            for audience in positions:
                kept.streams.setdefault(audience, []).append(at)
            if sealed.entry.kind == NAMED:
                kept.names.append(at)
        kept.answered.update({(one.member, one.id): one for one in group.answered})
        kept.releases.update(group.released)
        kept.surveyed.update(group.surveyed)
        for entry_id in group.redacted:
            self._redact(kept.by_id[entry_id])
        if group.entries:
            kept.opening = replace(kept.opening, status=group.status)

    def _redact(self, at: int) -> None:
        sealed = self._kept.entries[at]
        bare = replace(sealed.entry, body=None)
        self._kept.entries[at] = replace(sealed, entry=bare, salt=None)


class MemoryWatch:
    """Leases and clock marks in memory."""

    def __init__(self) -> None:
        self._leases: dict[str, Lease] = {}
        self._marks: dict[str, Mark] = {}

    def take(self, exercise: str, holder: str, wall_ms: int, lease_ms: int) -> Lease:
        """Take or renew the lease if it is free; return the one in force."""
        held = self._leases.get(exercise)
        if held is None or held.holder in {holder, ""} or held.until_ms <= wall_ms:
            handed = bool(held and not held.holder and held.until_ms > wall_ms)
            held = Lease(holder, wall_ms + lease_ms, handed)
            self._leases[exercise] = replace(held, handed=False)
        return held

    def hand_over(self, exercise: str, holder: str, until_ms: int) -> None:
        """Leave the holder's lease to whoever takes it first, until then as handed."""
        held = self._leases.get(exercise)
        if held and held.holder == holder:
            self._leases[exercise] = Lease("", until_ms)

    def mark(self, exercise: str, at_ms: int, wall_ms: int) -> None:
        """Keep the time that exercise time has reached."""
        self._marks[exercise] = Mark(at_ms, wall_ms)

    def last_mark(self, exercise: str) -> Mark | None:
        """Return the last time kept."""
        return self._marks.get(exercise)


def first_hash(opening: Opening) -> bytes:
    """Return the hash that the first entry is chained to: of line 1."""
    return sha256(opening.first_line.encode()).digest()
