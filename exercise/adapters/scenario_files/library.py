"""Which scenarios there are to open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from exercise.adapters.scenario_files.folder import MAIN
from exercise.adapters.scenario_files.toml import Unreadable, table_in


@dataclass(frozen=True, slots=True)
class Available:
    """A scenario that can be opened: what a list shows, and where it lies."""

    id: str
    title: str
    summary: str
    folder: Path
    warm_up: bool = False


def library(folders: Iterable[Path]) -> list[Available]:
    """Return the scenarios below `folders`, warm-ups first, else by title.

    Of two with one id the first is kept.
    """
    found: dict[str, Available] = {}
    for folder in folders:
        for one in _scenarios(folder):
            found.setdefault(one.id, one)
    return sorted(found.values(), key=lambda one: (not one.warm_up, one.title))


def find(scenario: str, folders: Iterable[Path]) -> Path | None:
    """Return the folder of the scenario with this id, or of this path, or None."""
    for one in library(folders):
        if one.id == scenario:
            return one.folder
    path = Path(scenario)
    return path if (path / MAIN).is_file() else None


def _scenarios(folder: Path) -> Iterator[Available]:
    """Yield what lies in `folder`: itself a scenario, or a shelf of them."""
    for main in sorted([*folder.glob(MAIN), *folder.glob(f"*/{MAIN}")]):
        try:
            table = table_in(main)
        except (OSError, Unreadable):
            # An unreadable scenario cannot be opened; `check` says what is wrong.
            continue
        id_, title = table.get("id"), table.get("title")
        if isinstance(id_, str) and isinstance(title, str):
            summary, warm = _first(table.get("summary")), table.get("warm_up") is True
            yield Available(id_, title, summary, main.parent, warm)


def _first(summary: object) -> str:
    """Return a text, or the first language of a text by language."""
    if isinstance(summary, dict):
        summary = next(iter(summary.values()), "")
    return summary if isinstance(summary, str) else ""
