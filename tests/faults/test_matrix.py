"""Servers, stores and lines that fail in play: what was acknowledged is kept, once."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from exercise.service.failpoints import PLACES
from tests import many
from tests.faults.conftest import POSTGRESQL, SQLITE, Lay, cells
from tests.faults.ground import DICE, Ground
from tests.faults.road import DOWN, UP, Road, Weather
from tests.faults.stores import Postgres, Redis

pytestmark = [pytest.mark.faults, pytest.mark.services]

WORKERS = 2
# With what else is killed here, two hundred kills altogether.
KILLS = {SQLITE: many(short=2, full=12), POSTGRESQL: many(short=2, full=30)}
DATABASE_KILLS = many(short=2, full=12)
# Of so many kills on PostgreSQL one is of all, the others are of one worker.
OF_ALL = 4


@cells(engines=True)
def test_f1_the_server_is_killed(lay: Lay) -> None:
    with lay("F1 server killed") as ground:
        ground.serve(workers=WORKERS if ground.url else 1)
        ground.open()
        for n in range(KILLS[ground.figures.store]):
            with ground.talking():
                ground.until(DICE.randint(3, 30))
                if ground.url and n % OF_ALL:
                    _one_worker_is_killed(ground)
                else:
                    ground.server.kill()
                    ground.server.start()
                ground.figures.killed()
                ground.resume()
                ground.until(5)


def _one_worker_is_killed(ground: Ground) -> None:
    """Kill one of two workers; the other goes on, and their parent starts a new one."""
    assert ground.waits(lambda: len(ground.server.workers) == WORKERS)
    os.kill(DICE.choice(ground.server.workers), signal.SIGKILL)


@cells(engines=True)
def test_f2_the_server_dies_in_a_release(lay: Lay) -> None:
    with lay("F2 dies while it writes") as ground:
        ground.serve()
        ground.open(each=1)
        released = iter(range(1, 40))
        for place in PLACES:
            ground.server.kill()
            ground.server.start_to_die(place, DICE.randint(6, 20))
            _releases_until_it_dies(ground, released)
            ground.figures.killed()
        ground.server.start()
        ground.resume()


def _releases_until_it_dies(ground: Ground, released: Iterator[int]) -> None:
    ground.facilitator.says("resume")
    with ground.talking(0.02):
        while ground.server.alive:
            n = next(released, 0)
            if n:
                ground.facilitator.says("release", inject=f"news-{n:03}")
            time.sleep(0.15)
        ground.server.kill()


@cells()
def test_f3_redis_is_away(lay: Lay, own_nudges: Redis) -> None:
    with lay("F3 Redis frozen, then gone") as ground:
        ground.extra = {"DETENTE_NUDGE_URL": own_nudges.url}
        ground.serve(servers=2 if ground.url else 1)
        ground.open()
        with ground.talking():
            ground.until(20)
            own_nudges.freeze()
            ground.figures.runs += 1
            ground.until(many(short=30, full=80))
            own_nudges.thaw()
            ground.until(10)
            own_nudges.stop()
            ground.figures.runs += 1
            ground.until(many(short=30, full=80))
            own_nudges.start()
            ground.until(20)


@cells(POSTGRESQL)
def test_f4_postgresql_starts_again(lay: Lay, cluster: Postgres) -> None:
    with lay("F4 PostgreSQL restarts") as ground:
        ground.serve(workers=WORKERS)
        ground.open()
        with ground.talking():
            for mode in ("fast", "immediate"):
                ground.until(20)
                cluster.stop(mode)
                ground.figures.runs += 1
                with ground.store_away():
                    time.sleep(many(short=1, full=3))
                cluster.start()
                ground.until(20)
            assert cluster.terminate_all() > 0
            ground.figures.runs += 1
            ground.until(20)


@cells(POSTGRESQL, engines=True)
def test_f4_postgresql_is_killed(lay: Lay, cluster: Postgres) -> None:
    with lay("F4 PostgreSQL killed") as ground:
        ground.serve(workers=WORKERS)
        ground.open()
        with ground.talking():
            for _ in range(DATABASE_KILLS):
                ground.until(DICE.randint(3, 30))
                cluster.kill_backend()
                ground.figures.killed()
                assert ground.waits(cluster.answers)
                ground.until(5)


@cells(engines=True)
def test_f5_lines_are_cut(lay: Lay) -> None:
    with lay("F5 bad lines, cut lines") as ground:
        ground.serve()
        road = ground.server.road = Road(ground.server.port)
        ground.open()
        spells = (
            Weather(late_s=many(short=1, full=2)),
            Weather(slice_=1, bytes_s=50_000),
            Weather(bytes_s=5_000),
            Weather(held=frozenset({UP})),
            Weather(held=frozenset({DOWN})),
            Weather(held=frozenset({UP, DOWN})),
        )
        with ground.talking(0.1):
            for spell in spells:
                road.weather(spell)
                ground.figures.runs += 1
                time.sleep(many(short=1, full=2))
                # What was sent and not answered is lost with the line.
                road.reset()
                road.weather(Weather())
                ground.until(10)
        ground.settle()
        road.close()
        ground.server.road = None
