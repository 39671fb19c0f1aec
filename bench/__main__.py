"""Run the benchmarks: `python -m bench`, or `python -m bench quick`."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import answers, crowd, fanout, heart
from bench.hall import Client, Hall
from bench.processes import Process, free_port, fsync_ms, more_files, server
from bench.product import Product, inject, product, released
from bench.report import Results


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    runs: int
    seconds: float
    halls: tuple[int, ...]
    crowd: int
    entries: int


WHOLE = Size(runs=5, seconds=4.0, halls=(200, 1_000), crowd=2_000, entries=20_000)
QUICK = Size(runs=3, seconds=2.0, halls=(200,), crowd=400, entries=3_000)
ANSWERING = 200
# Clients that show what one of Flask-SocketIO's costs when it may compress.
STOCK = 200


class Day:
    """One run of everything, with one product server from first to last."""

    def __init__(self, size: Size, folder: Path, ours: Product) -> None:
        self._size = size
        self._folder = folder
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
        port = free_port()
        with self._peer("emit", frame, port) as bare:
            for people in self._size.halls:
                kilobytes = max(kilobytes, self._fill(people))
                crowded = Hall(port)
                crowded.connect(["-"] * (people + 1))
                fans.append(self._fan(bare, crowded))
                crowded.close()
                if people == ANSWERING:
                    paces = self._pace()
        return fans, paces, kilobytes

    def _fan(self, bare: Process, crowded: Hall) -> dict[str, fanout.Fanned]:
        command = fanout.numbered()
        ours = fanout.Stage(self._ours.process, self._hall, self._facilitator, command)
        theirs = fanout.Stage(bare, crowded, crowded.clients[0], command)
        return fanout.interleaved({"ours": ours, "bare": theirs}, self._size.runs)

    def _pace(self) -> dict[str, answers.Paced]:
        self._fsyncs.append(fsync_ms(self._folder))
        about = released(self._hall, self._facilitator, inject(0))
        delegates = self._hall.clients[1 : ANSWERING + 1]
        ours = answers.Room(self._ours.process, self._hall, delegates, about)
        with self._storing("orm") as orm, self._storing("told") as told:
            rooms = {"ours": ours, "orm": orm(about), "told": told(about)}
            paces = answers.interleaved(rooms, self._size.runs, self._size.seconds)
        self._fsyncs.append(fsync_ms(self._folder))
        return paces

    @contextmanager
    def _storing(self, kind: str) -> Iterator[Callable[[str], answers.Room]]:
        port, file = free_port(), self._folder / f"{kind}.db"
        with self._peer(kind, file, port) as process:
            hall = Hall(port)
            hall.connect(["-"] * ANSWERING)
            yield partial(answers.Room, process, hall, hall.clients)
            hall.close()

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
        port = free_port()
        with self._peer("emit", frame, port) as process:
            hall = Hall(port, deflate=True)
            hall.connect(["-"])
            before = process.kilobytes
            hall.connect(["-"] * STOCK)
            hall.clients[0].emit("command", {})
            hall.settle(1.0)
            after = process.kilobytes
            hall.close()
        return (after - before) / STOCK

    def _peer(
        self, kind: str, file: Path, port: int
    ) -> AbstractContextManager[Process]:
        arguments = ["bench.peers", kind, str(file), str(port)]
        log = self._folder / f"{kind}-{port}.log"
        # Our clients answer pings while it starts, or they would count as gone.
        return server(arguments, port, log, meanwhile=self._hall.settle)


def main() -> None:
    """Measure, and print what was found."""
    size = QUICK if sys.argv[1:] == ["quick"] else WHOLE
    more_files()
    cost = heart.measure(size.entries)
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        with product(folder) as ours:
            print(Day(size, folder, ours).results(cost).markdown())


if __name__ == "__main__":
    main()
