"""The comparators: what one writes with Flask-SocketIO by the book, as a process.

`emit FILE` sends the JSON in FILE to everybody. `orm FILE` stores each answer as one
row of SQLAlchemy's ORM, committed before it is acknowledged; `told FILE` also emits it
to the delegation it came from, one eighth of all who are there; `watch FILE` emits it
to everybody who came to watch. `equal FILE` keeps what we keep: entry, deliveries,
result and hash, and renders it.
"""

import json
import os
import sys
import warnings
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

import eventlet  # noqa: E402 - after the lines that it reads

eventlet.monkey_patch()

from flask import Flask, request  # noqa: E402 - after the patch
from flask_socketio import SocketIO, join_room, rooms  # noqa: E402
from sqlalchemy import Engine, create_engine, event  # noqa: E402
from sqlalchemy.orm import (  # noqa: E402
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
)

from bench.equal import Keeper  # noqa: E402

HOME, DELEGATIONS = "home-", 8
WATCHERS = "watchers"


class Base(DeclarativeBase):
    """The comparator's tables."""


class Answer(Base):
    """One answer of one delegate."""

    __tablename__ = "answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    command: Mapped[str] = mapped_column(unique=True)
    member: Mapped[str]
    about: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))


def _engine(file: str) -> Engine:
    engine = create_engine(f"sqlite:///{file}")

    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401
        connection.execute("PRAGMA journal_mode=WAL").close()
        connection.execute("PRAGMA synchronous=FULL").close()

    event.listen(engine, "connect", prepare)
    Base.metadata.create_all(engine)
    return engine


def _emitting(socketio: SocketIO, file: str) -> None:
    told = json.loads(Path(file).read_text("utf-8"))

    @socketio.on("command", namespace="/live")
    def release(_told: object) -> dict[str, object]:
        socketio.emit("entries", told, namespace="/live")
        return {"ok": True}


def _storing(socketio: SocketIO, file: str, *, to: str = "") -> None:
    engine = _engine(file)

    @socketio.on("command", namespace="/live")
    def store(told: dict[str, Any]) -> dict[str, object]:
        with Session(engine) as session:
            row = Answer(
                command=told["id"],
                member=request.sid,
                about=told["about"],
                text=told["fields"]["text"],
            )
            session.add(row)
            session.commit()
            answer = {"ok": True, "id": row.id, "at": row.at.isoformat()}
        if to:
            home = next((one for one in rooms() if one.startswith(to)), to)
            socketio.emit("entries", {**told, **answer}, to=home, namespace="/live")
        return answer


def _keeping(socketio: SocketIO, file: str) -> None:
    keeper = Keeper(_engine(file))

    @socketio.on("command", namespace="/live")
    def keep(told: dict[str, Any]) -> dict[str, object]:
        home = next(one for one in rooms() if one.startswith(HOME))
        answer, entry = keeper.keep(request.sid, home, told)
        socketio.emit("entries", entry, to=home, namespace="/live")
        return answer


def main() -> None:
    """Serve until killed."""
    kind, file, port = sys.argv[1:]
    app = Flask("peer")
    socketio = SocketIO(app, async_mode="eventlet")

    numbers = count()

    @socketio.on("connect", namespace="/live")
    def connect(auth: dict[str, str]) -> None:
        """Let everybody in: to watch, or spread over the delegations."""
        if auth["token"] == "watch":  # noqa: S105 - a word, not a secret
            join_room(WATCHERS)
        else:
            join_room(f"{HOME}{next(numbers) % DELEGATIONS}")

    kinds = {
        "emit": _emitting,
        "orm": _storing,
        "told": partial(_storing, to=HOME),
        "watch": partial(_storing, to=WATCHERS),
        "equal": _keeping,
    }
    kinds[kind](socketio, file)
    socketio.run(app, host="127.0.0.1", port=int(port))


if __name__ == "__main__":
    main()
