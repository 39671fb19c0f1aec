"""Everybody's way to the writer: groups, patience, the end."""

import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from exercise.domain.commands import Note
from exercise.service.conduct import Conduct, Surroundings, Writer
from exercise.service.ports import Tailed, Unwritable
from exercise.service.requests import Ack, Request, Unanswered
from tests.adapters.stand import EXERCISE, Stand, in_memory
from tests.service.frail import Frail


class Surround:
    """Threads for tasks, and a list of nudges."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []
        self.nudged: list[str] = []
        self.news: list[str] = []
        self.pause = threading.Event()

    def spawn(self, task: Callable[[], None]) -> None:
        thread = threading.Thread(target=task)
        thread.start()
        self.threads.append(thread)

    def hear(self, exercise: str, tailed: Sequence[Tailed]) -> None:
        self.nudged.append(exercise)
        self.news.extend(one.entry.kind for one in tailed)

    def sleep(self, seconds: float) -> None:
        if seconds:
            self.pause.wait(seconds)

    def join(self) -> None:
        self.pause.set()
        for thread in self.threads:
            thread.join(10)
            assert not thread.is_alive()


@pytest.fixture
def around() -> Iterator[Surround]:
    around = Surround()
    yield around
    around.join()


@pytest.fixture
def frail() -> Frail:
    return Frail(in_memory().timeline)


@pytest.fixture
def stand(frail: Frail) -> Stand:
    return Stand(frail).running()  # type: ignore[arg-type]  # it passes everything on


@pytest.fixture
def writer(stand: Stand, around: Surround) -> Iterator[Writer]:
    writer = Writer(
        stand.conductor,
        spawn=around.spawn,
        sleep=around.sleep,
        nudge=around.hear,
    )
    yield writer
    writer.stop()


def test_all_who_wait_share_a_group_and_each_gets_an_answer(
    stand: Stand, writer: Writer, around: Surround
) -> None:
    answers: list[object] = []
    asking = []

    def asks(request: Request) -> None:
        answers.append(writer.submit(request))

    for n in range(20):
        request = stand.request("fac", Note(text=f"{n}"))
        ask = threading.Thread(target=asks, args=(request,))
        ask.start()
        asking.append(ask)
    while writer._waiting.qsize() < 20:  # noqa: SLF001 - all wait before it begins
        pass
    writer.start()
    for ask in asking:
        ask.join()
    assert len(answers) == 20
    assert all(isinstance(one, Ack) for one in answers)
    assert stand.kinds.count("note_written") == 20
    assert around.nudged == [EXERCISE]
    assert around.news[-20:] == ["note_written"] * 20


def test_a_look_gives_what_anybody_committed(stand: Stand, writer: Writer) -> None:
    writer.start()
    other = stand.another_writer()
    other.run([stand.request("fac", Note(text="Elsewhere."))])
    state = writer.view()
    assert state == other.state == writer.state


def test_a_refused_command_wakes_nobody(
    stand: Stand, writer: Writer, around: Surround
) -> None:
    writer.start()
    writer.submit(stand.request("ves", Note(text="Mine.")))
    assert around.nudged == []


def test_the_loop_outlives_a_store_that_is_away(
    stand: Stand, writer: Writer, frail: Frail
) -> None:
    writer.start()
    frail.away = True
    request = stand.request("fac", Note(text="Waiting."))
    assert writer.submit(request) == Unanswered()
    assert not writer.writable
    frail.away = False
    # It finds the store back by itself, for the sake of /readyz.
    while not writer.writable:
        pass
    assert isinstance(writer.submit(request), Ack)


def test_nobody_waits_for_ever(stand: Stand, writer: Writer) -> None:
    request = stand.request("fac", Note(text="Nobody serves."))
    assert writer.submit(request, patience_s=0.01) == Unanswered()
    assert writer.view(patience_s=0.01) is stand.state
    writer.start()
    answer = writer.submit(request)
    assert isinstance(answer, Ack)
    assert answer.duplicate


def test_a_stopped_writer_answers_what_waits_and_nothing_more(
    stand: Stand, writer: Writer, around: Surround
) -> None:
    writer.start()
    assert isinstance(writer.submit(stand.request("fac", Note(text="Last."))), Ack)
    writer.stop()
    around.join()
    late = stand.request("fac", Note(text="Late."))
    assert writer.submit(late) == Unanswered()


def test_a_process_serves_every_exercise_and_ends(around: Surround) -> None:
    store = in_memory()
    stand = Stand(store.timeline).running()
    surroundings = Surroundings(
        watch=store.watch,
        spawn=around.spawn,
        sleep=around.sleep,
        nudge=around.hear,
        holder="one",
        sole=True,
    )
    conduct = Conduct(stand.ports, surroundings)
    conduct.start()
    # Nobody was there while it ran: it stands still until somebody says so.
    assert "paused" in stand.kinds
    request = stand.request("fac", Note(text="Back."))
    assert isinstance(conduct.submit(EXERCISE, request), Ack)
    assert conduct.writable
    assert conduct.writer(EXERCISE) is conduct.writer(EXERCISE)
    with pytest.raises(KeyError):
        conduct.writer("nobody's")
    conduct.stop()
    around.join()


def test_what_cannot_be_read_is_not_taken_for_nothing(
    stand: Stand, frail: Frail, around: Surround
) -> None:
    fresh = Writer(
        stand.another_writer(),
        spawn=around.spawn,
        sleep=around.sleep,
        nudge=around.hear,
    )
    fresh.start()
    frail.unread = True
    with pytest.raises(Unwritable):
        fresh.view()
    frail.unread = False
    seen = fresh.view()
    assert seen is not None
    frail.unread = True
    # Once seen, people go on reading what there was.
    assert fresh.view() == seen
    fresh.stop()
