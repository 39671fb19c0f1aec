"""What one measurement found: its rows as Markdown and the figures with a limit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.plot import Bars


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured, and where files may lie."""

    folder: Path
    runs: int
    seconds: float
    halls: tuple[int, ...]
    crowd: int
    entries: int
    storm: int
    catching_up: int

    @property
    def is_whole(self) -> bool:
        """Tell whether the limits mean what is measured."""
        return self.entries >= WHOLE_ENTRIES


@dataclass(frozen=True, slots=True)
class Table:
    """One measurement's outcome; `gates` has the figures by their limit's name.

    `plots` has pictures by the name of their file.
    """

    title: str
    lines: tuple[str, ...]
    gates: Mapping[str, float]
    runs: int
    plots: Mapping[str, Bars] = field(default_factory=dict)

    def markdown(self) -> str:
        """Return it as a chapter."""
        return "\n".join([f"### {self.title}", "", *self.lines, ""])


WHOLE_ENTRIES = 1_000_000


def whole(folder: Path) -> Size:
    """Return the size that the limits are written for."""
    return Size(
        folder=folder,
        runs=5,
        seconds=4.0,
        halls=(200, 1_000),
        crowd=2_000,
        entries=WHOLE_ENTRIES,
        storm=1_000,
        catching_up=5_000,
    )


def quick(folder: Path) -> Size:
    """Return a size that shows in a minute or two whether everything runs."""
    return Size(
        folder=folder,
        runs=2,
        seconds=3.0,
        halls=(200,),
        crowd=400,
        entries=3_000,
        storm=200,
        catching_up=500,
    )
