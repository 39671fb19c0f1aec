"""What is told on comes in order and once, from the writer's hand or from the store."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
import pytest

from exercise.domain.commands import Redact
from exercise.service.ports import Tailed
from exercise.service.requests import Ack, Request
from exercise.web.tailer import Tailer
from tests.web.stage import Socket, Stage, a_stage


@dataclass
class Heard:
    """A sender that keeps the positions of what it sends to the facilitators."""

    positions: list[int] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)

    def send(self, _sids: object, _event: str, data: bytes) -> None:
        frame = orjson.loads(data)
        if frame["audience"] == "facilitators":
            self.positions += [one["position"] for one in frame["entries"]]
            self.bodies += [one["body"] for one in frame["entries"]]


@pytest.fixture
def stage() -> Iterator[Stage]:
    with a_stage() as built:
        yield built


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def tailer(stage: Stage, heard: Heard) -> Tailer:
    floor = replace(stage.services.floor, sender=heard)  # type: ignore[arg-type]  # what a tailer asks of it
    return Tailer(stage.exercise, floor)


def listening(stage: Stage, tailer: Tailer, heard: Heard) -> Socket:
    """Return a facilitator's socket; the tailer has read all there is."""
    socket = stage.socket({"token": stage.program()})
    while tailer.pump():
        pass
    heard.positions.clear()
    heard.bodies.clear()
    return socket


def say(stage: Stage, socket: Socket, *texts: str) -> Sequence[Tailed]:
    """Write notes, and return them as the writer hands them on."""
    before = stage.head()
    for text in texts:
        assert socket.command("note", text=text)["ok"]
    return stage.timeline.tail(stage.exercise, before)


def test_what_the_writer_hands_on_is_not_read_again(
    stage: Stage, tailer: Tailer, heard: Heard
) -> None:
    socket = listening(stage, tailer, heard)
    group = say(stage, socket, "one", "two")
    marked = [
        replace(one, positions={"facilitators": 900 + n}) for n, one in enumerate(group)
    ]
    tailer.nudge(marked)
    assert tailer.pump() == 2
    assert heard.positions == [900, 901]
    assert tailer.pump() == 0


def test_a_group_with_a_gap_before_it_is_read_from_the_store(
    stage: Stage, tailer: Tailer, heard: Heard
) -> None:
    socket = listening(stage, tailer, heard)
    say(stage, socket, "somebody else's")
    group = say(stage, socket, "ours")
    tailer.nudge(group)
    assert tailer.pump() == 2
    tailer.nudge(group)
    assert tailer.pump() == 0
    assert heard.positions == sorted(set(heard.positions))
    assert [one["text"] for one in heard.bodies] == ["somebody else's", "ours"]


def test_what_was_handed_on_and_redacted_since_is_not_told(
    stage: Stage, tailer: Tailer, heard: Heard
) -> None:
    socket = listening(stage, tailer, heard)
    first = say(stage, socket, "a secret")
    before = stage.head()
    entry = first[0].entry.id
    redact = Request("system", "redact/1", Redact(entry=entry, reason="It names."))
    assert isinstance(stage.ground.conduct.submit(stage.exercise, redact), Ack)
    tailer.nudge(first)
    tailer.nudge(stage.timeline.tail(stage.exercise, before))
    while tailer.pump():
        pass
    assert heard.positions == sorted(set(heard.positions))
    assert "a secret" not in str(heard.bodies)


def test_whoever_comes_after_a_silence_hears_nothing_old(
    stage: Stage, tailer: Tailer, heard: Heard
) -> None:
    browser = stage.delegate("VES")
    group = stage.timeline.tail(stage.exercise, stage.head() - 1)
    tailer.nudge(group)
    assert tailer.pump() == 0
    stage.socket({"membership": browser.member}, browser)
    assert tailer.pump() == 0
    assert not heard.positions
