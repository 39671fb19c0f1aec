"""What one answer costs the heart alone, and that a long exercise costs no more."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from exercise.adapters.codec import EventCodec, scenario_sha256
from exercise.adapters.database import open_database
from exercise.adapters.ports_real import RandomIds, RandomSalts, SystemClock
from exercise.adapters.scenario_files import find, load
from exercise.adapters.schema import signing_key, upgrade
from exercise.adapters.timeline import SqlTimeline
from exercise.domain.commands import Act, AdHocInject, Join, Start
from exercise.domain.moment import SYSTEM
from exercise.resources import INJECTS
from exercise.service.conduct import Conductor, NewExercise, open_timeline
from exercise.service.ports import Ports
from exercise.service.requests import Ack, Request

SCENARIO = "quiet-harbour"
TEXT = "We have taken note and are checking with our operators. " * 8
GROUP = 50
SHORT, LONG = 100, 20_000


@dataclass(frozen=True, slots=True)
class HeartCost:
    """CPU microseconds an answer, early and late in an exercise."""

    early_us: float
    late_us: float
    late_at: int
    alone_ms: float

    @property
    def a_second(self) -> float:
        """Return how many answers one core records a second."""
        return 1e6 / self.late_us


class Heart:
    """A conductor on a SQLite file, with a delegate who answers one inject."""

    def __init__(self, folder: Path) -> None:
        database = open_database(f"sqlite:///{folder / 'heart.db'}")
        upgrade(database)
        timeline = SqlTimeline(database)
        ports = Ports(
            timeline,
            EventCodec(),
            SystemClock(),
            RandomIds(),
            RandomSalts(),
            signing_key(database),
        )
        self.database = database
        self.conductor = Conductor("bench", ports)
        self._sent = 0
        self._open(timeline)

    def _open(self, timeline: SqlTimeline) -> None:
        folder = find(SCENARIO, [INJECTS])
        assert folder is not None
        scenario = load(folder)
        home = scenario.delegation_ids[0]
        plan = NewExercise(
            "bench",
            "Bench",
            scenario,
            scenario_sha256(scenario),
            SystemClock().now_ms(),
        )
        inject = AdHocInject(title="Bench", body=TEXT, channel="wire", audience="all")
        outcomes = self.conductor.run(
            [
                open_timeline(timeline, plan),
                Request(SYSTEM, "f", Join(member="f", role="facilitator", name="F")),
                Request(
                    SYSTEM,
                    "d",
                    Join(member="d", role="delegate", delegation=home, name="D"),
                ),
                Request("f", "start", Start()),
                Request("f", "inject", inject),
            ]
        )
        last = outcomes[-1]
        assert isinstance(last, Ack), outcomes
        assert last.id is not None
        self._about = last.id

    @property
    def length(self) -> int:
        """Return how many entries there are."""
        return self.conductor.head.seq

    def answer(self, many: int) -> None:
        """Record this many answers in one group."""
        group = [self._reply() for _ in range(many)]
        outcomes = self.conductor.run(group)
        assert all(isinstance(one, Ack) for one in outcomes), outcomes

    def _reply(self) -> Request:
        self._sent += 1
        act = Act(instrument="reply", about=self._about, fields={"text": TEXT})
        return Request("d", f"a{self._sent}", act)


def measure(until: int = LONG) -> HeartCost:
    """Return what an answer costs at the beginning and after `until` entries."""
    with TemporaryDirectory() as folder:
        heart = Heart(Path(folder))
        heart.answer(SHORT)
        early = _microseconds(heart)
        while heart.length < until:
            heart.answer(200)
        late = _microseconds(heart)
        alone = [_timed(heart, 1) for _ in range(50)]
        heart.database.close()
        return HeartCost(early, late, heart.length, median(alone) * 1e3)


def _microseconds(heart: Heart) -> float:
    # The least of many: what others do on the machine only ever adds.
    costs = [_timed(heart, GROUP, time.process_time) for _ in range(20)]
    return min(costs) / GROUP * 1e6


def _timed(
    heart: Heart, many: int, clock: Callable[[], float] = time.perf_counter
) -> float:
    start = clock()
    heart.answer(many)
    return clock() - start
