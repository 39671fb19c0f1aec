"""Pages of entries as bytes: a full one is encoded once for each way of saying it."""

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from exercise.service.conduct import Conduct
from exercise.service.names import Namebook
from exercise.service.ports import PAGE, Naming, StoredEntry, Timeline
from exercise.web.entries import Book
from exercise.web.sockets import Voice

# Sixty-four pages of two hundred entries are some thirty megabytes.
MOST_PAGES = 64

Key: TypeAlias = tuple[str, str, Voice, int]


@dataclass(frozen=True, slots=True)
class Page:
    """Entries as a JSON array, and by whom each was: (entry, delegation)."""

    data: bytes
    authors: tuple[tuple[str, str], ...]

    def by(self, delegation: str) -> list[str]:
        """Return the entries that a delegation signed."""
        return [entry for entry, who in self.authors if who == delegation]


class Books:
    """Every exercise's book, made when it is first asked for."""

    def __init__(self, timeline: Timeline, conduct: Conduct) -> None:
        self._timeline = timeline
        self._conduct = conduct
        self._books: dict[str, Book] = {}

    def of(self, exercise: str) -> Book:
        """Return an exercise's book.

        Raises:
            LookupError: there is no such exercise.
        """
        known = self._books.get(exercise)
        if known is None:
            state = self._conduct.writer(exercise).view()
            if state is None:
                raise LookupError(exercise)
            names = Namebook(self._timeline.namings(exercise))
            known = self._books[exercise] = Book(state.scenario, names, exercise)
        return known

    def name(self, exercise: str, entry: StoredEntry) -> None:
        """Learn the name that an entry gives; a hall that joins gives a thousand."""
        book = self._books.get(exercise)
        if book is None or entry.body is None:
            return
        told = json.loads(entry.body)
        book.names.add(Naming(entry.seq, told["member"], told["name"]))

    def rename(self, exercise: str) -> None:
        """Read the names anew: one was erased."""
        book = self._books.get(exercise)
        if book is not None:
            book.names = Namebook(self._timeline.namings(exercise))


class Pages:
    """Pages of one audience's entries as JSON arrays."""

    def __init__(self, timeline: Timeline, books: Books) -> None:
        self._timeline = timeline
        self._books = books
        self._kept: OrderedDict[Key, Page] = OrderedDict()

    def after(
        self, exercise: str, audience: str, after: int, voice: Voice, limit: int = PAGE
    ) -> Page:
        """Return the entries past a position, at most `limit`."""
        key = (exercise, audience, voice, after)
        if limit == PAGE and key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        entries = self._timeline.page(exercise, audience, after=after, limit=limit)
        page = self._encode(exercise, audience, entries, voice)
        if len(entries) == PAGE:
            self._keep(key, page)
        return page

    def before(
        self, exercise: str, audience: str, before: int, voice: Voice, limit: int
    ) -> Page:
        """Return the last entries before a position, in order."""
        entries = self._timeline.page(exercise, audience, before=before, limit=limit)
        return self._encode(exercise, audience, entries, voice)

    def forget(self, exercise: str) -> None:
        """Throw an exercise's pages away: something in them is gone for good."""
        for key in [key for key in self._kept if key[0] == exercise]:
            del self._kept[key]
        self._books.of(exercise).forget()

    def _keep(self, key: Key, page: Page) -> None:
        self._kept[key] = page
        while len(self._kept) > MOST_PAGES:
            self._kept.popitem(last=False)

    def _encode(
        self,
        exercise: str,
        audience: str,
        entries: Sequence[StoredEntry],
        voice: Voice,
    ) -> Page:
        book = self._books.of(exercise)
        told = (book.json(one, audience, one.position, voice) for one in entries)
        authors = tuple((one.id, one.author.delegation) for one in entries)
        return Page(b"[" + b",".join(told) + b"]", authors)
