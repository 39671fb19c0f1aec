"""All exercises of a process: time passes in each from its first moment on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread

from exercise.domain.commands import Start
from exercise.service.conduct import Conduct, Surroundings, Ticker
from exercise.service.requests import Ack, Request
from tests.adapters.stand import EXERCISE, OPENED_MS, Stand, in_memory


@dataclass
class Process:
    """What a process gives its exercises; tickers go round only when told to."""

    tickers: list[Ticker] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def spawn(self, task: Callable[[], object]) -> None:
        owner = getattr(task, "__self__", None)
        if isinstance(owner, Ticker):
            self.tickers.append(owner)
        elif not isinstance(owner, Conduct):
            Thread(target=task, daemon=True).start()

    def sleep(self, seconds: float) -> None:
        self.over.wait(min(seconds, 0.01))


def test_a_start_right_after_the_opening_is_no_outage() -> None:
    store, process = in_memory(), Process()
    stand = Stand(store.timeline)
    around = Surroundings(
        watch=store.watch,
        spawn=process.spawn,
        sleep=process.sleep,
        nudge=lambda *_: None,
        holder="one",
        sole=True,
    )
    conduct = Conduct(stand.ports, around)
    conduct.start()
    # Another process opens it, and somebody starts before this one looked.
    stand.opened()
    started = conduct.submit(EXERCISE, Request("fac", "start", Start()))
    assert isinstance(started, Ack)
    (ticker,) = process.tickers
    stand.clock.wall_ms = OPENED_MS + 1_000
    ticker.tick()
    state = conduct.writer(EXERCISE).view()
    assert state is not None
    assert state.status == "running"
    conduct.stop()
    process.over.set()
