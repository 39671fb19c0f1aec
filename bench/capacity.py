"""What a size of play needs, by what one of each thing was measured to cost."""

from collections.abc import Iterator
from dataclasses import dataclass

# A worker is loaded to this part of a processor: what comes in bursts needs the rest.
FULL = 0.6
# Sockets a worker is measured with, and what one takes at most: see the gates.
SOCKETS, SOCKET_KB = 2_000, 65
# In the minutes after an inject people act this much more often than on average.
BURST = 5.0


@dataclass(frozen=True, slots=True)
class UnitCosts:
    """What one of each costs all workers together.

    `idle_ms` and `idle_writes` are for one running exercise a second, `answer_us` is
    for one durable answer in a small exercise, `delivery_us` for one more socket that
    gets an entry, `entry_bytes` what an entry adds to the database.
    """

    idle_ms: float
    idle_writes: float
    answer_us: float
    delivery_us: float
    entry_bytes: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Exercises at the same time, all of one size.

    `acts_an_hour` is for one person; `heard_by` is how many sockets get an act.
    """

    name: str
    exercises: int
    people: int
    injects: int
    hours: float
    acts_an_hour: float
    heard_by: int

    @property
    def entries(self) -> float:
        """Return all entries of the whole time."""
        acts = self.people * self.acts_an_hour * self.hours
        return self.exercises * (self.injects + acts)

    @property
    def acts_a_second(self) -> float:
        """Return the acts of a second in a burst, over all exercises."""
        return self.exercises * self.people * self.acts_an_hour / 3600 * BURST


SCALES = (
    Scale("one national exercise", 1, 5_000, 28_000, 16.0, 6.0, 50),
    Scale("10,000 people in 400 exercises", 400, 25, 40, 3.0, 12.0, 6),
    Scale("1,000,000 people in 40,000 exercises", 40_000, 25, 40, 3.0, 12.0, 6),
)


@dataclass(frozen=True, slots=True)
class Need:
    """What a scale takes: processors at work, workers, writes and bytes."""

    processors: float
    workers: int
    writes_a_second: float
    sockets_gb: float
    stored_gb: float


def cost(unit: UnitCosts, exercises: int, acts: float, deliveries: float) -> float:
    """Return the processors that so much at a time keeps busy, all workers together."""
    idle = exercises * unit.idle_ms / 1e3
    return idle + (acts * unit.answer_us + deliveries * unit.delivery_us) / 1e6


def need(unit: UnitCosts, scale: Scale) -> Need:
    """Return what a scale takes in a burst, and stores over its whole time."""
    acts = scale.acts_a_second
    # One socket's delivery is in the price of an answer already.
    deliveries = acts * (scale.heard_by - 1)
    busy = cost(unit, scale.exercises, acts, deliveries)
    people = scale.exercises * scale.people
    return Need(
        processors=busy,
        workers=max(-(-people // SOCKETS), int(busy / FULL) + 1),
        writes_a_second=acts + scale.exercises * unit.idle_writes,
        sockets_gb=people * SOCKET_KB / 1e6,
        stored_gb=scale.entries * unit.entry_bytes / 1e9,
    )


def rows(unit: UnitCosts) -> Iterator[str]:
    """Yield what each scale takes as a table."""
    yield (
        "| at the same time | acts a second | processors | workers | commits a second"
        " | sockets | stored |"
    )
    yield "|---|---|---|---|---|---|---|"
    for scale in SCALES:
        found = need(unit, scale)
        yield (
            f"| {scale.name} | {scale.acts_a_second:,.0f} | {found.processors:,.2f}"
            f" | {found.workers:,} | {found.writes_a_second:,.0f}"
            f" | {found.sockets_gb:,.1f} GB | {found.stored_gb:,.1f} GB |"
        )


def unit_rows(unit: UnitCosts) -> Iterator[str]:
    """Yield the unit costs as a table."""
    yield "| one of each | costs |"
    yield "|---|---|"
    yield f"| a running exercise, nobody speaks | {unit.idle_ms:.1f} ms CPU a second |"
    yield f"| the same | {unit.idle_writes:.1f} commits a second |"
    yield f"| a durable answer in a small exercise | {unit.answer_us:,.0f} µs CPU |"
    yield f"| one more socket that gets an entry | {unit.delivery_us:.1f} µs CPU |"
    yield f"| an entry, with its deliveries | {unit.entry_bytes:,.0f} bytes stored |"
