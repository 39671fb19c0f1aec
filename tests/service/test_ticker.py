"""Time passes on one worker, stands still after an outage, and does nothing twice."""

import pytest

from exercise.domain.commands import (
    Command,
    End,
    Note,
    Pause,
    Release,
    Resume,
    SetRate,
)
from exercise.domain.state import Exercise
from exercise.service.conduct import Conductor, Ticker
from exercise.service.ports import Watch
from exercise.service.requests import Outcome, Request
from tests.adapters.stand import EXERCISE, Stand, in_memory

MINUTE = 60_000


class AtOnce:
    """A writer without a loop: the conductor answers in the caller's own thread."""

    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor

    @property
    def state(self) -> Exercise | None:
        return self._conductor.state

    def view(self) -> Exercise | None:
        return self._conductor.refresh()

    def submit(self, request: Request) -> Outcome:
        return self._conductor.run([request])[0]


class World:
    """An exercise with tickers on several workers."""

    def __init__(self) -> None:
        store = in_memory()
        self.watch: Watch = store.watch
        self.stand = Stand(store.timeline).running()
        self.slept: list[float] = []

    def ticker(self, holder: str = "one", *, sole: bool = False) -> Ticker:
        conductor = Conductor(EXERCISE, self.stand.ports)
        return Ticker(
            EXERCISE,
            AtOnce(conductor),  # type: ignore[arg-type]  # what a ticker needs of it
            self.watch,
            self.stand.clock,
            holder=holder,
            sleep=self.slept.append,
            sole=sole,
        )

    def does(self, command: Command) -> None:
        self.stand.does("fac", command)

    def pass_ms(self, wall_ms: int, *tickers: Ticker, round_ms: int = 250) -> None:
        """Let wall time pass in rounds, with these workers alive."""
        for _ in range(0, wall_ms, round_ms):
            self.stand.clock.wall_ms += round_ms
            for ticker in tickers:
                ticker.tick()

    @property
    def at_ms(self) -> int:
        state = self.stand.conductor.refresh()
        assert state is not None
        return state.clock.now(self.stand.clock.wall_ms)

    @property
    def kinds(self) -> list[str]:
        return self.stand.kinds

    @property
    def status(self) -> str:
        state = self.stand.conductor.refresh()
        assert state is not None
        return state.status


@pytest.fixture
def world() -> World:
    return World()


def taken_up(world: World, *, sole: bool = True) -> Ticker:
    """Give a ticker that came in, with the exercise going on."""
    ticker = world.ticker(sole=sole)
    ticker.tick()
    world.does(Resume())
    ticker.tick()
    return ticker


def test_what_falls_due_happens_when_it_falls_due(world: World) -> None:
    ticker = taken_up(world)
    world.pass_ms(3 * MINUTE - 250, ticker)
    assert "inject_released" not in world.kinds
    world.pass_ms(250, ticker)
    assert world.kinds.count("guidance_given") == 1
    entries = world.stand.timeline.after(EXERCISE, 0)
    released = next(o.entry for o in entries if o.entry.kind == "inject_released")
    assert released.at_ms == 3 * MINUTE


def test_nothing_happens_while_it_stands_still(world: World) -> None:
    ticker = taken_up(world)
    world.does(Pause())
    before = len(world.kinds)
    world.pass_ms(10 * MINUTE, ticker, round_ms=5000)
    assert len(world.kinds) == before
    world.does(Resume())
    assert world.at_ms < MINUTE


def test_a_server_that_comes_back_stands_still_where_time_was_kept(
    world: World,
) -> None:
    ticker = taken_up(world)
    world.pass_ms(MINUTE, ticker)
    world.stand.clock.wall_ms += 20 * MINUTE
    fresh = world.ticker("two", sole=True)
    fresh.tick()
    assert world.status == "paused"
    assert MINUTE - 2000 <= world.at_ms <= MINUTE
    # What fell due meanwhile waits for a facilitator.
    world.pass_ms(MINUTE, fresh, round_ms=5000)
    assert "inject_released" not in world.kinds
    assert world.kinds[-2:] == ["paused", "checkpoint"]


def test_a_second_restart_does_not_pause_twice(world: World) -> None:
    world.ticker(sole=True).tick()
    world.ticker(sole=True).tick()
    assert world.kinds.count("paused") == 1


def test_a_suspended_machine_is_an_outage(world: World) -> None:
    ticker = taken_up(world)
    world.pass_ms(MINUTE, ticker)
    world.stand.clock.wall_ms += 20 * MINUTE
    ticker.tick()
    ticker.tick()
    assert world.status == "paused"
    assert world.at_ms <= MINUTE
    assert "inject_released" not in world.kinds


def test_only_the_worker_with_the_lease_lets_time_pass(world: World) -> None:
    one = taken_up(world, sole=False)
    two = world.ticker("two")
    world.pass_ms(4 * MINUTE, one, two, round_ms=500)
    assert world.kinds.count("guidance_given") == 1
    assert world.status == "running"


def test_a_worker_that_saw_the_other_alive_takes_over_silently(world: World) -> None:
    one = taken_up(world, sole=False)
    two = world.ticker("two")
    world.pass_ms(5000, one, two, round_ms=500)
    world.pass_ms(5000, two, round_ms=500)
    assert world.status == "running"
    world.pass_ms(4 * MINUTE, two, round_ms=500)
    assert world.kinds.count("guidance_given") == 1


def test_a_worker_that_never_saw_the_other_alive_stands_still(world: World) -> None:
    one = taken_up(world, sole=False)
    world.pass_ms(5000, one, round_ms=500)
    two = world.ticker("two")
    world.pass_ms(5000, two, round_ms=500)
    assert world.status == "paused"


def test_a_worker_that_leaves_hands_time_over_to_one_that_just_came(
    world: World,
) -> None:
    one = taken_up(world, sole=False)
    world.pass_ms(5000, one, round_ms=500)
    one.hand_over()
    two, three = world.ticker("two"), world.ticker("three")
    world.pass_ms(4 * MINUTE, one, two, three, round_ms=500)
    assert world.status == "running"
    assert world.kinds.count("guidance_given") == 1


def test_what_was_handed_over_long_ago_is_an_outage(world: World) -> None:
    one = taken_up(world, sole=False)
    one.hand_over()
    world.stand.clock.wall_ms += MINUTE
    world.ticker("two").tick()
    assert world.status == "paused"


def test_one_that_does_not_hold_the_lease_has_none_to_hand_over(world: World) -> None:
    one, two = taken_up(world, sole=False), world.ticker("two")
    world.pass_ms(1000, one, two, round_ms=500)
    two.hand_over()
    world.pass_ms(1000, one, world.ticker("three"), round_ms=500)
    world.pass_ms(4 * MINUTE, world.ticker("four"), one, round_ms=500)
    assert world.status == "running"


def test_an_undo_window_ends_by_wall_time_whatever_the_rate(world: World) -> None:
    ticker = taken_up(world)
    world.does(SetRate(rate=60))
    world.does(Release(inject="spare", undo_ms=5000))
    world.pass_ms(4750, ticker)
    assert "spare" not in released(world)
    world.pass_ms(250, ticker)
    assert "spare" in released(world)


def test_a_window_open_during_an_outage_waits_to_be_confirmed(world: World) -> None:
    taken_up(world)
    world.does(Release(inject="spare", undo_ms=5000))
    world.stand.clock.wall_ms += MINUTE
    fresh = world.ticker("two", sole=True)
    world.pass_ms(MINUTE, fresh, round_ms=5000)
    assert "spare" not in released(world)


def test_a_ticker_is_over_with_the_exercise(world: World) -> None:
    ticker = taken_up(world)
    world.does(End(confirm="END"))
    ticker.run()
    assert ticker.over


def test_it_sleeps_until_the_next_thing_and_never_long(world: World) -> None:
    ticker = taken_up(world)
    assert ticker.tick() == pytest.approx(0.25)
    world.stand.clock.wall_ms += 3 * MINUTE - 100
    world.does(Note(text="Almost."))
    ticker._marked_ms = world.stand.clock.wall_ms  # noqa: SLF001 - time was kept all along
    assert ticker.tick() == pytest.approx(0.1)


def released(world: World) -> set[str]:
    state = world.stand.conductor.refresh()
    assert state is not None
    return set(state.released)
