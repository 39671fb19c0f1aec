"""The one writer of a timeline: a group of requests in one transaction."""

import logging
from collections.abc import Callable, Sequence
from typing import TypeAlias

from exercise.domain.events import EntryRedacted
from exercise.domain.state import Exercise
from exercise.service.conduct.drafting import Drafting, is_anonymous, scope
from exercise.service.conduct.standing import Standing
from exercise.service.mishaps import Mishaps
from exercise.service.ports import (
    Head,
    Ports,
    Sealed,
    Tailed,
    Taken,
    Transaction,
    Unwritable,
)
from exercise.service.requests import Outcome, Refusal, Request, Unanswered

LOG = logging.getLogger(__name__)
FAILED = Refusal("failed", "The server could not record this; nothing was kept.")
TOO_LATE = Refusal("conflict", "Somebody else did this a moment ago.")
Read: TypeAlias = Callable[[int], Sequence[Sealed]]

REDACTED = EntryRedacted.KIND
NOWHERE = Head(epoch="", seq=0, hash=b"")
# Entries read and folded at a time: some ten milliseconds' work.
PAGE = 50


class Unknown(Unwritable):
    """COMMIT failed: what it did is not known."""


class Conductor:
    """Runs groups of requests against one exercise; not for two threads at once.

    `rest` lets others run while a long history is read outside any transaction.
    """

    def __init__(
        self, exercise: str, ports: Ports, rest: Callable[[], object] = lambda: None
    ) -> None:
        self.exercise = exercise
        self._rest = rest
        self.writable = True
        self._ports = ports
        self._standing = Standing(NOWHERE)
        self._committed: list[Tailed] = []
        self._mishaps = Mishaps(LOG)

    def news(self) -> list[Tailed]:
        """Return what was committed here since the last time this was asked."""
        news, self._committed = self._committed, []
        return news

    @property
    def state(self) -> Exercise | None:
        """Return the state as last seen, without looking."""
        return self._standing.state

    @property
    def head(self) -> Head:
        """Return the head as last seen, without looking."""
        return self._standing.head

    def run(self, batch: Sequence[Request]) -> list[Outcome]:
        """Return what became of each request; acks are durable.

        A group that fails is rolled back, and its requests run one by one.
        """
        if len(batch) > 1:
            try:
                return self._together(batch)
            except Unwritable as no:
                return self._unanswered(batch, no)
            except Exception:  # the loop must go on whatever one request broke
                LOG.exception("A group of %d failed in %s", len(batch), self.exercise)
        return [self._alone(request) for request in batch]

    def refresh(self) -> Exercise | None:
        """Return the state after everything committed so far, by whomever."""
        head = self._ports.timeline.head(self.exercise)
        here = self._from_here(head)
        self._standing = self._up_to(head, here, self._read_at_ease)
        return self._standing.state

    def probe(self) -> bool:
        """Try whether something can be written, and return the answer."""
        try:
            self._touch()
        except Exception as error:  # noqa: BLE001 - whatever it is, we cannot write
            self._mishaps.tell(error, "Still no writing in %s", self.exercise)
            self.writable = False
        else:
            self._writes_again()
        return self.writable

    def _touch(self) -> None:
        """Write what is there already: on a full disk a lock alone is still had."""
        transaction = self._ports.timeline.begin(self.exercise)
        try:
            transaction.touch()
        except BaseException:
            transaction.rollback()
            raise
        transaction.commit()

    def _writes_again(self) -> None:
        self.writable = True
        self._mishaps.over("writing in %s", self.exercise)

    def _alone(self, request: Request) -> Outcome:
        try:
            return self._together([request])[0]
        except Unwritable as no:
            return self._unanswered([request], no)[0]
        except Taken:
            return TOO_LATE
        except Exception:  # a request that cannot be kept is refused, not fatal
            LOG.exception("A request failed in %s", self.exercise)
            return FAILED

    def _unanswered(self, batch: Sequence[Request], no: Exception) -> list[Outcome]:
        cause = no.__cause__ if isinstance(no, Unknown) else None
        self._mishaps.tell(cause or no, "Cannot write in %s", self.exercise)
        self.writable = False
        return [Unanswered() for _ in batch]

    def _together(self, batch: Sequence[Request]) -> list[Outcome]:
        if not self._standing.head.seq:
            self.refresh()  # a long history is read before the lock is taken
        transaction = self._ports.timeline.begin(self.exercise)
        try:
            drafting = self._drafting(transaction, batch)
            outcomes = [drafting.answer(request) for request in batch]
            if drafting.group.answered or drafting.group.entries:
                transaction.append(drafting.group)
        except BaseException:
            transaction.rollback()
            raise
        self._finish(transaction, drafting)
        return outcomes

    def _finish(self, transaction: Transaction, drafting: Drafting) -> None:
        """Commit, and only then believe what was drafted."""
        if drafting.group.answered or drafting.group.entries:
            try:
                transaction.commit()
            except Exception as error:
                raise Unknown(str(error)) from error
        else:
            transaction.rollback()
        self._standing = drafting.standing
        group = drafting.group
        pairs = zip(group.entries, group.positions, strict=True)
        self._committed.extend(Tailed(sealed.entry, to) for sealed, to in pairs)
        self._writes_again()
        if drafting.group.redacted:
            self._forget()

    def _forget(self) -> None:
        """Fold again from what is left, so that no state holds what was redacted."""
        head, self._standing = self._standing.head, Standing(NOWHERE)
        try:
            self._standing = self._up_to(head, _blank(head), self._read)
        except Exception:  # it is committed; the next look folds again
            LOG.exception("Could not fold %s again", self.exercise)

    def _drafting(self, transaction: Transaction, batch: Sequence[Request]) -> Drafting:
        head = transaction.head
        standing = self._up_to(head, self._from_here(head), transaction.after)
        known = transaction.answers({(scope(one), one.id) for one in batch})
        asked = {one.member for one in batch if is_anonymous(one.command)}
        surveyed = transaction.surveyed(asked) if asked else frozenset[str]()
        return Drafting(self.exercise, self._ports, standing, known, surveyed)

    def _read(self, seq: int) -> Sequence[Sealed]:
        return self._ports.timeline.after(self.exercise, seq)

    def _read_at_ease(self, seq: int) -> Sequence[Sealed]:
        """Read on, and let others run before the next few."""
        if seq:
            self._rest()
        return self._ports.timeline.after(self.exercise, seq, PAGE)

    def _up_to(self, head: Head, standing: Standing, read: Read) -> Standing:
        """Return the standing at `head`; what was redacted is folded out of it."""
        known = standing.head.seq
        while standing.head.seq < head.seq:
            entries = read(standing.head.seq)
            if known and any(one.entry.kind == REDACTED for one in entries):
                return self._up_to(head, _blank(head), read)
            standing = standing.caught_up(entries, self._ports.codec)
        return standing

    def _from_here(self, head: Head) -> Standing:
        """Return what we know if the timeline goes on from it, else a blank start."""
        if self._standing.head.seq and self._standing.fits(head):
            return self._standing
        return _blank(head)


def _blank(head: Head) -> Standing:
    """Return the standing before the first entry, from which everything is read."""
    # Before the first entry the head's hash is line 1's, and after it nobody asks.
    return Standing(Head(head.epoch, 0, head.hash))
