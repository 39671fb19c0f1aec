"""The concurrency engines, of which a process picks one before anything else loads."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from exercise.engine.base import Engine, Peer

__all__ = ["ENGINES", "Engine", "Peer", "conflicts", "load"]

ENGINES = {
    "eventlet": "exercise.engine.eventlet_engine",
    "gevent": "exercise.engine.gevent_engine",
    "threading": "exercise.engine.threads_engine",
}


def load(name: str) -> Engine:
    """Return the engine called `name`; call its `patch` before other imports."""
    if name not in ENGINES:
        known = ", ".join(ENGINES)
        raise ValueError(f"there is no engine {name!r}: choose one of {known}")
    create: Callable[[], Engine] = import_module(ENGINES[name]).create
    return create()


def conflicts() -> tuple[str, ...]:
    """Return what is installed beside us that breaks an engine, each with its fix."""
    # Engine.IO prefers gevent-websocket as soon as it can be imported, and then
    # answers 500 because nobody hands it that package's handler.
    if find_spec("geventwebsocket") is None:
        return ()
    fix = "run `pip uninstall gevent-websocket`"
    return (f"gevent-websocket is installed and breaks the gevent engine: {fix}",)
