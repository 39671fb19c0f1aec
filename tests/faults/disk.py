"""A disk of a few megabytes that can be filled to the last byte."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import missing

PIECE = b"\0" * 4096


@dataclass(frozen=True, slots=True)
class Disk:
    """A file system of its own, in memory."""

    folder: Path

    @contextmanager
    def full(self) -> Iterator[None]:
        """Leave no byte free as long as the block lasts."""
        filler = self.folder / "filler"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(PIECE)
        try:
            yield
        finally:
            filler.unlink()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """Give a disk of this size at a folder that is made, and gone afterwards."""
    if os.geteuid() != 0:
        missing("only root may mount a small disk")
    folder.mkdir()
    size = f"size={megabytes}m,mode=0755"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", folder], check=True)
    try:
        yield Disk(folder)
    finally:
        # Whoever still holds a file there lets go of it later.
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()
