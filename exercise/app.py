"""The composition root of the server: settings in, an application out."""

import json
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, TypeAlias

from flask import Flask

from exercise.adapters.codec import EventCodec, scenario_sha256
from exercise.adapters.copies import write_out
from exercise.adapters.database import Database, open_database
from exercise.adapters.directory import SqlDirectory
from exercise.adapters.finished import Finished
from exercise.adapters.forks import Forks, NotForked
from exercise.adapters.nudge import PostgresNudge, RedisNudge, listen_for_ever
from exercise.adapters.papers import SqlPapers
from exercise.adapters.ports_real import (
    RandomIds,
    RandomSalts,
    SystemClock,
    fresh_token,
)
from exercise.adapters.record import record_lines
from exercise.adapters.scenario_files import (
    PaperGone,
    ScenarioRefused,
    library,
    load,
    papers_of,
)
from exercise.adapters.schema import signing_key
from exercise.adapters.timeline import SqlTimeline
from exercise.adapters.watch import SqlWatch
from exercise.documents.formats import TYPES
from exercise.documents.job import STEPS, Order, Told, command, omission, progress
from exercise.domain.events import ExerciseOpened
from exercise.domain.report import edition_of
from exercise.domain.scenario import Scenario
from exercise.engine import Engine
from exercise.engine.places import Home
from exercise.resources import INJECTS
from exercise.service.conduct import Conduct, Surroundings
from exercise.service.conduct.standing import recorded
from exercise.service.enrol import Enrol
from exercise.service.ports import Ports, Signer, Timeline
from exercise.settings import Settings
from exercise.web.addresses import EVERYWHERE
from exercise.web.nudges import Aside, Nudges
from exercise.web.services import Documents, Ground, Listed, NotMade, Shelf
from exercise.web.site import create_site

Untyped: TypeAlias = Any

RunJob: TypeAlias = Callable[[Sequence[str], Callable[[str], None]], int]

# A Word template of one's own, if the data folder has one.
TEMPLATE = "report.docx"


@dataclass(frozen=True, slots=True)
class Site:
    """A whole server that only needs a socket."""

    app: Flask
    live: Untyped
    ground: Ground
    database: Database

    def start(self) -> None:
        """Take up every exercise that has not ended."""
        self.ground.conduct.start()

    def stop(self, *, leaving: bool = False) -> None:
        """Finish what waits, and let go of the database."""
        self.ground.conduct.stop(leaving=leaving)
        self.database.close()


def create_app(settings: Settings, engine: Engine, home: Home | None = None) -> Site:
    """Return the server that the settings describe; its database is up to date.

    `home` is its door to the other workers, where there are any.
    """
    database = open_database(settings.database_url)
    ground = _ground(settings, engine, database)
    app, live = create_site(ground, home)
    if settings.origins:
        names = [origin.partition("://")[2] for origin in settings.origins]
        hosts = [name.rpartition(":")[0] or name for name in names]
        app.config["TRUSTED_HOSTS"] = [*hosts, "localhost", "127.0.0.1", "[::1]"]
    return Site(app, live, ground, database)


def _ground(settings: Settings, engine: Engine, database: Database) -> Ground:
    timeline, clock, ids = SqlTimeline(database), SystemClock(), RandomIds()
    secret = settings.cookie_secret()
    directory = SqlDirectory(database, secret)
    signer, codec = signing_key(database), EventCodec()
    nudges = _nudges(settings, engine, database)
    ports = Ports(timeline, codec, clock, ids, RandomSalts(), signer)
    around = Surroundings(
        watch=SqlWatch(database),
        spawn=engine.spawn,
        sleep=engine.sleep,
        nudge=nudges,
        holder=f"{socket.gethostname()}/{ids.new('holder')}",
        sole=database.on_sqlite,
    )
    conduct, papers = Conduct(ports, around), SqlPapers(database)
    follow = reporter(
        timeline,
        signer,
        engine.run_job,
        settings.data / TEMPLATE,
        rest=lambda: engine.sleep(0),
    )
    return Ground(
        engine=engine,
        conduct=conduct,
        timeline=timeline,
        directory=directory,
        clock=clock,
        codec=codec,
        enrol=Enrol(
            conduct.submit, timeline, directory, clock, ids, fresh_token, papers
        ),
        papers=papers,
        shelf=shelf(settings.injects),
        documents=Documents(
            record=lambda exercise: record_lines(timeline, exercise, signer),
            report=partial(follow, told=lambda _percent, _words: None),
            types=TYPES,
            follow=follow,
            steps=STEPS,
            fork=forker(Forks(ports, engine.run_job, lambda: engine.sleep(0))),
            runs=Finished(timeline, signer, engine.run_job, lambda: engine.sleep(0)),
        ),
        secret=secret,
        fresh_token=fresh_token,
        on_nudge=nudges.listen,
        flood=settings.flood == "on",
        secure_cookies=settings.cert is not None,
        stock_emit=settings.direct == "off",
        origins=settings.origins,
        everywhere=settings.host in EVERYWHERE,
    )


def _nudges(settings: Settings, engine: Engine, database: Database) -> Nudges:
    """Return what wakes this process's tailers, and other workers' if there may be."""
    nudges = Nudges()
    far: PostgresNudge | RedisNudge
    if settings.nudge_url:
        far = RedisNudge(settings.nudge_url)
        aside = Aside(far)
        engine.spawn(aside.serve)
        nudges.tell(aside)
    elif database.on_sqlite:
        return nudges
    else:
        far = PostgresNudge(database)
    engine.spawn(
        partial(listen_for_ever, far, nudges.heard, lambda: False, engine.sleep)
    )
    return nudges


def shelf(own: Path | None) -> Shelf:
    """Return the scenarios of one's own folder and those shipped."""
    folders = [INJECTS] if own is None else [own, INJECTS]

    def titles() -> Sequence[tuple[str, str]]:
        return [(one.id, one.title) for one in library(folders)]

    def warm_ups() -> Sequence[str]:
        return [one.id for one in library(folders) if one.warm_up]

    def read(wanted: str) -> Listed | None:
        for one in library(folders):
            if one.id == wanted:
                try:
                    scenario = load(one.folder)
                    papers = papers_of(scenario, one.folder)
                except (ScenarioRefused, PaperGone):
                    return None
                return Listed(scenario, scenario_sha256(scenario), papers)
        return None

    return Shelf(titles, read, warm_ups)


class Follow(Protocol):
    """What makes a report and tells how far it is: see `reporter`."""

    def __call__(  # noqa: D102 - as the class says
        self, exercise: str, form: str, edition: str, language: str, told: Told
    ) -> bytes: ...


def reporter(
    timeline: Timeline,
    signer: Signer,
    run_job: RunJob,
    template: Path,
    rest: Callable[[], object],
) -> Follow:
    """Return what makes a report: (exercise, format, edition, language, told) -> bytes.

    It is made by a process of its own, so that nobody waits for it but who asked;
    `rest` lets others run while the record is written out for that process.
    The format `page` is the HTML page that links to the review beside it; `preview`
    makes no report but tells, as JSON, what the edition would leave out.
    """

    def report(
        exercise: str, form: str, edition: str, language: str, told: Told
    ) -> bytes:
        edition_of(_scenario(timeline, exercise), edition)
        with TemporaryDirectory(prefix="detente-report-") as kept:
            order = Order(
                record=Path(kept, "record.jsonl"),
                output=Path(kept, "report"),
                form={"page": "html", "preview": "json"}.get(form, form),
                edition=edition,
                language=language,
                template=template if form == "docx" and template.is_file() else None,
                review=f"/review/{exercise}" if form == "page" else "",
                preview=form == "preview",
            )
            lines = record_lines(timeline, exercise, signer)
            write_out(lines, order.record, rest)
            said: list[str] = []
            if run_job(command(order), partial(_heard, said, told)):
                raise NotMade(said[-1] if said else "")
            if order.preview:
                left_out = [one for line in said if (one := omission(line))]
                return json.dumps(left_out, ensure_ascii=False).encode()
            return order.output.read_bytes()

    return report


def forker(forks: Forks) -> Callable[[str, int, str], str]:
    """Return what takes an exercise up at a moment: (exercise, ms, robots) -> id."""

    def fork(exercise: str, at_ms: int, robots: str) -> str:
        try:
            return forks(exercise, at_ms, robots)
        except NotForked as no:
            raise NotMade(str(no)) from no

    return fork


def _heard(said: list[str], told: Told, line: str) -> None:
    """Keep what a job says, and tell how far it is where it says that."""
    said.append(line)
    step = progress(line)
    if step is not None:
        told(step.percent, step.words)


def _scenario(timeline: Timeline, exercise: str) -> Scenario:
    first = recorded(timeline.after(exercise, 0, 1)[0].entry, EventCodec())
    if first is None or not isinstance(first.event, ExerciseOpened):
        raise NotMade(exercise)
    return first.event.scenario
