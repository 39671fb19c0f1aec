"""Rehearsals without a server: a scenario by name, robots, a record and a score."""

from dataclasses import dataclass
from hashlib import sha256
from os import environ
from pathlib import Path

from exercise.adapters.codec import EventCodec, scenario_sha256
from exercise.adapters.derived import (
    DerivedIds,
    DerivedSalts,
    derived_signer,
    root_secret,
)
from exercise.adapters.memory import MemoryTimeline
from exercise.adapters.record import read_record, record_lines
from exercise.adapters.scenario_files import find, load, papers_of
from exercise.domain.scenario import Scenario
from exercise.domain.scoring import ScoreCard
from exercise.domain.wall import from_iso
from exercise.offline.records import score, summary
from exercise.resources import INJECTS
from exercise.service.papers import Paper
from exercise.service.ports import Ports, Timeline
from exercise.service.rehearse import Part, Rehearsal, SimulatedClock
from exercise.service.robots import assigned
from exercise.settings import Settings

# Every rehearsal begins at this moment, so that it can be repeated to the byte.
OPENED = "2000-01-01T00:00:00.000Z"


class NoScenario(LookupError):
    """No folder holds the scenario that was asked for."""


@dataclass(frozen=True, slots=True)
class Played:
    """A finished rehearsal: its record, its score, and what was refused on the way."""

    exercise: str
    record: tuple[bytes, ...]
    card: ScoreCard
    entries: int
    head_hash: str
    refused: tuple[str, ...]

    @property
    def record_sha256(self) -> str:
        """Return the digest of the record's bytes."""
        return sha256(b"".join(self.record)).hexdigest()

    def json(self) -> dict[str, object]:
        """Return what `rehearse --json` prints."""
        return summary(self.card, self.entries, self.record_sha256)


def scenario_folder(name: str, own: Path | None = None) -> Path:
    """Return the folder of a scenario given by name or by path.

    Raises:
        NoScenario: there is none.
    """
    folder = find(name, [one for one in (own, INJECTS) if one is not None])
    if folder is None:
        raise NoScenario(name)
    return folder


def own_shelf() -> Path | None:
    """Return the folder of one's own scenarios, if there is one.

    Raises:
        SettingsRefused: DETENTE_INJECTS names no folder.
    """
    return Settings.read().injects if "DETENTE_INJECTS" in environ else None


def rehearse(
    scenario: Scenario,
    *,
    robots: str = "cooperative",
    seed: int = 1,
    timeline: Timeline | None = None,
) -> Played:
    """Play a whole exercise with robots; the same seed gives the same record.

    Raises:
        UnknownPolicy: `robots` names a policy or a delegation there is not.
    """
    policies = assigned(robots, scenario)
    told = canonical_policies(policies)
    digest = scenario_sha256(scenario)
    secret = root_secret(seed, digest, told)
    opened_ms = from_iso(OPENED)
    ids, clock = DerivedIds(secret), SimulatedClock(opened_ms)
    kept = MemoryTimeline() if timeline is None else timeline
    signer = derived_signer(secret)
    ports = Ports(kept, EventCodec(), clock, ids, DerivedSalts(secret), signer)
    part = Part(
        exercise=ids.new("exercise"),
        title=scenario.title,
        scenario=scenario,
        scenario_sha256=digest,
        policies=policies,
        seed=seed,
        rehearsal={"seed": seed, "robots": told},
    )
    rehearsal = Rehearsal(part, ports, clock)
    rehearsal.whole(opened_ms)
    return played(rehearsal, ports)


def read_scenario(name: str, own: Path | None = None) -> Scenario:
    """Return a scenario given by name or by path.

    Raises:
        NoScenario: there is none.
        ScenarioRefused: it has problems.
    """
    return load(scenario_folder(name, own))


def read_papers(
    name: str, scenario: Scenario, own: Path | None = None
) -> tuple[Paper, ...]:
    """Return the files of a scenario that was read under this name.

    Raises:
        NoScenario: it is not there any more.
        PaperGone: a file has changed since.
    """
    return papers_of(scenario, scenario_folder(name, own))


def canonical_policies(policies: dict[str, str]) -> str:
    """Return the policies in one canonical spelling, whatever way they were given."""
    if len(set(policies.values())) == 1:
        return next(iter(policies.values()))
    return ",".join(f"{who}={policy}" for who, policy in sorted(policies.items()))


def played(rehearsal: Rehearsal, ports: Ports) -> Played:
    """Return what a rehearsal that has ended came to."""
    exercise = rehearsal.part.exercise
    lines = tuple(record_lines(ports.timeline, exercise, ports.signer))
    read = read_record(lines)
    return Played(
        exercise=exercise,
        record=lines,
        card=score(read.entries),
        entries=read.head_seq,
        head_hash=read.head_hash,
        refused=tuple(
            f"{request.command.type}: {no.message.format(**no.values)}"
            for request, no in rehearsal.refused
        ),
    )
