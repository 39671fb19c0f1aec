"""How people and programs come in: exercises opened, members joined, links made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from exercise.domain.commands import CarryPlan, Join
from exercise.domain.identity import Role
from exercise.domain.moment import SYSTEM
from exercise.domain.scenario import Scenario
from exercise.domain.state import Exercise
from exercise.service.conduct import NewExercise, open_timeline
from exercise.service.directory import ROOM_PLACE, Directory, Link, Membership, Place
from exercise.service.papers import Paper, Papers, missing
from exercise.service.ports import Ids, Timeline, WallClock
from exercise.service.requests import Ack, Outcome, Refusal, Request, Unanswered

Submit: TypeAlias = Callable[[str, Request], Outcome]

# What the spender of a one-time link may become.
ROLES: tuple[Role, ...] = ("facilitator", "evaluator", "trainer", "observer", "room")
MEMBER_ID = 32


class NotOpened(Exception):
    """The exercise could not be opened."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A fresh exercise: a join code for each delegation, and the room's."""

    exercise: str
    codes: Mapping[str, str]
    room: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who asks to be taken in; the same `key` names the same person again."""

    name: str
    seat: str = ""
    key: str = ""


class Enrol:
    """Takes people in; everything that counts is recorded by the writer."""

    def __init__(  # noqa: PLR0913, PLR0917 - each is a different port
        self,
        submit: Submit,
        timeline: Timeline,
        directory: Directory,
        clock: WallClock,
        ids: Ids,
        fresh_token: Callable[[], str],
        papers: Papers,
    ) -> None:
        self._submit = submit
        self._timeline = timeline
        self._directory = directory
        self._clock = clock
        self._ids = ids
        self._fresh_token = fresh_token
        self._papers = papers

    def open(
        self,
        title: str,
        scenario: Scenario,
        sha256: str,
        starts_at: str = "",
        papers: Sequence[Paper] = (),
    ) -> Opened:
        """Open an exercise, with a code for each delegation and one for the room.

        `papers` are the scenario's files: from here on its folder is not needed.

        Raises:
            NotOpened: it could not be recorded, or a file is missing.
        """
        if absent := missing(scenario, papers):
            raise NotOpened(absent[0])
        exercise = self._ids.new("exercise")
        plan = NewExercise(
            exercise, title, scenario, sha256, self._clock.now_ms(), starts_at
        )
        opening = open_timeline(self._timeline, plan)
        self._papers.keep(exercise, papers)
        outcome = self._submit(exercise, opening)
        if not isinstance(outcome, Ack):
            raise NotOpened(exercise)
        self.enlist(exercise, "room")
        codes = {
            one: self._directory.make_code(Place(exercise, one))
            for one in scenario.delegation_ids
        }
        room = self._directory.make_code(Place(exercise, ROOM_PLACE))
        return Opened(exercise, codes, room)

    def carry(self, exercise: str, lines: Sequence[CarryPlan]) -> None:
        """Bring what an earlier run's plan left open into a fresh exercise.

        Raises:
            NotOpened: a line could not be recorded.
        """
        for at, one in enumerate(lines, 1):
            request = Request(SYSTEM, f"carry/{exercise}/{at}", one)
            if not isinstance(self._submit(exercise, request), Ack):
                raise NotOpened(exercise)

    def join(self, place: Place, newcomer: Newcomer) -> str | Refusal | Unanswered:
        """Take a delegate in and return their member id."""
        member = self._ids.new("member")
        if newcomer.key:
            named = f"{place.exercise}/{place.delegation}/{newcomer.key}"
            member = sha256(named.encode()).hexdigest()[:MEMBER_ID]
        command = Join(
            member=member,
            role="delegate",
            delegation=place.delegation,
            seat=newcomer.seat,
            name=newcomer.name,
        )
        return self._take_in(place.exercise, command)

    def enlist(
        self, exercise: str, role: Role, name: str = ""
    ) -> str | Refusal | Unanswered:
        """Take somebody in who sits in no delegation, and return their member id."""
        command = Join(member=self._ids.new("member"), role=role, name=name)
        return self._take_in(exercise, command)

    def rename(self, exercise: str, member: str, role: Role, name: str) -> None:
        """Give a member who was invited their name."""
        self._take_in(exercise, Join(member=member, role=role, name=name))

    def link(self, exercise: str, role: str, member: str = "") -> str:
        """Make a one-time link and return its token; only a hash of it is kept."""
        token = self._fresh_token()
        link = Link(exercise, role, member)
        self._directory.make_link(token, link, self._clock.now_ms())
        return token

    def admit(self, token: str, exercise: str, member: str) -> None:
        """Let the holder of a session or bearer token act as a member."""
        who = Membership(exercise, member)
        self._directory.admit(token, who, self._clock.now_ms())

    def program(self, exercise: str, role: Role) -> str | Refusal | Unanswered:
        """Take a program in and return its bearer token."""
        member = self.enlist(exercise, role)
        if not isinstance(member, str):
            return member
        token = self._fresh_token()
        self.admit(token, exercise, member)
        return token

    def _take_in(self, exercise: str, command: Join) -> str | Refusal | Unanswered:
        request = Request(SYSTEM, f"join/{self._ids.new('join')}", command)
        outcome = self._submit(exercise, request)
        return command.member if isinstance(outcome, Ack) else outcome


def room_member(state: Exercise) -> str:
    """Return the member that every room display is, or nothing."""
    rooms = (one.id for one in state.members.values() if one.role == "room")
    return next(rooms, "")
