"""What somebody who reaches the nudges could say: look again, and nothing else."""

import json
import pickle
import threading
from collections.abc import Iterator

import pytest
import redis

from exercise.adapters.nudge import CHANNEL, RedisNudge
from tests.web.stage import Stage, a_stage, eventually

pytestmark = pytest.mark.attack


class Told:
    """What a pickle would run if anybody read it."""

    ran = False

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return run, ()


def run() -> None:
    Told.ran = True


FORGED = {
    "method": "emit",
    "event": "entries",
    "data": {"audience": "VES", "entries": [{"html": "<b>forged</b>"}]},
    "namespace": "/live",
    "room": None,
    "skip_sid": None,
    "callback": None,
    "host_id": "elsewhere",
}
SAID = (
    b"",
    b"\xff\xfe",
    b"x" * 100_000,
    b"\x00",
    b"../../etc/passwd",
    b"'; DROP TABLE entry; --",
    json.dumps(FORGED).encode(),
    pickle.dumps(FORGED),
    pickle.dumps(Told()),
)


@pytest.fixture
def stage() -> Iterator[Stage]:
    with a_stage() as built:
        yield built


def test_a_forged_nudge_sends_nobody_anything(stage: Stage) -> None:
    ves = stage.delegate("VES")
    socket = stage.socket({"membership": ves.member}, ves)
    before, head = list(socket.client.queue), stage.head()
    for said in SAID:
        stage.services.tailers.nudge(said.decode(errors="replace"))
    assert socket.ask("sync", None)["ok"]
    told = [one for one in socket.client.queue if one not in before]
    assert not [one for one in told if one["name"] == "entries"]
    assert stage.head() == head


@pytest.mark.services
def test_whatever_is_published_is_a_name_and_is_run_by_nobody(redis_url: str) -> None:
    heard: list[str] = []
    over = threading.Event()
    listener = threading.Thread(
        target=RedisNudge(redis_url).listen, args=(heard.append, over.is_set)
    )
    listener.start()
    try:
        with redis.Redis.from_url(redis_url) as other:
            eventually(lambda: other.publish(CHANNEL, "first") > 0)
            for channel in (CHANNEL, "flask-socketio", "socketio"):
                for said in SAID:
                    other.publish(channel, said)
            other.publish(CHANNEL, "last")
        eventually(lambda: "last" in heard)
    finally:
        over.set()
        listener.join(10)
    kept = heard[heard.index("first") : heard.index("last")]
    assert len(kept) - kept.count("first") == len(SAID)
    assert not Told.ran
