"""A full room beside its peers: releases, answers, memory, a crowd, the heart alone."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from bench import answers, crowd, fanout, heart
from bench.hall import Client, Hall
from bench.node import node_peer
from bench.processes import Process, free_port, fsync_ms, stock_peer
from bench.product import Product, inject, product, released
from bench.room_figures import Results
from bench.table import Size, Table

HEART_ENTRIES = 20_000
ANSWERING = 200
# Clients that show what one of Flask-SocketIO's costs when it may compress.
STOCK = 200


class Day:
    """One run of everything, with one product server from first to last."""

    def __init__(self, size: Size, ours: Product) -> None:
        self._size = size
        self._folder = size.folder
        self._ours = ours
        self._load = os.getloadavg()[0]
        # Browsers offer compression; we refuse it.
        self._hall = Hall(ours.process.port, deflate=True)
        self._hall.connect([ours.facilitator])
        self._joined: list[float] = []
        self._fsyncs: list[float] = []

    @property
    def _facilitator(self) -> Client:
        return self._hall.clients[0]

    def results(self, cost: heart.HeartCost) -> Results:
        """Return all figures."""
        start = time.monotonic()
        self._fill(20)
        frame = self._frame()
        stock = self._stock_memory(frame)
        fans, paces, kilobytes = self._beside_peers(frame)
        newcomers = self._join(self._size.crowd + 1 - len(self._hall.clients))
        people = crowd.measure(self._hall, newcomers)
        return Results(
            frame_bytes=frame.stat().st_size,
            heart=cost,
            fans=fans,
            paces=paces,
            kilobytes=kilobytes,
            stock_kilobytes=stock,
            joined_a_second=max(self._joined),
            crowd=people,
            runs=self._size.runs,
            fsync_ms=(self._fsyncs[0], self._fsyncs[-1]),
            load=(self._load, os.getloadavg()[0]),
            seconds=time.monotonic() - start,
        )

    def _beside_peers(
        self, frame: Path
    ) -> tuple[list[dict[str, fanout.Fanned]], dict[str, answers.Paced], float]:
        """Return releases and answers beside their peers, and the memory a client."""
        fans, paces, kilobytes = [], {}, 0.0
        with self._peer("emit", frame) as bare, self._node(frame) as node:
            for people in self._size.halls:
                kilobytes = max(kilobytes, self._fill(people))
                fans.append(self._fan({"bare": bare, "node": node}, people))
                if people == ANSWERING:
                    paces = self._pace()
        return fans, paces, kilobytes

    def _fan(self, peers: dict[str, Process], people: int) -> dict[str, fanout.Fanned]:
        command = fanout.numbered()
        ours = fanout.Stage(self._ours.process, self._hall, self._facilitator, command)
        stages, halls = {"ours": ours}, []
        for name, peer in peers.items():
            hall = Hall(peer.port)
            hall.connect(["-"] * (people + 1))
            stages[name] = fanout.Stage(peer, hall, hall.clients[0], command)
            halls.append(hall)
        found = fanout.interleaved(stages, self._size.runs)
        for hall in halls:
            hall.close()
        return found

    def _pace(self) -> dict[str, answers.Paced]:
        self._fsyncs.append(fsync_ms(self._folder))
        about = released(self._hall, self._facilitator, inject(0))
        delegates = self._hall.clients[1 : ANSWERING + 1]
        ours = answers.Room(self._ours.process, self._hall, delegates, about)
        kinds = ("orm", "told", "equal")
        with ExitStack() as stack:
            peers = {
                one: stack.enter_context(self._storing(one, about)) for one in kinds
            }
            rooms = {"ours": ours, **peers}
            paces = answers.interleaved(rooms, self._size.runs, self._size.seconds)
        self._fsyncs.append(fsync_ms(self._folder))
        return paces

    @contextmanager
    def _storing(self, kind: str, about: str) -> Iterator[answers.Room]:
        with (
            self._peer(kind, self._folder / f"{kind}.db") as process,
            answers.strangers(process, ANSWERING, about=about) as room,
        ):
            yield room

    def _fill(self, people: int) -> float:
        """Let people join until there are so many; return kilobytes for each."""
        before = self._ours.process.kilobytes
        newcomers = self._join(people + 1 - len(self._hall.clients))
        self._hall.connect(newcomers)
        self._hall.settle(1.0)
        return (self._ours.process.kilobytes - before) / len(newcomers)

    def _join(self, many: int) -> list[str]:
        start = time.monotonic()
        tokens = self._ours.join(many, self._hall)
        self._joined.append(many / (time.monotonic() - start))
        return tokens

    def _frame(self) -> Path:
        """Return a file with what a delegate gets of one release."""
        heard: list[bytes] = []
        self._hall.on_entries = lambda _, payload: heard.append(payload)
        released(self._hall, self._facilitator, inject(0))
        self._hall.run(lambda: len(heard) >= len(self._hall.clients))
        longest = max(heard, key=len)
        told = json.loads(longest[longest.index(b"[") :])[1]
        file = self._folder / "frame.json"
        file.write_text(json.dumps(told), "utf-8")
        return file

    def _stock_memory(self, frame: Path) -> float:
        with self._peer("emit", frame) as process:
            hall = Hall(process.port, deflate=True)
            hall.connect(["-"])
            before = process.kilobytes
            hall.connect(["-"] * STOCK)
            hall.clients[0].emit("command", {})
            hall.settle(1.0)
            after = process.kilobytes
            hall.close()
        return (after - before) / STOCK

    def _node(self, frame: Path) -> AbstractContextManager[Process]:
        log = self._folder / "node.log"
        return node_peer("emit", frame, free_port(), log, self._hall.settle)

    def _peer(self, kind: str, file: Path) -> AbstractContextManager[Process]:
        log = self._folder / f"{kind}.log"
        # Our clients answer pings while it starts, or they would count as gone.
        return stock_peer(kind, file, log, meanwhile=self._hall.settle)


def measure(size: Size) -> Table:
    """Return releases, answers, memory and a crowd beside their peers."""
    cost = heart.measure(min(HEART_ENTRIES, size.entries))
    with product(size.folder) as ours:
        return Day(size, ours).results(cost).table()
