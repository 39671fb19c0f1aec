"""Robot delegations as participants: who sits for them, what they hear and ask."""

from collections.abc import Iterable, Mapping

from exercise.domain.commands import Join
from exercise.domain.moment import SYSTEM
from exercise.domain.scenario import Scenario
from exercise.service.codec import Codec
from exercise.service.ports import Ids, StoredEntry
from exercise.service.requests import Request
from exercise.service.robots import Heard, Robot


class Cast:
    """Every robot of one exercise, each with its members and nothing but its stream."""

    def __init__(
        self, scenario: Scenario, policies: Mapping[str, str], seed: int, ids: Ids
    ) -> None:
        self._scenario = scenario
        self._ids = ids
        self._asked = 0
        self._robots = {
            one: Robot(policies[one], one, scenario, seed)
            for one in scenario.delegation_ids
            if one in policies
        }
        self._members = {one: self._seated(one) for one in self._robots}

    @property
    def members(self) -> frozenset[str]:
        """Return the ids of everybody a robot sits as."""
        every = self._members.values()
        return frozenset(member for one in every for member, _ in one)

    @property
    def playing(self) -> Mapping[str, str]:
        """Return the delegations whose robots still play, each with its first seat."""
        return {one: self._members[one][0][0] for one in self._robots}

    @property
    def next_ms(self) -> int | None:
        """Return the exercise time at which a robot next has something to do."""
        times = (one.next_ms for one in self._robots.values())
        return min((at_ms for at_ms in times if at_ms is not None), default=None)

    def joins(self) -> tuple[Request, ...]:
        """Return the requests that take the robots in."""
        return tuple(
            self._join(one, member, seat)
            for one, members in self._members.items()
            for member, seat in members
        )

    def hear(self, entry: StoredEntry, codec: Codec) -> None:
        """Let those robots hear an entry to whose delegation it was delivered."""
        listeners = [one for one in self._robots if one in entry.audience]
        if not listeners or entry.body is None:
            return
        event = codec.decode(entry.kind, entry.version, entry.body)
        heard = Heard(entry.id, entry.at_ms, entry.author, event)
        for one in listeners:
            self._robots[one].hear(heard)

    def act(self, at_ms: int) -> tuple[Request, ...]:
        """Return what all robots ask for by `at_ms`, in the delegations' order."""
        requests: list[Request] = []
        for one, robot in self._robots.items():
            for asked in robot.act(at_ms):
                seats = self._members[one]
                member, _ = seats[min(asked.seat, len(seats) - 1)]
                requests.append(self._request(member, asked.command))
        return tuple(requests)

    def retire(self, delegations: Iterable[str]) -> tuple[str, ...]:
        """Let these delegations' robots fall silent; return those that did."""
        gone = tuple(one for one in delegations if one in self._robots)
        for one in gone:
            del self._robots[one]
        return gone

    def _seated(self, delegation: str) -> tuple[tuple[str, str], ...]:
        """Return a member for the first seat, and more where acts need others."""
        found = self._scenario.delegation(delegation)
        seats = [one.id for one in found.seats] if found else []
        gated = any(one.may for one in found.seats) if found else False
        most = len(seats) if gated else (2 if self._scenario.two_seats else 1)
        wanted = seats[:most] or [""]
        return tuple(
            (self._ids.new(f"member/{delegation}/{number}"), seat)
            for number, seat in enumerate(wanted)
        )

    def _join(self, delegation: str, member: str, seat: str) -> Request:
        found = self._scenario.delegation(delegation)
        name = f"Robot of {found.short}" if found else delegation
        command = Join(
            member=member, role="delegate", delegation=delegation, seat=seat, name=name
        )
        return Request(SYSTEM, self._ids.new(f"join/{member}"), command)

    def _request(self, member: str, command: object) -> Request:
        self._asked += 1
        return Request(member, self._ids.new(f"request/{self._asked}"), command)  # type: ignore[arg-type] # a robot asks for delegations' commands only
