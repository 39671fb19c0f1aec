"""A server that can be ended as a power cut does, alone or with its workers."""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from exercise.service.failpoints import VARIABLE
from tests.e2e.house import House
from tests.faults.road import Road


@dataclass
class Server(House):
    """A house with a road to it, and a process that may be told where to die."""

    road: Road | None = None

    @property
    def road_port(self) -> int:
        """Return the port people come by: the road's, if there is one."""
        return self.road.port if self.road else self.port

    @property
    def workers(self) -> list[int]:
        """Return the process ids of its workers."""
        if self.process is None:
            return []
        pid = self.process.pid
        with suppress(FileNotFoundError):
            told = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
            return [int(one) for one in told.split()]
        return []

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def tracebacks(self) -> int:
        """Return how many its log has."""
        return self.log.read_text("utf-8").count("Traceback")

    @property
    def memory_kb(self) -> int:
        """Return the most that one of its processes has ever taken."""
        return max((_most_kb(pid) for pid in self._all()), default=0)

    def forget_memory(self) -> None:
        """Let what was taken so far count no more."""
        for pid in self._all():
            Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")

    def start_to_die(self, place: str, passes: int) -> None:
        """Start it so that it ends itself at a place in its write path."""
        usual = self.extra
        self.extra = {**usual, VARIABLE: f"{place}:{passes}"}
        try:
            self.start()
        finally:
            self.extra = usual

    def kill(self) -> None:
        """End it with its workers; a parent that lives would start new ones."""
        workers = self.workers
        if self.process is not None:
            self.process.kill()
        for pid in workers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        super().kill()

    def freeze(self) -> None:
        """Let it do nothing, as a suspended machine does."""
        for pid in self._all():
            os.kill(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        for pid in self._all():
            os.kill(pid, signal.SIGCONT)

    def _all(self) -> list[int]:
        return [self.process.pid, *self.workers] if self.process else []


def _most_kb(pid: int) -> int:
    """Return the most memory that a process has had, in KB; nothing once it is gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0
