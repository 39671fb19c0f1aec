"""A whole site on SQLite with an exercise in play, one in the lobby, and every role."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias

from exercise.adapters.database import Database, open_database
from exercise.adapters.directory import SqlDirectory
from exercise.adapters.memory import MemoryWatch
from exercise.adapters.schema import upgrade
from exercise.adapters.timeline import SqlTimeline
from exercise.domain import commands as c
from exercise.domain.chain import forgiving
from exercise.domain.scenario import Scenario
from exercise.service.enrol import Opened
from tests.adapters.stand import Store
from tests.attack.telling import Dress, Told, told
from tests.web.stage import SECRET, Browser, Socket, Stage

Json: TypeAlias = Any

ROLES = (
    "nobody",
    "host",
    "facilitator",
    "trainer",
    "evaluator",
    "observer",
    "delegate",
    "other delegate",
    "room",
    "elsewhere",
    "revoked",
)
# Who of the told story is which role.
PLAYED = {
    "facilitator": "fac",
    "trainer": "tra",
    "evaluator": "eva",
    "observer": "obs",
    "delegate": "ves",
    "other delegate": "kas",
}
MEANT = {"other delegate": "delegate", "revoked": "nobody"}
MARK = "canary"


def marked(_most: int, said: str) -> str:
    """Return what somebody of the story says, with a mark that no page has."""
    return said if MARK in said else f"{said} {MARK}"


@dataclass
class World:
    """One site, with a browser and a socket for each role."""

    story: Told
    file: Path
    elsewhere: Opened
    browsers: dict[str, Browser] = field(default_factory=dict)
    sockets: dict[str, Socket] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    @property
    def stage(self) -> Stage:
        return self.story.stage

    @property
    def exercise(self) -> str:
        return self.stage.exercise

    def content(self) -> bytes:
        """Return a digest of every byte that the database holds."""
        with sqlite3.connect(self.file) as reader:
            digest = blake2b(reader.serialize()).digest()
        reader.close()
        return digest

    def rows(self) -> dict[str, set[Any]]:
        """Return every row of every table, for whoever asks what has changed."""
        with sqlite3.connect(self.file) as reader:
            names = reader.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
            ).fetchall()
            found = {
                name: set(reader.execute(f'SELECT * FROM "{name}"'))  # noqa: S608 - our own tables
                for (name,) in names
            }
        reader.close()
        return found

    def stream(self, role: str) -> str:
        """Return the audience that a role reads, or nothing."""
        state = self.story.now()
        member = state.members.get(self.members.get(role, ""))
        return member.stream if member and not member.revoked else ""

    def line(self, role: str) -> Socket:
        """Return the role's socket, which may have been refused."""
        if role not in self.sockets:
            auth = {"membership": self.members[role]}
            self.sockets[role] = self.stage.socket(auth, self.browsers[role])
        return self.sockets[role]

    def entry(self, told_: Callable[[Json], bool]) -> str:
        """Return the id of the first entry of which this is so, or nothing."""
        found = (one.id for one in self.story.entries if told_(one))
        return next(found, "")


@contextmanager
def database(folder: Path) -> Iterator[tuple[Path, Database]]:
    """Give an empty SQLite database in a folder."""
    file = folder / "matrix.db"
    for old in folder.glob("matrix.db*"):
        old.unlink()
    kept = open_database(f"sqlite:///{file}")
    try:
        upgrade(kept)
        yield file, kept
    finally:
        kept.close()


@contextmanager
def a_world(
    folder: Path, scenario: Scenario | None = None, dress: Dress = marked
) -> Iterator[World]:
    """Give a site with everybody seated, before STARTEX."""
    with database(folder) as (file, kept):
        directory = SqlDirectory(kept, SECRET)
        store = Store(SqlTimeline(kept), MemoryWatch(), directory)
        with told(dress, scenario, store) as story:
            world = World(story, file, _elsewhere(story))
            _seat(world)
            yield world


def _elsewhere(story: Told) -> Opened:
    """Open another exercise of the same scenario, which never starts."""
    host = story.stage.by_link("host", "")
    host.get("/")
    wish = {"scenario": story.scenario.id, "title": "Elsewhere"}
    told_ = host.api("/exercises", wish).json
    assert told_ is not None
    codes = {party: forgiving(code) for party, code in told_["codes"].items()}
    return Opened(told_["exercise"], codes, forgiving(told_["room"]))


def _seat(world: World) -> None:
    stage, browsers = world.stage, world.browsers
    for role, name in PLAYED.items():
        browsers[role] = world.story.people[name]
    browsers["room"] = world.story.people["room"]
    browsers["nobody"] = stage.browser()
    browsers["host"] = stage.by_link("host", "")
    browsers["elsewhere"] = stage.by_link("facilitator", world.elsewhere.exercise)
    browsers["revoked"] = gone = stage.delegate("VES", "Rita")
    stage.do(browsers["facilitator"].member, c.Revoke(member=gone.member))
    world.story.look()
    for role, browser in browsers.items():
        browser.get("/")
        held = stage.ground.directory.memberships(browser.token)
        world.members[role] = held[-1].member if held else ""
