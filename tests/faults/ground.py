"""One exercise under fault: its servers and people, and the check at the end."""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

from exercise.adapters.database import open_database
from exercise.adapters.promises import (
    Acked,
    Away,
    Sent,
    Stored,
    View,
    Witness,
    stored_on,
    verify_exercise,
)
from tests.e2e.house import Opened
from tests.faults.figures import Figures
from tests.faults.hall import SCENARIO, names, write_hall
from tests.faults.person import Person
from tests.faults.server import Server

Json: TypeAlias = Any

DICE = random.Random(20260101)  # noqa: S311 - dice, no secret
# A busy machine of two cores takes its time; how long it took is in the table.
CONVERGED_S = 60.0
# Who waits for this many answers says nothing more for a while.
PATIENCE = 4
MARKS = r"said \d+\."
INJECTS = 40


@dataclass
class Ground:
    """Servers on one database, an exercise on them, and people in it."""

    folder: Path
    figures: Figures
    url: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    delegations: int = 3
    data: Path | None = None
    servers: list[Server] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    cut: set[str] = field(default_factory=set)
    opened: Opened | None = None

    @property
    def server(self) -> Server:
        return self.servers[0]

    @property
    def database_url(self) -> str:
        return self.url or f"sqlite:///{self.server.data / 'detente.db'}"

    @property
    def exercise(self) -> str:
        assert self.opened is not None
        return self.opened.exercise

    def serve(self, servers: int = 1, workers: int = 1) -> None:
        """Start servers that share one database."""
        injects = write_hall(self.folder / "own", self.delegations, INJECTS)
        extra = {
            "DETENTE_INJECTS": str(injects),
            "DETENTE_FLOOD": "off",
            "DETENTE_WORKERS": str(workers),
            **({"DETENTE_DATABASE_URL": self.url} if self.url else {}),
            **self.extra,
        }
        data = self.data or self.folder / "data"
        data.mkdir(exist_ok=True)
        for _ in range(servers):
            server = Server(data, self.figures.engine, extra=extra)
            server.start()
            self.servers.append(server)

    def open(self, each: int = 2, total: int = 0) -> None:
        """Open the exercise, seat people in all delegations in turn, and start it."""
        opened = self.opened = self.server.open("Under fault", SCENARIO)
        for n in range(len(self.servers)):
            token = opened.token if n == 0 else self._facilitator()
            self._seat("facilitator", "", token, "facilitators")
        places = names(self.delegations)
        for n in range(total or each * len(places)):
            delegation = places[n % len(places)]
            name = f"{delegation}-{n}"
            told = self.server.join(opened.codes[delegation], name)
            self._seat(name, told["member"], told["token"], delegation)
        self.server.order(opened, "start")
        for one in self.people:
            one.start()

    def _facilitator(self) -> str:
        words = ("link", self.exercise, "--role", "facilitator", "--json")
        told: str = json.loads(self.server.command(*words))["token"]
        return told

    def _seat(self, name: str, member: str, token: str, stream: str) -> None:
        server = self.servers[len(self.people) % len(self.servers)]
        person = Person(name, member, token, stream, lambda: server.road_port)
        self.people.append(person)

    @property
    def facilitator(self) -> Person:
        return self.people[0]

    @property
    def facilitators(self) -> list[Person]:
        return [one for one in self.people if one.stream == "facilitators"]

    def second_facilitator(self) -> None:
        """Let another facilitator in, at the same server."""
        self._seat("second", "", self._facilitator(), "facilitators")
        self.people[-1].start()

    def waits(self, until: Callable[[], bool], within: float = CONVERGED_S) -> bool:
        """Wait until something is true; tell whether it became so."""
        limit = time.monotonic() + within
        while not until():
            if time.monotonic() > limit:
                return False
            time.sleep(0.01)
        return True

    @property
    def delegates(self) -> list[Person]:
        return [one for one in self.people if one.stream.startswith("D")]

    # --- Play -------------------------------------------------------------------

    def says(self, person: Person) -> str:
        """Let a person say something nobody else says."""
        text = f"said {next(self.numbers)}."
        if person.stream == "facilitators":
            return person.says("note", text=text)
        fields = {"subject": "Load", "text": text}
        if DICE.random() < 0.5:
            return person.says("act", instrument="public_statement", fields=fields)
        others = [one for one in names(self.delegations) if one != person.stream]
        return person.says(
            "act",
            instrument="private_demarche",
            to=[DICE.choice(others)],
            fields={**fields, "asked": "Stop."},
        )

    @contextmanager
    def talking(self, every_s: float = 0.03) -> Iterator[None]:
        """Let people talk as long as the block lasts."""
        over = threading.Event()

        def talk() -> None:
            while not over.wait(every_s):
                here = [one for one in self.people if not one.cut_off]
                ready = [one for one in here if len(one.outbox) < PATIENCE]
                if ready:
                    self.says(DICE.choice(ready))

        talker = threading.Thread(target=talk)
        talker.start()
        try:
            yield
        finally:
            over.set()
            talker.join()

    def acknowledged(self) -> int:
        return sum(len(one.answers) for one in self.people)

    def until(self, more: int, within: float = 120.0) -> None:
        """Wait until so many more are acknowledged."""
        goal, limit = self.acknowledged() + more, time.monotonic() + within
        while self.acknowledged() < goal:
            assert time.monotonic() < limit, (goal, self.acknowledged(), self.news())
            time.sleep(0.01)

    def resume(self) -> None:
        """Go on after an outage, as a facilitator does."""
        id_ = self.facilitator.says("resume")
        done = self.facilitator.waits(
            CONVERGED_S,
            lambda: bool(
                self.facilitator.answered(id_) or id_ in self.facilitator.refused
            ),
        )
        assert done, self.news()

    # --- The end ----------------------------------------------------------------

    @contextmanager
    def store_away(self) -> Iterator[None]:
        """Note a time in which nothing can be committed."""
        start = int(time.time() * 1000)
        yield
        self.away.append(Away(start, int(time.time() * 1000)))

    def ids(self) -> set[str]:
        """Return the ids of all entries that are stored now."""
        found: set[str] = self._with_database(lambda kept: set(kept.by_id))
        return found

    def forget(self, lost: set[str]) -> None:
        """Leave out what a restored backup does not hold, as was told."""
        for one in self.people:
            one.answers = [told for told in one.answers if told[1]["id"] not in lost]
            one.raw.clear()

    def settle(self, within: float = CONVERGED_S) -> None:
        """Wait until everything is answered and everybody sees all of it."""
        start = time.monotonic()
        self.waits(self._is_settled, within)
        lasted = time.monotonic() - start
        self.figures.converged_s = max(self.figures.converged_s, lasted)

    def _is_settled(self) -> bool:
        if any(one.outbox for one in self.people if not one.cut_off):
            return False
        heads = self.heads()
        present = [one for one in self.people if not one.cut_off]
        return all(len(one.view) == heads.get(one.stream, 0) for one in present)

    def heads(self) -> Mapping[str, int]:
        return self._with_database(lambda kept: kept.heads)

    def _with_database(self, look: Callable[[Stored], Any]) -> Any:  # noqa: ANN401 - whatever is looked for
        database = open_database(self.database_url)
        try:
            return look(stored_on(database, self.exercise))
        finally:
            database.close()

    def check(self) -> None:
        """Hold the run to every promise, and add what it measured to the row."""
        self.settle()
        self._learn_members()
        witness = self.witness()
        found = self._with_database(lambda kept: verify_exercise(kept, witness))
        figures = self.figures
        figures.acknowledged += len(witness.acked)
        figures.outage_s = max(figures.outage_s, *(o.longest_s for o in self.people))
        for one in found:
            figures.broken[one.invariant] += 1
            figures.told.append(str(one))
        for person in self.people:
            figures.told += [f"{person.name}: {odd}" for odd in person.odd]
            figures.broken["I4"] += len(person.odd)
        refused = Counter(o for one in self.people for o in one.refused.values())
        if refused["failed"]:
            figures.broken["I12"] += refused["failed"]
            figures.told.append(f"{refused['failed']} commands failed in the server")
        unanswered = sum(len(o.outbox) for o in self.people if not o.cut_off)
        if unanswered:
            figures.broken["I12"] += 1
            figures.told.append(f"{unanswered} commands are not answered at the end")

    def _learn_members(self) -> None:
        """Facilitators are seated by a token: who they are, their entries tell."""
        by_id: dict[str, str] = self._with_database(
            lambda kept: {o.entry.id: o.entry.actor for o in kept.entries}
        )
        for one in self.people:
            acked = [ack["id"] for _, ack, _ in one.answers if ack["id"]]
            if not one.member and acked:
                one.member = by_id.get(acked[0], "")

    def witness(self) -> Witness:
        """Return what everybody sent, was answered and saw."""
        sent = {
            id_: _sent(one.member, command)
            for one in self.people
            for id_, command in one.sent.items()
        }
        acked = [
            Acked(sent[id_], ack["id"], ack["position"], int(at * 1000))
            for one in self.people
            for id_, ack, at in one.answers
        ]
        views = tuple(_seen(one) for one in self.people if one.name not in self.cut)
        return Witness(
            sent=tuple(sent.values()),
            acked=tuple(acked),
            views=views,
            away=tuple(self.away),
            marks=MARKS,
            tracebacks=self.tracebacks(),
            alive=all(one.alive for one in self.servers),
        )

    def tracebacks(self) -> int:
        return sum(
            one.log.read_text("utf-8").count("Traceback") for one in self.servers[:1]
        )

    def news(self) -> str:
        """Return what the servers have said last, for who reads a failure."""
        states = [(o.name, len(o.outbox), o.cut_off) for o in self.people]
        return f"{states}\n{self.server.log.read_text('utf-8')[-3000:]}"

    def close(self) -> None:
        for one in self.people:
            one.over = True
        for one in self.people:
            one.stop()
        for server in self.servers:
            server.kill()


def _seen(one: Person) -> View:
    view, raw = tuple(one.view), "\n".join(one.raw)
    return View(one.name, one.member, one.stream, view, raw, whole=not one.cut_off)


def _sent(member: str, command: Json) -> Sent:
    text = command.get("text") or command.get("fields", {}).get("text", "")
    at_once = command["type"] == "release" and not command.get("undo_ms")
    release = command["inject"] if at_once else ""
    return Sent(member, command["id"], text, release)
