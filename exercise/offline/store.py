"""Exercises as they are stored, for commands that need no server."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from exercise.adapters.codec import EventCodec, scenario_sha256
from exercise.adapters.database import Database, open_database
from exercise.adapters.directory import SqlDirectory
from exercise.adapters.papers import SqlPapers
from exercise.adapters.ports_real import (
    RandomIds,
    RandomSalts,
    SystemClock,
    fresh_token,
)
from exercise.adapters.schema import Newer, is_current, signing_key, upgrade
from exercise.adapters.selfcheck import faults
from exercise.adapters.timeline import SqlTimeline
from exercise.domain.commands import Redact
from exercise.domain.events import MemberNamed
from exercise.domain.identity import Role
from exercise.domain.scenario import Scenario
from exercise.domain.state import Exercise
from exercise.service.conduct import Conductor
from exercise.service.directory import HOST, ROOM_PLACE, Membership
from exercise.service.enrol import Enrol, Opened
from exercise.service.papers import Paper
from exercise.service.ports import Opening, Ports, StoredEntry
from exercise.service.requests import Outcome, Request, system_request
from exercise.settings import Settings

# What `open` makes a one-time link for, in the order in which it prints them.
LINKED: tuple[Role, ...] = ("facilitator", "evaluator", "trainer", "observer")


class NotCurrent(Exception):
    """The database waits for `detente db upgrade`."""


class NoExercise(LookupError):
    """There is no such exercise in this database."""


class NotMade(Exception):
    """A link could not be recorded just now."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link for a browser, and a token for a program."""

    path: str
    token: str


class Store:
    """One database, and what commands do with it."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings
        self.timeline = SqlTimeline(database)
        self.directory = SqlDirectory(database, settings.cookie_secret())
        self.papers = SqlPapers(database)
        self.signer = signing_key(database)
        self._clock, ids = SystemClock(), RandomIds()
        self._ports = Ports(
            self.timeline, EventCodec(), self._clock, ids, RandomSalts(), self.signer
        )
        self.enrol = Enrol(
            self._submit,
            self.timeline,
            self.directory,
            self._clock,
            ids,
            fresh_token,
            self.papers,
        )

    def open(
        self,
        scenario: Scenario,
        title: str,
        starts_at: str = "",
        papers: Sequence[Paper] = (),
    ) -> Opened:
        """Open an exercise, with a join code for each delegation and for the room.

        Raises:
            NotOpened: it could not be recorded, or a file of it is missing.
        """
        digest = scenario_sha256(scenario)
        return self.enrol.open(title, scenario, digest, starts_at, papers)

    def invite(self, exercise: str, role: Role) -> Invitation:
        """Make a one-time link, or the room's own, and a token for a program.

        Raises:
            NoExercise: there is none with this id.
            NotMade: the program's membership could not be recorded.
        """
        self.opening(exercise)
        token = self.enrol.program(exercise, role)
        if not isinstance(token, str):
            raise NotMade(exercise)
        return Invitation(self.path(exercise, role), token)

    def path(self, exercise: str, role: Role) -> str:
        """Return where somebody enters in a role: a link that works once."""
        if role == ROOM_PLACE:
            return f"/room/{self.directory.codes(exercise)[ROOM_PLACE]}"
        return f"/link/{self.enrol.link(exercise, role)}"

    def invite_host(self) -> Invitation:
        """Make a link and a token that carry the right to open exercises."""
        token = fresh_token()
        self.directory.admit(token, Membership("", HOST), self._clock.now_ms())
        return Invitation(self.host_path(), token)

    def host_path(self) -> str:
        """Return a link that works once and carries the right to open exercises."""
        return f"/link/{self.enrol.link('', HOST)}"

    def erase_name(self, exercise: str, member: str) -> bool:
        """Take a member's names off the record; tell whether there was one."""
        named = [
            one
            for one in self._entries(exercise, MemberNamed.KIND)
            if one.body is not None and json.loads(one.body)["member"] == member
        ]
        for one in named:
            erased = Redact(entry=one.id, reason="erased on request")
            due = (erased.type, one.id, 0)
            self._submit(exercise, system_request(exercise, erased, due))
        return bool(named)

    def _entries(self, exercise: str, kind: str) -> Iterator[StoredEntry]:
        seq = 0
        while page := self.timeline.after(exercise, seq):
            yield from (one.entry for one in page if one.entry.kind == kind)
            seq = page[-1].entry.seq

    def opening(self, exercise: str) -> Opening:
        """Return an exercise's row.

        Raises:
            NoExercise: there is none with this id.
        """
        for one in self.timeline.exercises():
            if one.exercise == exercise:
                return one
        raise NoExercise(exercise)

    def state(self, exercise: str) -> Exercise:
        """Return an exercise as folded from its timeline.

        Raises:
            NoExercise: there is none with this id.
        """
        self.opening(exercise)
        state = Conductor(exercise, self._ports).refresh()
        if state is None:
            raise NoExercise(exercise)
        return state

    def _submit(self, exercise: str, request: Request) -> Outcome:
        return Conductor(exercise, self._ports).run([request])[0]


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """Give the store that settings name; SQLite upgrades itself.

    Raises:
        NotCurrent: a PostgreSQL database has another version's schema.
    """
    with open_bare(settings) as database:
        if database.on_sqlite:
            try:
                upgrade(database)
            except Newer as no:
                raise NotCurrent from no
        elif not is_current(database):
            raise NotCurrent
        yield Store(database, settings)


@contextmanager
def open_bare(settings: Settings) -> Iterator[Database]:
    """Give the database that settings name, whatever its schema."""
    if settings.on_sqlite:
        file = Path(settings.database_url.removeprefix("sqlite:///"))
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = open_database(settings.database_url)
    try:
        yield database
    finally:
        database.close()


def stored_faults(settings: Settings) -> list[str]:
    """Return what is wrong with the database that settings name."""
    try:
        with open_bare(settings) as database:
            if not is_current(database):
                return ["has another version's schema"]
            return faults(database)
    except Exception as error:  # noqa: BLE001 - whatever keeps it from being read is the finding
        told = str(error).splitlines()
        return [f"cannot be reached: {told[0] if told else type(error).__name__}"]
