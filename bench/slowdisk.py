"""A slow disk, simulated: every fsync of a process takes some milliseconds longer."""

import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("slowdisk.c")


def slow_disk(folder: Path, longer_ms: float) -> dict[str, str]:
    """Return the environment in which a process finds its disk slow; needs `cc`."""
    library = folder / "slowdisk.so"
    if not library.exists():
        command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(SOURCE)]
        subprocess.run([*command, "-ldl"], check=True, timeout=60)
    return {"LD_PRELOAD": str(library), "SLOWDISK_US": str(int(longer_ms * 1000))}
