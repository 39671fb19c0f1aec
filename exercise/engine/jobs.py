"""Heavy work in a process of its own, so that nobody waits for it."""

import os
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress

# A hall that answers has the processor first, nine to one; a job still gets on.
POLITE = 10


def run(argv: Sequence[str], on_line: Callable[[str], None]) -> int:
    """Run a program, hand over each line it prints, and return its exit code."""
    # The standard library's subprocess is green once an engine has patched it.
    job = subprocess.Popen(  # noqa: S603 - our own programs, no shell
        list(argv), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    _stand_back(job.pid)
    if job.stdout is None:
        raise ValueError("the job was started without a pipe")
    try:
        with job.stdout as lines:
            for line in lines:
                on_line(line.decode(errors="replace").rstrip("\r\n"))
        return job.wait()
    finally:
        # Whoever reads the lines may refuse one; the job must not outlive that.
        if job.poll() is None:
            job.kill()
            job.wait()


def _stand_back(pid: int) -> None:
    """Let everybody else have the processor before a process."""
    # It may be over already, or we may not; then it runs as everybody does.
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, POLITE)
