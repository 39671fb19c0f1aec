"""The store that settings name, for commands; what it refuses is one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from exercise.cli.group import Refused, refusals

if TYPE_CHECKING:
    from exercise.offline.store import Store


@contextmanager
def store() -> "Iterator[Store]":
    """Give the store that DETENTE_DATABASE_URL names.

    Raises:
        Refused: it cannot be opened.
    """
    from exercise.offline.store import NotCurrent, open_store
    from exercise.settings import Settings

    with refusals():
        try:
            with open_store(Settings.read()) as kept:
                yield kept
        except NotCurrent as no:
            message = "the database is of another version; run `detente db upgrade`."
            raise Refused(message) from no


def address(kept: "Store") -> str:
    """Return the address people reach this store's server by."""
    from exercise.server import lan_address

    settings = kept.settings
    if settings.origins:
        return settings.origins[0]
    scheme = "https" if settings.cert else "http"
    anywhere = settings.host in {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
    host = lan_address() if anywhere else settings.host
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}:{settings.port}"


@contextmanager
def no_exercise(exercise: str) -> Iterator[None]:
    """Say which exercises there are when the one asked for is not among them.

    Raises:
        Refused: there is no such exercise.
    """
    from exercise.offline.store import NoExercise

    try:
        yield
    except NoExercise as no:
        message = f"there is no exercise {exercise}; /host lists those there are."
        raise Refused(message) from no
