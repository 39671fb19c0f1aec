"""What views and handlers work with: the ports handed in, and the web's own parts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, cast

from flask import current_app

from exercise.domain.report.trends import Run
from exercise.domain.scenario import Scenario
from exercise.engine import Engine
from exercise.service.codec import Codec
from exercise.service.conduct import Conduct
from exercise.service.directory import Directory
from exercise.service.enrol import Enrol
from exercise.service.papers import Paper, Papers
from exercise.service.ports import Timeline, WallClock
from exercise.web.intake import Intake
from exercise.web.limits import Limits
from exercise.web.nudges import Listener
from exercise.web.scores import Tallies
from exercise.web.stalls import Stalls
from exercise.web.tailer import Floor, Tailers

EXTENSION = "detente"


class Listed(NamedTuple):
    """A scenario that can be opened, with its SHA-256 and its files."""

    scenario: Scenario
    sha256: str
    papers: Sequence[Paper] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """The scenarios there are: (id, title) of each, and how to read one.

    `read` returns None for one that is not there or has problems. `warm_ups` are the
    ids of those that newcomers begin with.
    """

    titles: Callable[[], Sequence[tuple[str, str]]]
    read: Callable[[str], Listed | None]
    warm_ups: Callable[[], Sequence[str]] = tuple


Told: TypeAlias = Callable[[int, str], None]
Follow: TypeAlias = Callable[[str, str, str, str, Told], bytes]


class NotMade(Exception):
    """A document could not be made; the server's log tells why."""


@dataclass(frozen=True, slots=True)
class Documents:
    """What is made from a record: its own lines, and a report.

    `types` are the formats there are, with their media types; `page` is one more, an
    HTML page that links to the review. `report` takes exercise, format, edition and
    language, and raises NotMade. `follow` does the same and tells how far it is, in
    percents and words; it also makes `preview`, what an edition leaves out as JSON.
    `steps` are the percents with their words, message ids. `runs` scores exercises
    that have ended, for a look at several. `fork` takes one up at a moment, lets
    robots play on and returns the new run's id, or raises NotMade.
    """

    record: Callable[[str], Iterator[bytes]]
    report: Callable[[str, str, str, str], bytes]
    types: Mapping[str, str]
    follow: Follow
    steps: Sequence[tuple[int, str]] = ()
    runs: Callable[[Sequence[str]], Sequence[Run]] = lambda _exercises: ()
    fork: Callable[[str, int, str], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the composition root hands in."""

    engine: Engine
    conduct: Conduct
    timeline: Timeline
    directory: Directory
    clock: WallClock
    codec: Codec
    enrol: Enrol
    papers: Papers
    shelf: Shelf
    documents: Documents
    secret: str
    fresh_token: Callable[[], str]
    on_nudge: Callable[[Listener], None]
    flood: bool = True
    secure_cookies: bool = False
    stock_emit: bool = False
    origins: tuple[str, ...] = ()
    everywhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The ground, and what the web floor makes of it."""

    ground: Ground
    floor: Floor
    tailers: Tailers
    intake: Intake
    limits: Limits
    scores: Tallies
    stalls: Stalls = field(default_factory=Stalls)
    dropped: Callable[[], Mapping[str, int]] = field(default=dict)

    @property
    def conduct(self) -> Conduct:
        """Return every exercise's writer."""
        return self.ground.conduct

    @property
    def timeline(self) -> Timeline:
        """Return the record."""
        return self.ground.timeline

    @property
    def directory(self) -> Directory:
        """Return what is kept beside the record."""
        return self.ground.directory

    @property
    def clock(self) -> WallClock:
        """Return wall time."""
        return self.ground.clock

    @property
    def papers(self) -> Papers:
        """Return the files that come with papers."""
        return self.ground.papers

    @property
    def enrol(self) -> Enrol:
        """Return how people come in."""
        return self.ground.enrol

    def fresh_token(self) -> str:
        """Return a secret for a session or a link."""
        return self.ground.fresh_token()


def services() -> Services:
    """Return the services of the application that answers this request."""
    found: Any = current_app.extensions[EXTENSION]
    return cast("Services", found)
