"""What if: a record taken up again at one of its moments, and played on by robots."""

from exercise.adapters.codec import EventCodec, scenario_sha256
from exercise.adapters.derived import (
    DerivedIds,
    DerivedSalts,
    derived_signer,
    root_secret,
)
from exercise.adapters.memory import MemoryTimeline
from exercise.adapters.record import Record
from exercise.domain.events import ExerciseOpened
from exercise.offline.rehearsing import Played, canonical_policies, played
from exercise.service.ports import Ports
from exercise.service.rehearse import Part, SimulatedClock
from exercise.service.review import NothingToPlay, fork
from exercise.service.robots import assigned


def fork_record(
    record: Record, at_ms: int, *, robots: str = "cooperative", seed: int = 1
) -> Played:
    """Return a record's beginning played on by robots from `at_ms`, exercise ms.

    Its first line says whose beginning it is, and at which moment it was taken up.
    The same record, moment, robots and seed give the same bytes.

    Raises:
        NothingToPlay: the exercise was not open yet at that moment, or had ended.
        UnknownPolicy: `robots` names a policy or a delegation there is not.
        ValueError: the record opens no exercise.
    """
    opened = next((one.event for one in record.entries), None)
    if not isinstance(opened, ExerciseOpened):
        message = "the record does not begin with the opening of an exercise"
        raise ValueError(message)  # noqa: TRY004 - the record is wrong, not a type
    past = [one.seq for one in record.entries if one.at_ms <= at_ms]
    if not past or at_ms < 0:
        raise NothingToPlay(record.exercise)
    policies = assigned(robots, opened.scenario)
    told = canonical_policies(policies)
    digest = scenario_sha256(opened.scenario)
    origin = f"fork/{record.exercise}/{record.head_hash}/{at_ms}/{told}"
    secret = root_secret(seed, digest, origin)
    ids, clock = DerivedIds(secret), SimulatedClock(record.opened_ms)
    signer = derived_signer(secret)
    ports = Ports(
        MemoryTimeline(), EventCodec(), clock, ids, DerivedSalts(secret), signer
    )
    part = Part(
        exercise=ids.new("exercise"),
        title=opened.title,
        scenario=opened.scenario,
        scenario_sha256=digest,
        policies=policies,
        seed=seed,
        rehearsal={
            "seed": seed,
            "robots": told,
            "fork_of": record.exercise,
            "fork_head": record.head_hash,
            "fork_at_ms": at_ms,
        },
    )
    forked = fork(record.entries, max(past), part, ports, clock)
    forked.whole_rest()
    return played(forked, ports)
