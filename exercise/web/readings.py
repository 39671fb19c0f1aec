"""Tells senders that their words were read, on whichever worker that happened."""

from collections.abc import Mapping

from exercise.service.directory import Directory
from exercise.service.ports import PAGE
from exercise.web.tailer import Floor


class Readings:
    """How far each stream has read, as far as its senders were told."""

    def __init__(self, floor: Floor, directory: Directory) -> None:
        self._floor = floor
        self._directory = directory
        self._told: dict[str, dict[str, int]] = {}

    def saw(self, exercise: str, audience: str, before: int, after: int) -> None:
        """Tell of a mark that moved here."""
        told = self._told.setdefault(exercise, dict(self._marks(exercise)))
        told[audience] = max(after, told.get(audience, 0))
        if after > before:
            self._tell(exercise, audience, before, after)

    def look(self, exercise: str) -> Mapping[str, int]:
        """Tell of marks that moved on other workers, and return all marks."""
        marks = self._marks(exercise)
        told = self._told.setdefault(exercise, dict(marks))
        for audience, position in marks.items():
            before = told.get(audience, 0)
            if position > before:
                told[audience] = position
                self._tell(exercise, audience, before, position)
        return marks

    def _marks(self, exercise: str) -> Mapping[str, int]:
        return self._directory.read_to(exercise)

    def _tell(self, exercise: str, audience: str, after: int, to: int) -> None:
        limit = min(to - after, PAGE)
        page = self._floor.timeline.page(exercise, audience, after=after, limit=limit)
        for one in page:
            sender = one.author.delegation
            if sender and sender != audience:
                told = {"entry": one.id, "delegation": audience}
                sids = self._floor.sockets.sids(exercise, sender)
                self._floor.sender.say(sids, "read", told)
