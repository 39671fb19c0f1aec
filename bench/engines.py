"""One client's answer on every engine: nowhere does it wait for a timer."""

from collections.abc import Iterator
from statistics import median

from bench.answers import Room
from bench.hall import Hall
from bench.product import inject, product, released
from bench.table import Size, Table

ENGINES = ("eventlet", "gevent", "threading")
OTHERS = 20


def measure(size: Size) -> Table:
    """Return one client's median answer on each engine, others connected."""
    found = {one: _alone(size, one) for one in ENGINES}
    # Eventlet's figure is taken in the full room.
    gates = {f"alone-{one}": found[one] for one in ENGINES[1:]}
    return Table("One client on every engine", tuple(_rows(found)), gates, size.runs)


def _alone(size: Size, engine: str) -> float:
    with product(size.folder, {"DETENTE_ENGINE": engine}) as ours:
        hall = Hall(ours.process.port)
        hall.connect([ours.facilitator])
        hall.connect(ours.join(OTHERS, hall))
        about = released(hall, hall.clients[0], inject(0))
        room = Room(ours.process, hall, hall.clients[1:], about)
        room.once()
        waits = [room.alone() for _ in range(size.runs)]
        hall.close()
    return median(waits)


def _rows(found: dict[str, float]) -> Iterator[str]:
    yield "| engine | one client's answer, median |"
    yield "|---|---|"
    for name, milliseconds in found.items():
        yield f"| {name} | {milliseconds:.1f} ms |"
