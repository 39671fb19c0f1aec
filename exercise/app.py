"""The composition root of the server: settings in, an application out."""

import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from flask import Flask

from exercise.adapters.codec import EventCodec, scenario_sha256
from exercise.adapters.database import Database, open_database
from exercise.adapters.directory import SqlDirectory
from exercise.adapters.nudge import PostgresNudge, RedisNudge, listen_for_ever
from exercise.adapters.ports_real import (
    RandomIds,
    RandomSalts,
    SystemClock,
    fresh_token,
)
from exercise.adapters.record import record_lines
from exercise.adapters.scenario_files import ScenarioRefused, library, load
from exercise.adapters.schema import signing_key
from exercise.adapters.timeline import SqlTimeline
from exercise.adapters.watch import SqlWatch
from exercise.documents import html, json
from exercise.domain.moment import Recorded
from exercise.domain.report import Aar, Head, aar
from exercise.domain.scenario import Scenario
from exercise.engine import Engine
from exercise.resources import INJECTS
from exercise.service.conduct import Conduct, Surroundings
from exercise.service.conduct.standing import recorded
from exercise.service.enrol import Enrol
from exercise.service.ports import Ports, Timeline
from exercise.settings import Settings
from exercise.web.addresses import EVERYWHERE
from exercise.web.nudges import Nudges
from exercise.web.services import Documents, Ground, Shelf
from exercise.web.site import create_site

Untyped: TypeAlias = Any

REPORTS = {"html": "text/html; charset=utf-8", "json": "application/json"}


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

    def stop(self) -> None:
        """Finish what waits, and let go of the database."""
        self.ground.conduct.stop()
        self.database.close()


def create_app(settings: Settings, engine: Engine) -> Site:
    """Return the server that the settings describe; its database is up to date."""
    database = open_database(settings.database_url)
    ground = _ground(settings, engine, database)
    app, live = create_site(ground)
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
    conduct = Conduct(ports, around)
    return Ground(
        engine=engine,
        conduct=conduct,
        timeline=timeline,
        directory=directory,
        clock=clock,
        codec=codec,
        enrol=Enrol(conduct.submit, timeline, directory, clock, ids, fresh_token),
        shelf=shelf(settings.injects),
        documents=Documents(
            record=lambda exercise: record_lines(timeline, exercise, signer),
            report=reporter(timeline, codec),
            types=REPORTS,
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
    nudges, far = Nudges(), _far(settings, database)
    if far is not None:
        nudges.tell(far)
        listener = partial(
            listen_for_ever, far, nudges.heard, lambda: False, engine.sleep
        )
        engine.spawn(listener)
    return nudges


def _far(settings: Settings, database: Database) -> PostgresNudge | RedisNudge | None:
    if settings.nudge_url:
        return RedisNudge(settings.nudge_url)
    return None if database.on_sqlite else PostgresNudge(database)


def shelf(own: Path | None) -> Shelf:
    """Return the scenarios of one's own folder and those shipped."""
    folders = [INJECTS] if own is None else [own, INJECTS]

    def titles() -> Sequence[tuple[str, str]]:
        return [(one.id, one.title) for one in library(folders)]

    def read(wanted: str) -> tuple[Scenario, str] | None:
        for one in library(folders):
            if one.id == wanted:
                try:
                    scenario = load(one.folder)
                except ScenarioRefused:
                    return None
                return scenario, scenario_sha256(scenario)
        return None

    return Shelf(titles, read)


def reporter(timeline: Timeline, codec: EventCodec) -> Callable[[str, str, str], bytes]:
    """Return what makes a report: (exercise, format, edition) -> its bytes."""

    def report(exercise: str, form: str, edition: str) -> bytes:
        made = _report(timeline, codec, exercise, edition)
        if form == "json":
            return json.render(made).encode()
        return html.render(made, review=f"/review/{exercise}").encode()

    return report


def _report(timeline: Timeline, codec: EventCodec, exercise: str, edition: str) -> Aar:
    opening = next(one for one in timeline.exercises() if one.exercise == exercise)
    entries = list(_recorded(timeline, codec, exercise))
    scenario = entries[0].event.scenario  # type: ignore[union-attr]  # the first entry is exercise_opened
    names = {one.member: one.name for one in timeline.namings(exercise) if one.name}
    head = timeline.head(exercise)
    return aar(
        scenario,
        entries,
        None,
        names,
        edition=edition,
        head=Head(seq=head.seq, hash=head.hash.hex()),
        title=opening.title,
    )


def _recorded(
    timeline: Timeline, codec: EventCodec, exercise: str
) -> Iterator[Recorded]:
    seq = 0
    while sealed := timeline.after(exercise, seq):
        for one in sealed:
            entry = recorded(one.entry, codec)
            if entry is not None:
                yield entry
        seq = sealed[-1].entry.seq
