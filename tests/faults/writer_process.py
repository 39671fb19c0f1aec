"""A writer that answers lines with lines until somebody kills it."""

import json
import sys

from exercise.adapters.codec import EventCodec
from exercise.adapters.database import open_database
from exercise.adapters.ports_real import RandomIds, RandomSalts, SystemClock
from exercise.adapters.schema import signing_key, upgrade
from exercise.adapters.timeline import SqlTimeline
from exercise.domain.commands import Note
from exercise.service.conduct import Conductor
from exercise.service.ports import Ports
from exercise.service.requests import Ack, Request
from tests.adapters.stand import EXERCISE


def main(url: str) -> None:
    """Read groups of [id, text]; write back [id, entry, duplicate] for each ack."""
    database = open_database(url)
    upgrade(database)
    ports = Ports(
        timeline=SqlTimeline(database),
        codec=EventCodec(),
        clock=SystemClock(),
        ids=RandomIds(),
        salts=RandomSalts(),
        signer=signing_key(database),
    )
    conductor = Conductor(EXERCISE, ports)
    conductor.refresh()
    _say("ready")
    for line in sys.stdin:
        group = json.loads(line)
        requests = [Request("fac", id_, Note(text=text)) for id_, text in group]
        outcomes = conductor.run(requests)
        pairs = zip(requests, outcomes, strict=True)
        acks = [(r.id, o.id, o.duplicate) for r, o in pairs if isinstance(o, Ack)]
        _say(json.dumps(acks))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
