"""Node's Socket.IO as a process to measure beside."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.processes import Process, running

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / ".node"
VERSION = "4.8.4"
PEER = Path(__file__).with_name("peer.mjs")


@contextmanager
def node_peer(
    kind: str,
    file: Path,
    port: int,
    log: Path,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[Process]:
    """Run Node's comparator until it listens on a port; end it afterwards."""
    command = ["node", str(PEER), str(_modules()), kind, str(file), str(port)]
    with running(command, port, log, meanwhile=meanwhile) as process:
        yield process


def _modules() -> Path:
    """Return where Socket.IO for Node lies; fetch it once.

    Raises:
        RuntimeError: Node or npm is missing.
    """
    if not (MODULES / "node_modules/socket.io").is_dir():
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("node and npm are needed to measure beside Socket.IO")
        options = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        wanted = ["--prefix", str(MODULES), f"socket.io@{VERSION}"]
        subprocess.run([npm, "install", *options, *wanted], check=True, timeout=120)
    return MODULES
