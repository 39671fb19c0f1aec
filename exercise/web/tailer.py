"""Reads committed deliveries in order and hands them to this process's sockets."""

import logging
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Event as Flag

import orjson

from exercise.domain.identity import Member
from exercise.domain.state import Exercise
from exercise.service.conduct import Conduct
from exercise.service.conduct.writer import Spawn
from exercise.service.mishaps import Mishaps
from exercise.service.ports import PAGE, StoredEntry, Tailed, Timeline, Unwritable
from exercise.web.entries import DESKS
from exercise.web.pages_cache import Books, Pages
from exercise.web.send import Sender
from exercise.web.sockets import Listener, Sockets

LOG = logging.getLogger(__name__)

# What a lost nudge costs at most.
POLL_S = 0.5
# Groups that wait to be told on; more are read from the store.
HANDED = 64
REDACTED = "entry_redacted"
SEATS = frozenset({"member_moved", "member_revoked"})
GONE = "Your access was taken away."


@dataclass(frozen=True, slots=True)
class Floor:
    """What every tailer of a process works with."""

    timeline: Timeline
    conduct: Conduct
    books: Books
    pages: Pages
    sockets: Sockets
    sender: Sender


class Tailer:
    """One exercise's reader in this process."""

    def __init__(self, exercise: str, floor: Floor) -> None:
        self._exercise = exercise
        self._floor = floor
        self._flag = Flag()
        self._handed: deque[Sequence[Tailed]] = deque(maxlen=HANDED)
        self._epoch = floor.timeline.epoch()
        self._seq = floor.timeline.head(exercise).seq
        self.over = False
        self._mishaps = Mishaps(LOG)

    def nudge(self, tailed: Sequence[Tailed] = ()) -> None:
        """Look at once; `tailed` is what was committed here since the last time."""
        if tailed:
            self._handed.append(tailed)
        self._flag.set()

    def run(self) -> None:
        """Read until told that it is over."""
        while not self.over:
            try:
                while self.pump() == PAGE:
                    pass
                self._mishaps.over("what is new in %s is read", self._exercise)
            except Exception as error:  # noqa: BLE001 - the next look may succeed
                what = "Could not read what is new in %s"
                self._mishaps.tell(error, what, self._exercise)
            self._flag.wait(POLL_S)
            self._flag.clear()

    def pump(self) -> int:
        """Send on what was committed since the last look; return how much that was."""
        if not self._anybody_listens():
            return 0
        tailed: Sequence[Tailed] = self._from_here()
        if not tailed:
            tailed = self._floor.timeline.tail(self._exercise, self._seq, PAGE)
        waiting: list[Tailed] = []
        for one in tailed:
            self._learn(one.entry)
            waiting.append(one)
            if one.entry.kind in SEATS:
                self._flush(waiting)
                waiting = []
                self._reseat(one.entry)
        self._flush(waiting)
        if tailed:
            self._seq = tailed[-1].entry.seq
        return len(tailed)

    def _from_here(self) -> list[Tailed]:
        """Return what goes on from the last look among what was handed over."""
        found: list[Tailed] = []
        while self._handed:
            group = self._handed.popleft()
            if group[0].entry.seq != self._seq + len(found) + 1:
                # Somebody else wrote in between, or a look has seen it already.
                self._handed.clear()
                return []
            if any(one.entry.kind == REDACTED for one in group):
                # What is gone since is not to be shown: the store knows.
                self._handed.clear()
                return []
            found.extend(group)
        return found

    def _anybody_listens(self) -> bool:
        """Tell whether there are sockets here; without any, pass over what is new."""
        if self._floor.sockets.streams(self._exercise):
            return True
        self._handed.clear()
        # The head first: who begins to listen after it loses nothing.
        head = self._floor.timeline.head(self._exercise).seq
        if self._floor.sockets.streams(self._exercise):
            return True
        self._skip(head)
        return False

    def _skip(self, head: int) -> None:
        """Pass over what nobody here hears, but not over what must be forgotten."""
        while self._seq < head:
            tailed = self._floor.timeline.tail(self._exercise, self._seq, PAGE)
            if not tailed:
                return
            for one in tailed:
                self._learn(one.entry)
            self._seq = tailed[-1].entry.seq

    def _learn(self, entry: StoredEntry) -> None:
        if entry.kind == "member_named":
            self._floor.books.name(self._exercise, entry)
        if entry.kind == REDACTED:
            self._floor.books.rename(self._exercise)
            self._floor.pages.forget(self._exercise)

    def _flush(self, tailed: Iterable[Tailed]) -> None:
        by_stream: dict[str, list[tuple[StoredEntry, int]]] = {}
        for one in tailed:
            for stream, position in one.positions.items():
                by_stream.setdefault(stream, []).append((one.entry, position))
        # Delegations first: the desks of staff take over what is printed for them.
        for stream in sorted(by_stream, key=DESKS.__contains__):
            self._send(stream, by_stream[stream])

    def _send(self, stream: str, entries: list[tuple[StoredEntry, int]]) -> None:
        """Send a stream's entries as one frame to all who hear it the same way."""
        book = self._floor.books.of(self._exercise)
        for voice, sids in self._floor.sockets.voices(self._exercise, stream).items():
            told = [book.json(entry, stream, at, voice) for entry, at in entries]
            frame = {
                "audience": stream,
                "epoch": self._epoch,
                "entries": orjson.Fragment(b"[" + b",".join(told) + b"]"),
            }
            self._floor.sender.send(sids, "entries", orjson.dumps(frame))

    def _reseat(self, entry: StoredEntry) -> None:
        """Let the sockets of one who was moved or revoked follow at once."""
        state = self._floor.conduct.writer(self._exercise).view()
        if state is None or state.seq < entry.seq:
            raise Unwritable("the state is not as far as the entry; it is read again")
        body = orjson.loads(entry.body or b"{}")
        id_ = str(body.get("member", ""))
        for listener in self._floor.sockets.of_member(self._exercise, id_):
            self._follow(listener, _member(state, id_))

    def _follow(self, listener: Listener, member: Member | None) -> None:
        if member is None or member.revoked:
            self._floor.sender.cut(listener, GONE)
        else:
            self._floor.sockets.reseat(listener, member)


def _member(state: Exercise | None, id_: str) -> Member | None:
    return state.members.get(id_) if state else None


class Tailers:
    """One tailer for each exercise that somebody here listens to."""

    def __init__(self, floor: Floor, spawn: Spawn) -> None:
        self._floor = floor
        self._spawn = spawn
        self._tailers: dict[str, Tailer] = {}

    def ensure(self, exercise: str) -> Tailer:
        """Return an exercise's tailer; the first call starts it."""
        known = self._tailers.get(exercise)
        if known is None:
            known = self._tailers[exercise] = Tailer(exercise, self._floor)
            self._spawn(known.run)
        return known

    def nudge(self, exercise: str, tailed: Sequence[Tailed] = ()) -> None:
        """Let an exercise's tailer look at once, if there is one here."""
        known = self._tailers.get(exercise)
        if known is not None:
            known.nudge(tailed)

    def stop(self) -> None:
        """End every tailer."""
        for one in self._tailers.values():
            one.over = True
            one.nudge()
