"""Workers are renewed one after the other while people act; nobody loses an act."""

import itertools
import os
import select
import signal
import threading
import time
from pathlib import Path

import pytest

from tests.e2e.house import House
from tests.faults.test_kill_server import Load, told

pytestmark = [pytest.mark.services, pytest.mark.server]

WORKERS = 2
BEFORE, AFTER = 10, 20
RENEWED_WITHIN_S = 60


def workers(house: House) -> set[int]:
    """Return the process ids of the workers there are."""
    assert house.process is not None
    pid = house.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return set(map(int, children.split()))


def renewable(folder: Path, database: str) -> House:
    """Return a server of two workers that is not started yet."""
    settings = {
        "DETENTE_DATABASE_URL": database,
        "DETENTE_WORKERS": str(WORKERS),
        "DETENTE_FLOOD": "off",
    }
    house = House(folder, extra=settings)
    house.command("db", "upgrade")
    return house


class Acting:
    """Senders who go on, and send again what was not answered, under the same id."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self._numbers = itertools.count()
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._act, args=(token,)) for token in load.tokens
        ]

    def _act(self, token: str) -> None:
        while not self._over.is_set():
            command = self.load.command(next(self._numbers), token)
            while not self.load.give(token, command):
                if self._over.is_set():
                    return

    def start(self) -> None:
        for one in self._threads:
            one.start()

    def stop(self) -> None:
        self._over.set()
        for one in self._threads:
            one.join(30)

    def until(self, more: int) -> None:
        """Wait until so many more are acknowledged."""
        goal = len(self.load.acked) + more
        with self.load._news:  # noqa: SLF001 - it tells of every answer
            assert self.load._news.wait_for(  # noqa: SLF001 - as above
                lambda: len(self.load.acked) >= goal, 60
            )

    def until_renewed(self, house: House, old: set[int]) -> None:
        """Act until no old worker is left and as many new ones serve."""
        until = time.monotonic() + RENEWED_WITHIN_S
        while time.monotonic() < until:
            self.until(1)
            now = workers(house)
            if not now & old and len(now) == WORKERS:
                return
        pytest.fail(f"{old & workers(house)} are still there")


def test_workers_are_renewed_without_a_lost_act(
    tmp_path: Path, postgresql_url: str
) -> None:
    house = renewable(tmp_path, postgresql_url)
    try:
        house.start()
        opened = house.open()
        load = Load(house, opened)
        house.order(opened, "hold")
        house.order(opened, "start")
        old = workers(house)
        assert len(old) == WORKERS
        acting = Acting(load)
        acting.start()
        try:
            acting.until(BEFORE)
            assert house.process is not None
            house.process.send_signal(signal.SIGHUP)
            acting.until_renewed(house, old)
            acting.until(AFTER)
        finally:
            acting.stop()
        load.again()
        everything = house.entries(opened)
        assert not {one["kind"] for one in everything} & {"paused"}, "time went on"
        house.stop()
    finally:
        house.kill()
    said = [told(one) for one in everything if told(one).startswith("said")]
    assert sorted(said) == sorted(load.acked)
    assert not load.refused
    assert not house.errors, house.errors[-3000:]


def test_workers_end_with_a_parent_that_is_killed(
    tmp_path: Path, postgresql_url: str
) -> None:
    house = renewable(tmp_path, postgresql_url)
    house.start()
    ends = [os.pidfd_open(pid) for pid in workers(house)]
    house.kill()
    gone = select.poll()
    for one in ends:
        gone.register(one, select.POLLIN)
    left = set(ends)
    while left:
        ended = gone.poll(RENEWED_WITHIN_S * 1000)
        assert ended, f"{len(left)} workers outlive their parent"
        for one, _ in ended:
            gone.unregister(one)
            left.remove(one)
    for one in ends:
        os.close(one)
