"""Files that come with papers, kept with the exercise: bytes in, bytes out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from exercise.domain.scenario import FileType, Scenario

# How much is read from the store, and sent, at once.
PART = 256 << 10
MEDIA: Mapping[str, str] = {"pdf": "application/pdf", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file with its bytes, named by their SHA-256."""

    sha256: str
    name: str
    type: FileType
    data: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """A file as the store knows it, without its bytes."""

    sha256: str
    name: str
    type: str
    bytes: int


class Papers(Protocol):
    """The files of every exercise; each is kept once an exercise."""

    def keep(self, exercise: str, papers: Sequence[Paper]) -> None:
        """Keep an exercise's files; one that is there already stays."""

    def held(self, exercise: str) -> Mapping[str, Held]:
        """Return what an exercise holds, by SHA-256."""

    def parts(self, exercise: str, sha256: str) -> Iterator[bytes]:
        """Yield a file's bytes in order, a part at a time; nothing if not held."""


def missing(scenario: Scenario, papers: Sequence[Paper]) -> tuple[str, ...]:
    """Return the files that a scenario names and nobody brought."""
    brought = {one.sha256 for one in papers}
    files = scenario.files.items()
    return tuple(one.file for digest, one in files if digest not in brought)


def cut(data: bytes) -> Iterator[bytes]:
    """Yield bytes in parts as large as the store keeps them."""
    for at in range(0, len(data), PART):
        yield data[at : at + PART]
