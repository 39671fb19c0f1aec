"""A server's finished runs, each scored once, in a process of its own."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from exercise.adapters.copies import write_out
from exercise.adapters.record import record_lines
from exercise.domain.report.trends import Origin, Run
from exercise.service.ports import Signer, Timeline

Json: TypeAlias = dict[str, Any]
RunJob: TypeAlias = Callable[[Sequence[str], Callable[[str], None]], int]


class NotRead(RuntimeError):
    """The process that was to score the runs failed; its last words."""


class Finished:
    """Finished runs by exercise; what was worked out is kept until a run changes."""

    def __init__(
        self,
        timeline: Timeline,
        signer: Signer,
        run_job: RunJob,
        rest: Callable[[], object],
    ) -> None:
        self._timeline = timeline
        self._signer = signer
        self._run_job = run_job
        self._rest = rest
        self._known: dict[str, tuple[bytes, Run | None]] = {}

    def __call__(self, exercises: Sequence[str]) -> list[Run]:
        """Return the runs of these exercises that have ended.

        Raises:
            NotRead: they could not be worked out.
        """
        heads = {one: self._timeline.head(one).hash for one in exercises}
        fresh = [
            one
            for one, head in heads.items()
            if one not in self._known or self._known[one][0] != head
        ]
        if fresh:
            found = {one.origin.exercise: one for one in self._worked_out(fresh)}
            self._known |= {one: (heads[one], found.get(one)) for one in fresh}
        runs = [self._known[one][1] for one in exercises]
        return [one for one in runs if one is not None]

    def _worked_out(self, exercises: Sequence[str]) -> list[Run]:
        lines: list[str] = []
        with TemporaryDirectory(prefix="detente-trends-") as kept:
            files = [Path(kept, f"{at}.jsonl") for at in range(len(exercises))]
            for exercise, file in zip(exercises, files, strict=True):
                record = record_lines(self._timeline, exercise, self._signer)
                write_out(record, file, self._rest)
            names = [str(one) for one in files]
            command = [sys.executable, "-m", "exercise", "trends", "--lines", *names]
            if self._run_job(command, lines.append):
                raise NotRead(lines[-1] if lines else "")
        return [run_from(json.loads(one)) for one in lines]


def run_json(run: Run) -> Json:
    """Return a run as JSON holds it."""
    told = asdict(run)
    return {**told, "values": dict(run.values)}


def run_from(told: Mapping[str, Any]) -> Run:
    """Return the run that `run_json` wrote."""
    values = tuple(told["values"].items())
    return Run(**{**told, "origin": Origin(**told["origin"]), "values": values})
