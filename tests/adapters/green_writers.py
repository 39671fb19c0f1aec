"""Writes from many green threads, and counts the switches inside transactions."""

import os
import sys
import warnings

os.environ["EVENTLET_NO_GREENDNS"] = "yes"
warnings.filterwarnings("ignore", r"\s*Eventlet is deprecated")

import eventlet  # noqa: E402 - nothing loads before the patch

eventlet.monkey_patch()

import greenlet  # noqa: E402 - after the patch

from exercise.adapters.database import Database, Write, open_database  # noqa: E402
from exercise.adapters.directory import SqlDirectory  # noqa: E402
from exercise.adapters.schema import upgrade  # noqa: E402
from exercise.adapters.timeline import SqlTimeline  # noqa: E402
from exercise.adapters.watch import SqlWatch  # noqa: E402
from exercise.domain.commands import Note  # noqa: E402
from exercise.service.conduct import Writer  # noqa: E402
from exercise.service.directory import Membership, Place  # noqa: E402
from exercise.service.drafts import Edit  # noqa: E402
from exercise.service.requests import Ack  # noqa: E402
from tests.adapters.stand import EXERCISE, SECRET, Stand  # noqa: E402

COUNTS = {"writes": 0, "switches": 0, "inside": 0}
INSIDE: list[object] = []


def watch_switches(_event: str, _pair: object) -> None:
    COUNTS["switches"] += 1
    COUNTS["inside"] += bool(INSIDE)


class Watched(Database):
    """A database that knows who is between BEGIN and the end."""

    def begin(self) -> Write:
        write = super().begin()
        COUNTS["writes"] += 1
        INSIDE.append(write)
        close = write._close  # noqa: SLF001 - the very end of a transaction

        def closed() -> None:
            INSIDE.remove(write)
            close()

        write._close = closed  # type: ignore[method-assign]  # noqa: SLF001 - as above
        return write


def main(file: str) -> None:
    database = Watched(open_database(f"sqlite:///{file}").engine)
    upgrade(database)
    directory, watch = SqlDirectory(database, SECRET), SqlWatch(database)
    stand = Stand(SqlTimeline(database)).running()
    writer = Writer(
        stand.conductor,
        spawn=eventlet.spawn,
        sleep=eventlet.sleep,
        nudge=lambda *_: None,
    )
    writer.start()
    greenlet.settrace(watch_switches)

    def person(number: int) -> None:
        for n in range(6):
            request = stand.request("fac", Note(text=f"{number} {n}"))
            assert isinstance(writer.submit(request), Ack)
            directory.admit(f"{number}", Membership(EXERCISE, f"{n}"), n)
            directory.see(EXERCISE, "VES", f"{number}", n)
            edit = Edit(f"{n}", "x", f"{number}", n)
            directory.save_draft(Place(EXERCISE, "VES"), edit)
            watch.mark(EXERCISE, n, n)
            eventlet.sleep(0)

    people = [eventlet.spawn(person, number) for number in range(20)]
    for one in people:
        one.wait()
    greenlet.settrace(None)
    writer.stop()
    sys.stdout.write("{writes} {switches} {inside}\n".format(**COUNTS))


if __name__ == "__main__":
    main(sys.argv[1])
