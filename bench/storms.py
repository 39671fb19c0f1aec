"""Storms: everybody connects at once, and everybody catches up at once."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from bench.hall import Client, Hall, ack_of
from bench.node import node_peer
from bench.processes import Process, free_port, stock_peer
from bench.product import Product, inject, product, released, reply
from bench.table import Size, Table
from exercise.web.sockets import A_MEMBER

CATCHING_UP = 200
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Storm:
    """Connects a second of each server, a run each."""

    ours: list[float]
    bare: list[float]
    node: list[float]


def measure(size: Size) -> Table:
    """Return connects a second beside peers, and how long catching up takes."""
    with product(size.folder) as ours:
        hall = Hall(ours.process.port, deflate=True)
        hall.connect([ours.facilitator])
        tokens = ours.join(size.storm, hall)
        storm = _storm(size, ours, tokens)
        entries = _fill(ours, hall, tokens, size.catching_up)
        seconds = [_caught_up(ours, tokens, entries) for _ in range(size.runs)]
    gates = {
        "join-storm": median(storm.ours) / median(storm.node),
        "resync": median(seconds),
    }
    lines = (*_rows(storm), "", _told(entries, median(seconds)))
    return Table("Storms", lines, gates, size.runs)


def _storm(size: Size, ours: Product, tokens: list[str]) -> Storm:
    storm = Storm([], [], [])
    with _stock(size.folder) as bare, _node(size.folder) as node:
        strangers = ["-"] * size.storm
        for _ in range(size.runs):
            storm.ours.append(_connects(ours.process, tokens))
            storm.bare.append(_connects(bare, strangers))
            storm.node.append(_connects(node, strangers))
    return storm


def _connects(process: Process, tokens: list[str]) -> float:
    hall = Hall(process.port, deflate=True)
    seconds = hall.connect(tokens)
    if hall.refused:
        raise RuntimeError(f"{hall.refused} were not let in")
    hall.close()
    time.sleep(0.5)  # The server sees them go.
    return len(tokens) / seconds


def _fill(ours: Product, hall: Hall, tokens: list[str], entries: int) -> int:
    """Let one delegation's people answer until its stream is so long."""
    home = _home(ours, tokens)[:AT_ONCE]
    first = len(hall.clients)
    hall.connect(home)
    about = released(hall, hall.clients[0], inject(0))
    acked = 0

    def count(_client: Client, payload: bytes) -> None:
        nonlocal acked
        acked += b'"ok":true' in payload

    hall.on_ack = count
    while acked < entries:
        goal = acked + len(home)
        for client in hall.clients[first:]:
            client.emit("command", reply(about))
        hall.run(partial(_reached, lambda: acked, goal))
    return acked


def _reached(acked: Callable[[], int], goal: int) -> bool:
    return acked() >= goal


def _caught_up(ours: Product, tokens: list[str], entries: int) -> float:
    """Return the seconds until all have read the stream, half of them from 0."""
    home = _home(ours, tokens)
    hall = Hall(ours.process.port)
    many = min(CATCHING_UP, (A_MEMBER - 1) * len(home))
    hall.connect([home[at % len(home)] for at in range(many)])
    places = [0 if at % 2 else entries // 2 for at in range(many)]
    done: set[int] = set()

    def hear(client: Client, payload: bytes) -> None:
        told = ack_of(payload)
        ((stream, page),) = told["audiences"].items()
        if page["entries"]:
            client.emit("sync", {"cursors": {stream: page["entries"][-1]["position"]}})
        else:
            done.add(client.number)

    hall.on_ack = hear
    start = time.perf_counter()
    for client, place in zip(hall.clients, places, strict=True):
        client.emit("sync", {"cursors": {ours.home: place}})
    hall.run(lambda: len(done) == many, 120.0)
    seconds = time.perf_counter() - start
    hall.close()
    return seconds


def _home(ours: Product, tokens: list[str]) -> list[str]:
    """Return the tokens of the first delegation: they joined after a facilitator."""
    many = len(ours.codes)
    return tokens[many - 1 :: many]


def _stock(folder: Path) -> AbstractContextManager[Process]:
    file = folder / "frame.json"
    file.write_text("{}", "utf-8")
    return stock_peer("emit", file, folder / "storm.log")


def _node(folder: Path) -> AbstractContextManager[Process]:
    return node_peer("watch", Path("-"), free_port(), folder / "storm-node.log")


def _rows(storm: Storm) -> Iterator[str]:
    yield "| connects a second | median |"
    yield "|---|---|"
    yield f"| Détente: session, membership, stream | {median(storm.ours):,.0f} |"
    yield f"| Flask-SocketIO, nobody asked for anything | {median(storm.bare):,.0f} |"
    yield f"| Node Socket.IO, nobody asked for anything | {median(storm.node):,.0f} |"


def _told(entries: int, seconds: float) -> str:
    return (
        f"{CATCHING_UP} clients catch up a stream of {entries:,} entries, half of them"
        f" from its beginning, in {seconds:.1f} s."
    )
