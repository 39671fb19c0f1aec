"""The demo: Quiet Harbour in one process, twelve minutes in, robots in every seat."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exercise.adapters.codec import scenario_sha256
from exercise.adapters.ports_real import RandomIds, RandomSalts
from exercise.adapters.scenario_files import load, papers_of
from exercise.adapters.schema import signing_key
from exercise.app import Site
from exercise.domain import events as e
from exercise.domain.chain import in_fours
from exercise.domain.commands import (
    End,
    FacilitatorCommand,
    Pause,
    Release,
    Resume,
    SetRate,
)
from exercise.domain.scenario import Scenario
from exercise.domain.state import Exercise
from exercise.resources import INJECTS
from exercise.service.directory import ROOM_PLACE, Place
from exercise.service.ports import Ports, StoredEntry
from exercise.service.rehearse import Part, Rehearsal, SimulatedClock
from exercise.service.requests import Request
from exercise.service.robots import assigned

LOG = logging.getLogger(__name__)

SCENARIO = "quiet-harbour"
BEHIND_MS = 12 * 60_000
# How often the robots look up; a person does not notice less.
ROUND_S = 0.25
LINKED = ("facilitator", "trainer")


@dataclass(frozen=True, slots=True)
class Demo:
    """What `serve` calls before it says ready."""

    speed: int
    seed: int = 1
    robots: str = "cooperative"

    def prepare(self, site: Site, address: str) -> Sequence[str]:
        """Play what lies behind, set the robots going, and return the links."""
        scenario = load(INJECTS / SCENARIO)
        rehearsal = self._played(site, scenario)
        room = Room(site, rehearsal, self.speed)
        site.ground.engine.spawn(room.run)
        return list(_links(site, rehearsal.part, address))

    def _played(self, site: Site, scenario: Scenario) -> Rehearsal:
        """Play the first minutes on a clock whose wall starts as long ago."""
        ids = RandomIds()
        opened_ms = site.ground.clock.now_ms() - BEHIND_MS
        clock = SimulatedClock(opened_ms)
        ports = Ports(
            site.ground.timeline,
            site.ground.codec,
            clock,
            ids,
            RandomSalts(),
            signing_key(site.database),
        )
        part = Part(
            exercise=ids.new("exercise"),
            title=f"{scenario.title} (demo)",
            scenario=scenario,
            scenario_sha256=scenario_sha256(scenario),
            policies=assigned(self.robots, scenario),
            seed=self.seed,
        )
        rehearsal = Rehearsal(part, ports, clock)
        rehearsal.open(opened_ms)
        papers = papers_of(scenario, INJECTS / SCENARIO)
        site.ground.papers.keep(part.exercise, papers)
        rehearsal.play(BEHIND_MS)
        # A server that finds an exercise running takes it for the end of an outage.
        rehearsal.asks(Pause(reason="Ready for you."))
        return rehearsal


def _links(site: Site, part: Part, address: str) -> Iterator[str]:
    ground, exercise = site.ground, part.exercise
    for role in LINKED:
        yield f"{role:<12} {address}/link/{ground.enrol.link(exercise, role)}"
    for one in part.scenario.delegations:
        code = in_fours(ground.directory.make_code(Place(exercise, one.id)))
        yield f"{one.id:<12} {address}/j/{code}"
    code = in_fours(ground.directory.make_code(Place(exercise, ROOM_PLACE)))
    yield f"{'room':<12} {address}/room/{code}"


class Room:
    """The robots of a running exercise, until people take their places."""

    def __init__(self, site: Site, rehearsal: Rehearsal, speed: int) -> None:
        self._site = site
        self._exercise = rehearsal.part.exercise
        self._cast = rehearsal.cast
        self._facilitator = rehearsal.facilitator
        self._speed = speed
        self._heard = rehearsal.heard
        self._alone = True
        self._led = False
        self._over = False

    def run(self) -> None:
        """Go on from where the play stands, round by round, until ENDEX."""
        self._ask(SetRate(rate=self._speed))
        # At once: a facilitator who comes before the first round finds time running.
        self._ask(Resume())
        self._read(self._site.ground.timeline.heads(self._exercise))
        while not self._over:
            self._site.ground.engine.sleep(ROUND_S)
            try:
                self.round()
            except Exception:  # the next round may succeed
                LOG.exception("A round of the demo's robots failed")

    def round(self) -> None:
        """Hear what is new, then do what is due."""
        self._listen()
        state = self._site.ground.conduct.writer(self._exercise).state
        if state is None or state.status != "running":
            self._over = state is not None and state.status == "ended"
            # Without a facilitator nobody else lets time run again.
            if state is not None and state.status == "paused" and not self._led:
                self._ask(Resume())
            return
        at_ms = state.clock.now(self._site.ground.clock.now_ms())
        if not self._led:
            self._lead(state, at_ms)
        for request in self._cast.act(at_ms):
            self._site.ground.conduct.submit(self._exercise, request)

    def _lead(self, state: Exercise, at_ms: int) -> None:
        """Do what a facilitator does, while there is none."""
        for one in state.scenario.injects:
            due = one.release == "manual" and state.due_ms(one) <= at_ms
            if (due or one.id in state.overdue) and state.is_open(one):
                self._ask(Release(inject=one.id))
        if at_ms >= state.moved(state.scenario.duration_ms):
            self._ask(End(confirm="END"))

    def _listen(self) -> None:
        timeline, codec = self._site.ground.timeline, self._site.ground.codec
        while page := timeline.tail(self._exercise, self._heard):
            for one in page:
                self._heard = one.entry.seq
                self._read(one.positions)
                self._cast.hear(one.entry, codec)
                if one.entry.kind == e.MemberJoined.KIND:
                    self._greet(one.entry)

    def _read(self, positions: Mapping[str, int]) -> None:
        """Let the robots' delegations have read up to here, as people would."""
        for delegation, member in self._cast.playing.items():
            if delegation in positions:
                self._site.ground.directory.see(
                    self._exercise, delegation, member, positions[delegation]
                )

    def _greet(self, entry: StoredEntry) -> None:
        """Give way to a person: a facilitator leads, a delegate plays."""
        joined = self._site.ground.codec.decode(
            entry.kind, entry.version, entry.body or ""
        )
        if not isinstance(joined, e.MemberJoined) or self._is_ours(joined.member):
            return
        self._led = self._led or joined.role == "facilitator"
        if joined.role != "delegate":
            return
        self._cast.retire([joined.delegation])
        if self._alone:
            self._alone = False
            self._ask(SetRate(rate=1))

    def _is_ours(self, member: str) -> bool:
        return member == self._facilitator or member in self._cast.members

    def _ask(self, command: FacilitatorCommand) -> None:
        id_ = RandomIds().new("request")
        request = Request(self._facilitator, id_, command)
        self._site.ground.conduct.submit(self._exercise, request)
