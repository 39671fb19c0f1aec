"""A timeline that fails where it is told to, as a disk or a network would."""

from collections.abc import Sequence
from typing import Any

from exercise.service.ports import Group, Head, Transaction, Unwritable


class Frail:
    """Passes everything on to a timeline, but for what is set to fail."""

    def __init__(self, timeline: Any) -> None:  # noqa: ANN401 - any timeline
        self._timeline = timeline
        self.away = False
        self.unread = False
        self.poison = ""
        self.commits_lost: list[bool] = []  # True: committed all the same

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the other has
        return getattr(self._timeline, name)

    def head(self, exercise: str) -> Head:
        if self.unread:
            raise Unwritable("the database is away")
        head: Head = self._timeline.head(exercise)
        return head

    def begin(self, exercise: str) -> "FrailTransaction":
        if self.away:
            raise Unwritable("the database is away")
        return FrailTransaction(self._timeline.begin(exercise), self)


class FrailTransaction:
    def __init__(self, transaction: Transaction, frail: Frail) -> None:
        self._transaction = transaction
        self._frail = frail

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the other has
        return getattr(self._transaction, name)

    def append(self, group: Group) -> None:
        bodies: Sequence[str] = [one.entry.body or "" for one in group.entries]
        if self._frail.poison and any(self._frail.poison in one for one in bodies):
            raise RuntimeError("a row that the database does not take")
        self._transaction.append(group)

    def commit(self) -> None:
        if not self._frail.commits_lost:
            self._transaction.commit()
            return
        if self._frail.commits_lost.pop(0):
            self._transaction.commit()
        else:
            self._transaction.rollback()
        raise OSError("the connection broke during COMMIT")
