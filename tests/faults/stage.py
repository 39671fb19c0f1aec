"""What a run under fault stands on: servers on one database, and people at them."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from exercise.adapters.database import Database, open_database
from exercise.adapters.promises import stored_on
from exercise.adapters.timeline import SqlTimeline
from tests.e2e.house import Opened
from tests.faults.figures import Figures
from tests.faults.hall import SCENARIO, names, write_hall
from tests.faults.person import Person
from tests.faults.server import Server

Found = TypeVar("Found")

# A busy machine of two cores takes its time; how long it took is in the table.
CONVERGED_S = 60.0
LOOK_S = 0.02
INJECTS = 40


@dataclass
class Stage:
    """Servers that share a database, an exercise on them, and who has joined it."""

    folder: Path
    figures: Figures
    url: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    delegations: int = 3
    data: Path | None = None
    servers: list[Server] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
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

    def second_facilitator(self) -> None:
        """Let another facilitator in, at the same server."""
        self._seat("second", "", self._facilitator(), "facilitators")
        self.people[-1].start()

    @property
    def facilitator(self) -> Person:
        return self.people[0]

    @property
    def facilitators(self) -> list[Person]:
        return [one for one in self.people if one.stream == "facilitators"]

    @property
    def delegates(self) -> list[Person]:
        return [one for one in self.people if one.stream.startswith("D")]

    def waits(self, until: Callable[[], bool], within: float = CONVERGED_S) -> bool:
        """Wait until something is true; tell whether it became so."""
        limit = time.monotonic() + within
        while not until():
            if time.monotonic() > limit:
                return False
            time.sleep(LOOK_S)
        return True

    # --- What is stored ---------------------------------------------------------

    def looks(self, look: Callable[[Database], Found]) -> Found:
        """Look into the database beside the servers."""
        database = open_database(self.database_url)
        try:
            return look(database)
        finally:
            database.close()

    def ids(self) -> set[str]:
        """Return the ids of all entries that are stored now."""
        return set(self.looks(lambda kept: stored_on(kept, self.exercise)).by_id)

    def heads(self) -> Mapping[str, int]:
        """Return each stream's last position."""
        return self.looks(lambda kept: SqlTimeline(kept).heads(self.exercise))

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
