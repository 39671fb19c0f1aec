"""The files that a scenario attaches, found in its folder and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TypeVar

from exercise.adapters.scenario_files.filetypes import filetype
from exercise.domain.scenario import (
    LARGEST_FILE,
    Attachment,
    Delegation,
    FileType,
    Inject,
    Item,
    Scenario,
)
from exercise.service.papers import Paper

Part = TypeVar("Part", Delegation, Inject, Item)


class PaperGone(Exception):
    """A file is not what the scenario said when it was read; names it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it lies there; one that is too large is not read."""

    bytes: int
    sha256: str = ""
    type: FileType = ""


@dataclass(slots=True)
class Drawer:
    """A scenario's folder, looked into once for each file."""

    root: Path
    _known: dict[str, Found | None] = field(default_factory=dict)

    def find(self, name: str) -> Found | None:
        """Return what lies under a name, or None if nothing of this folder does."""
        if name not in self._known:
            self._known[name] = self._look(name)
        return self._known[name]

    def names(self) -> list[str]:
        """Return every file there is, as an author would name it."""
        files = (one for one in self.root.rglob("*") if one.is_file())
        return sorted(one.relative_to(self.root).as_posix() for one in files)

    def read(self, name: str) -> bytes:
        """Return a file's bytes.

        Raises:
            PaperGone: it is not there, or too large.
        """
        path = self._path(name)
        if path is None or path.stat().st_size > LARGEST_FILE:
            raise PaperGone(name)
        return path.read_bytes()

    def _look(self, name: str) -> Found | None:
        try:
            path = self._path(name)
            if path is None:
                return None
            size = path.stat().st_size
            if size > LARGEST_FILE:
                return Found(size)
            data = path.read_bytes()
        except (OSError, ValueError):
            return None
        return Found(len(data), sha256(data).hexdigest(), filetype(data))

    def _path(self, name: str) -> Path | None:
        """Return where a file lies, if it is named plainly and lies in the folder.

        Each part must be listed as it is written: a folder that takes `MAP.PNG` for
        `map.png` would not be whole on another machine.
        """
        parts = PurePosixPath(name).parts
        if name != "/".join(parts) or ".." in parts or name.startswith("/"):
            return None
        path = self.root
        for part in parts:
            if not path.is_dir() or part not in {one.name for one in path.iterdir()}:
                return None
            path /= part
        inside = path.resolve().is_relative_to(self.root.resolve())
        return path if inside and path.is_file() else None


def with_types(scenario: Scenario, drawer: Drawer) -> Scenario:
    """Return the scenario with the type of each of its files, as found in it."""
    return replace(
        scenario,
        delegations=_typed(scenario.delegations, drawer),
        injects=_typed(scenario.injects, drawer),
        items=_typed(scenario.items, drawer),
    )


def _typed(parts: Iterable[Part], drawer: Drawer) -> tuple[Part, ...]:
    return tuple(
        replace(
            part, attachments=tuple(_one(each, drawer) for each in part.attachments)
        )
        if part.attachments
        else part
        for part in parts
    )


def _one(attachment: Attachment, drawer: Drawer) -> Attachment:
    found = drawer.find(attachment.file)
    return replace(attachment, type=found.type) if found else attachment


def papers_of(scenario: Scenario, folder: Path) -> tuple[Paper, ...]:
    """Return every file of a scenario with its bytes, each once.

    Raises:
        PaperGone: one has changed since the scenario was read.
    """
    drawer = Drawer(folder)
    found = []
    for digest, one in scenario.files.items():
        data = drawer.read(one.file)
        if sha256(data).hexdigest() != digest or filetype(data) != one.type:
            raise PaperGone(one.file)
        found.append(Paper(digest, one.name, one.type, data))
    return tuple(found)
