"""What if, on a server: a fork made in a process of its own, and kept."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from exercise.adapters.copies import write_out
from exercise.adapters.record import Record, read_record, record_lines
from exercise.domain.events import ExerciseOpened
from exercise.service.conduct import NewExercise
from exercise.service.ports import Ports
from exercise.service.review import keep

RunJob: TypeAlias = Callable[[Sequence[str], Callable[[str], None]], int]


class NotForked(RuntimeError):
    """There was nothing to play on from there, or it could not be done."""


class Forks:
    """Takes exercises up at a moment: robots play on, and the new run is kept."""

    def __init__(
        self, ports: Ports, run_job: RunJob, rest: Callable[[], object]
    ) -> None:
        self._ports = ports
        self._run_job = run_job
        self._rest = rest

    def __call__(self, exercise: str, at_ms: int, robots: str) -> str:
        """Return the new run's id.

        Raises:
            NotForked: the exercise had not begun or had ended by then.
        """
        with TemporaryDirectory(prefix="detente-fork-") as kept:
            source, made = Path(kept, "record.jsonl"), Path(kept, "fork.jsonl")
            lines = record_lines(self._ports.timeline, exercise, self._ports.signer)
            write_out(lines, source, self._rest)
            command = [sys.executable, "-m", "exercise", "fork", str(source)]
            command += ["--at", _moment(at_ms), "--robots", robots]
            said: list[str] = []
            if self._run_job([*command, "-o", str(made)], said.append):
                raise NotForked(exercise)
            with made.open("rb") as written:
                record = read_record(written)
        return self._kept(record)

    def _kept(self, record: Record) -> str:
        opened = record.entries[0].event
        if not isinstance(opened, ExerciseOpened):
            raise NotForked(record.exercise)
        plan = NewExercise(
            self._ports.ids.new("exercise"),
            opened.title,
            opened.scenario,
            record.scenario_sha256,
            record.opened_ms,
            rehearsal=record.rehearsal,
        )
        keep(record.entries, plan, self._ports, self._rest)
        return plan.exercise


def _moment(at_ms: int) -> str:
    """Return a moment as the command takes it: `T+1:02:30`."""
    minutes, seconds = divmod(at_ms // 1000, 60)
    return f"T+{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
