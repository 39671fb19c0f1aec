"""One client's answer on every engine: nowhere does it wait for a timer."""

from collections.abc import Iterator
from statistics import median

from bench.answers import answering
from bench.product import product
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
    told = {"DETENTE_ENGINE": engine}
    with product(size.folder, told) as ours, answering(ours, OTHERS) as room:
        room.once()
        return median(room.alone() for _ in range(size.runs))


def _rows(found: dict[str, float]) -> Iterator[str]:
    yield "| engine | one client's answer, median |"
    yield "|---|---|"
    for name, milliseconds in found.items():
        yield f"| {name} | {milliseconds:.1f} ms |"
