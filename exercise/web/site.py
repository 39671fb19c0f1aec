"""Puts the web floor together: one Flask application with its live channel."""

import logging
from typing import Any, TypeAlias

from flask import Flask
from flask_socketio import SocketIO
from flask_wtf.csrf import CSRFProtect

from exercise.engine.places import Home
from exercise.engine.supervise import supervise
from exercise.web import (
    api,
    assets,
    catalogue,
    compliance,
    delegation,
    facilitator,
    forking,
    headers,
    health,
    host,
    language,
    making,
    papers,
    problems,
    public,
    room,
    trainer,
    trends,
)
from exercise.web.access import guard_forms
from exercise.web.direct import Direct
from exercise.web.gate import Gate
from exercise.web.guard import Guard, socket_options
from exercise.web.intake import Intake
from exercise.web.limits import ASKING, Limits
from exercise.web.live import Live
from exercise.web.pages_cache import Books, Pages
from exercise.web.pulse import Pulse
from exercise.web.readings import Readings
from exercise.web.scores import Tallies
from exercise.web.send import Sender
from exercise.web.services import EXTENSION, Ground, Services
from exercise.web.session import Cookies
from exercise.web.sockets import Sockets
from exercise.web.stalls import Stalls
from exercise.web.tailer import Floor, Tailers

LOG = logging.getLogger(__name__)

Untyped: TypeAlias = Any

# The largest form is a report's finding; the largest command 64 KB.
MOST_BYTES = 256 << 10
MOST_PARTS = 200
BLUEPRINTS = (
    public,
    host,
    facilitator,
    delegation,
    trainer,
    trends,
    forking,
    making,
    room,
    catalogue,
    compliance,
    api,
    papers,
    health,
    assets,
)


def create_site(ground: Ground, home: Home | None = None) -> tuple[Flask, Untyped]:
    """Return the application and its `SocketIO`; `home` knows the other workers."""
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config.update(
        SECRET_KEY=ground.secret,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=MOST_PARTS,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.session_interface = Cookies(ground.secret, secure=ground.secure_cookies)
    live = SocketIO(app, manage_session=False, **socket_options(ground.engine))
    services = _services(ground, live)
    app.extensions[EXTENSION] = services
    _serve_pages(app)
    _serve_sockets(ground, services, live)
    if home is not None:
        ground.engine.spawn(home.receive, app.wsgi_app)
    app.wsgi_app = Gate(app.wsgi_app, origins=ground.origins, home=home)  # type: ignore[method-assign]  # as Flask's manual does
    return app, live


def _services(ground: Ground, live: Untyped) -> Services:
    sockets = Sockets()
    direct = Direct(live, ground.engine, stock=ground.stock_emit)
    books = Books(ground.timeline, ground.conduct)
    floor = Floor(
        timeline=ground.timeline,
        conduct=ground.conduct,
        books=books,
        pages=Pages(ground.timeline, books),
        sockets=sockets,
        sender=Sender(direct, sockets),
    )
    tailers = Tailers(floor, ground.engine.spawn)
    ground.on_nudge(tailers.nudge)
    limits = Limits(on=ground.flood)
    intake = Intake(
        ground.conduct, ground.directory, ground.enrol, ground.clock, limits
    )
    guard, stalls = Guard(live), Stalls()
    supervise(
        "stalls",
        lambda: stalls.run(ground.engine.sleep),
        spawn=ground.engine.spawn,
        sleep=ground.engine.sleep,
    )
    supervise(
        "guard",
        lambda: guard.watch(ground.engine.sleep),
        spawn=ground.engine.spawn,
        sleep=ground.engine.sleep,
    )
    return Services(
        ground=ground,
        floor=floor,
        tailers=tailers,
        intake=intake,
        limits=limits,
        scores=Tallies(ground.timeline, ground.codec, ground.clock),
        stalls=stalls,
        dropped=lambda: dict(direct.lines.dropped + guard.dropped),
    )


def _serve_pages(app: Flask) -> None:
    csrf = CSRFProtect(app)
    app.before_request(lambda: guard_forms(csrf))
    app.after_request(headers.put)
    app.after_request(language.remember)
    problems.register(app)
    for each in BLUEPRINTS:
        app.register_blueprint(each.blueprint)


def _serve_sockets(ground: Ground, services: Services, live: Untyped) -> None:
    readings = Readings(services.floor, ground.directory)
    channel = Live(
        services.floor,
        services.tailers,
        services.intake,
        readings,
        ground.directory,
        ground.secret,
        Limits(ASKING, on=ground.flood),
    )
    channel.register(live.server)
    pulse = Pulse(services.floor, readings, ground.directory, ground.clock)
    supervise(
        "pulse",
        lambda: pulse.run(ground.engine.sleep),
        spawn=ground.engine.spawn,
        sleep=ground.engine.sleep,
    )
