"""The server is killed in full play, again and again; nothing acknowledged is lost."""

import itertools
import json
import random
import threading
import urllib.error
import uuid
from http.client import HTTPException
from pathlib import Path

import pytest

from tests import many
from tests.e2e.house import House, Json, Opened
from tests.faults.conftest import SQLITE
from tests.faults.figures import Figures, Table, row_of

pytestmark = pytest.mark.faults

ROUNDS = many(short=3, full=10)
SENDERS = 4
# The server dies after it has acknowledged this many more.
FEWEST, MOST = 3, 60
GONE = (urllib.error.URLError, HTTPException, OSError, json.JSONDecodeError)


class Load:
    """Senders that keep what is not acknowledged and send it again, same id."""

    def __init__(self, house: House, opened: Opened) -> None:
        self.house, self.opened = house, opened
        ves, kas = (
            house.join(opened.codes[one], one)["token"] for one in ("VES", "KAS")
        )
        self.tokens = (opened.token, ves, kas, opened.token)
        self.acked: dict[str, Json] = {}
        self.refused: list[Json] = []
        self.waiting: list[tuple[str, Json]] = []
        self._numbers = itertools.count()
        self._news = threading.Condition()
        self._dead = threading.Event()

    def command(self, number: int, token: str) -> Json:
        id_ = str(uuid.uuid4())
        if token == self.opened.token:
            return {"id": id_, "type": "note", "text": f"said {number}."}
        fields = {"subject": "Load", "text": f"said {number}."}
        act = {"type": "act", "instrument": "public_statement", "fields": fields}
        return {"id": id_, **act}

    def give(self, token: str, command: Json) -> bool:
        """Send one command; False if the server went away before it answered."""
        path = f"/exercises/{self.opened.exercise}/commands"
        try:
            status, ack = self.house.ask("POST", path, command, token)
        except GONE:
            status, ack = 0, {}
        with self._news:
            if status == 200:
                self.acked[text_of(command)] = ack
            elif status in {0, 503}:
                self.waiting.append((token, command))
            else:
                self.refused.append(ack)
            self._news.notify_all()
        return status == 200

    def until(self, more: int) -> None:
        """Send from all sides until `more` are acknowledged, then kill the server."""
        self._dead.clear()
        goal = len(self.acked) + more
        senders = [
            threading.Thread(target=self._send, args=(token,)) for token in self.tokens
        ]
        for one in senders:
            one.start()
        with self._news:
            assert self._news.wait_for(lambda: len(self.acked) >= goal, 60)
        self.house.kill()
        self._dead.set()
        for one in senders:
            one.join(30)

    def _send(self, token: str) -> None:
        while not self._dead.is_set():
            if not self.give(token, self.command(next(self._numbers), token)):
                return

    def again(self) -> None:
        """Send what was never answered, under the same ids."""
        left, self.waiting = self.waiting, []
        assert all(self.give(token, command) for token, command in left), self.refused


def text_of(command: Json) -> str:
    return str(command.get("text") or command["fields"]["text"])


def told(entry: Json) -> str:
    body = entry["body"]
    return str(body.get("text") or body.get("fields", {}).get("text", ""))


def test_nothing_acknowledged_is_lost_or_doubled(tmp_path: Path, table: Table) -> None:
    with row_of(table, Figures("F1 server killed, by HTTP", SQLITE, "eventlet")) as row:
        _is_killed_in_play(tmp_path, row)


def _is_killed_in_play(tmp_path: Path, row: Figures) -> None:
    house = House(tmp_path, extra={"DETENTE_FLOOD": "off"})
    draw = random.Random(8)  # noqa: S311 - a draw, no secret
    try:
        house.start()
        opened = house.open()
        load = Load(house, opened)
        house.order(opened, "hold")
        house.order(opened, "start")
        for _ in range(ROUNDS):
            load.until(draw.randint(FEWEST, MOST))
            row.killed()
            house.start()
            clock = [
                one
                for one in house.entries(opened)
                if one["kind"] in {"started", "paused", "resumed"}
            ]
            assert clock[-1]["kind"] == "paused"
            assert clock[-1]["body"]["outage"]
            house.order(opened, "resume")
            load.again()
        everything = house.entries(opened)
        house.stop()
    finally:
        house.kill()
    said = [told(one) for one in everything if told(one).startswith("said")]
    assert sorted(said) == sorted(load.acked)
    by_text = {told(one): one["id"] for one in everything}
    assert all(by_text[text] == ack["id"] for text, ack in load.acked.items())
    positions = [one["position"] for one in everything]
    assert positions == list(range(1, len(positions) + 1))
    times = [one["at_ms"] for one in everything]
    assert times == sorted(times)
    record = tmp_path / "record.jsonl"
    house.command("export", opened.exercise, "-o", str(record))
    house.command("verify", str(record))
    row.acknowledged = len(said)
    assert not house.errors, house.errors[-3000:]
