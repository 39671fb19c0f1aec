"""kill -9 of the writer at random points: what was acknowledged is there, once."""

import json
import random
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from exercise.adapters.database import open_database
from exercise.adapters.proof import verify
from exercise.adapters.record import record_lines
from exercise.adapters.schema import signing_key, upgrade
from exercise.adapters.selfcheck import faults
from exercise.adapters.timeline import SqlTimeline
from tests import many
from tests.adapters.stand import EXERCISE, Stand
from tests.faults.conftest import POSTGRESQL, SQLITE
from tests.faults.figures import Figures, Table, row_of

ROOT = Path(__file__).resolve().parents[2]
DICE = random.Random(20260101)  # noqa: S311 - dice, no secret


class Life:
    """One life of the writer's process: fed with commands until it is killed."""

    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.writer_process", url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def live(self, groups: list[list[tuple[str, str]]], seconds: float) -> list[list]:  # type: ignore[type-arg]  # [id, entry, duplicate]
        """Send groups until the kill after `seconds`; return every ack that came."""
        killer = threading.Timer(seconds, self.process.kill)
        killer.start()
        acks = []
        try:
            for group in groups:
                self.process.stdin.write(json.dumps(group) + "\n")  # type: ignore[union-attr]  # a pipe
                self.process.stdin.flush()  # type: ignore[union-attr]  # a pipe
                line = self.process.stdout.readline()  # type: ignore[union-attr]  # a pipe
                acks += json.loads(line or "[]")
        except (BrokenPipeError, json.JSONDecodeError):
            pass  # that was the kill
        killer.join()
        self.process.wait()
        self.process.stdout.close()  # type: ignore[union-attr]  # a pipe
        with suppress(BrokenPipeError):
            self.process.stdin.close()  # type: ignore[union-attr]  # a pipe
        return acks


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path, store: str) -> str:
    """Give the address of a database in which an exercise runs."""
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    if store == POSTGRESQL:
        url = str(request.getfixturevalue("cluster").database())
    database = open_database(url)
    upgrade(database)
    Stand(SqlTimeline(database)).running()
    database.close()
    return url


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.parametrize(
    "store", [SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.services)]
)
def test_what_was_acknowledged_is_there_once(
    url: str, store: str, table: Table
) -> None:
    with row_of(table, Figures("F1 writer killed", store, "–")) as row:
        acked = _lives(url, row)
        row.acknowledged = len(acked)
        _holds(url, acked)


def _lives(url: str, row: Figures) -> dict[str, str]:
    """Let writers live and be killed; return what was acknowledged, by its id."""
    sent: dict[str, str] = {}
    acked: dict[str, str] = {}
    for life in range(many(short=2, full=30)):
        retries = [one for one in sent if one not in acked]
        fresh = [f"{life}-{n}" for n in range(400)]
        sent |= {one: f"note {one}" for one in fresh}
        twice = DICE.sample(sorted(acked), min(10, len(acked)))
        ids = [*retries, *twice, *fresh]
        DICE.shuffle(ids)
        groups = [
            [(one, sent[one]) for one in ids[at : at + 4]]
            for at in range(0, len(ids), 4)
        ]
        for id_, entry, _ in Life(url).live(groups, DICE.uniform(0.05, 0.6)):
            # An id answered before is answered the same.
            assert acked.setdefault(id_, entry) == entry
        row.killed()
        sent = {one: text for one, text in sent.items() if one in acked or life % 2}
    return acked


def _holds(url: str, acked: dict[str, str]) -> None:
    database = open_database(url)
    timeline = SqlTimeline(database)
    assert faults(database) == []
    notes: Counter[str] = Counter()
    seq = 0
    while some := timeline.after(EXERCISE, seq):
        seq = some[-1].entry.seq
        notes.update(
            json.loads(one.entry.body or "{}")["text"]
            for one in some
            if one.entry.kind == "note_written"
        )
    assert acked
    assert all(notes[f"note {one}"] == 1 for one in acked)
    assert max(notes.values()) == 1
    lines = list(record_lines(timeline, EXERCISE, signing_key(database)))
    verdict = verify(lines)
    assert verdict.ok, verdict
    database.close()
