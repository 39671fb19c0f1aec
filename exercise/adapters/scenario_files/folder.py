"""The files of a scenario's folder, as plain values."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exercise.adapters.scenario_files.papers import Drawer
from exercise.adapters.scenario_files.problems import Problem
from exercise.adapters.scenario_files.shape import Reading
from exercise.adapters.scenario_files.toml import Unreadable, table_in
from exercise.domain.scenario import Inject, Scenario

MAIN = "scenario.toml"
_NUMBERED = re.compile(r"\d{2,}[a-z]?-[a-z0-9-]+\.toml")


@dataclass(slots=True)
class Folder:
    """What was read: one table, its injects in order, and the file of each inject."""

    path: Path
    table: dict[str, Any]
    files: list[str]
    problems: list[Problem] = field(default_factory=list)
    spoken: set[tuple[str, str]] = field(default_factory=set)
    drawer: Drawer = field(init=False)

    def __post_init__(self) -> None:
        self.drawer = Drawer(self.path)


def read_folder(path: Path) -> Folder:
    """Read every TOML file of the folder; what cannot be read becomes a problem."""
    found = Folder(path, {}, [])
    main = _table(found, path / MAIN)
    if main is not None:
        found.table = _shaped(found, MAIN, main, Scenario)
        if "injects" in main:
            message = "injects stand in numbered files of their own"
            found.problems.append(Problem(MAIN, "injects", message))
            found.spoken.add((MAIN, "injects"))
    found.table["injects"] = list(_injects(found))
    return found


def _injects(found: Folder) -> list[dict[str, Any]]:
    states = _states(found.table)
    injects = []
    for file in sorted(found.path.glob("*.toml")):
        if file.name == MAIN:
            continue
        if not _NUMBERED.fullmatch(file.name):
            message = "an inject's file is named like 07-press-question.toml"
            found.problems.append(Problem(file.name, "", message))
            continue
        raw = _table(found, file)
        if raw is None:
            continue
        inject = _shaped(found, file.name, raw, Inject)
        inject["audience"] = _audience(inject.get("audience"), states)
        if inject["audience"] is None:
            del inject["audience"]
        _halve(inject)
        injects.append(inject)
        found.files.append(file.name)
    return injects


def _table(found: Folder, file: Path) -> dict[str, Any] | None:
    """Return the file's table, or None after noting why there is none."""
    try:
        return table_in(file)
    except FileNotFoundError:
        found.problems.append(Problem(file.name, "", "the file is missing"))
    except Unreadable as no:
        found.problems.append(Problem(file.name, "", no.message, values=no.values))
    return None


def _shaped(
    found: Folder, file: str, raw: dict[str, Any], kind: type
) -> dict[str, Any]:
    reading = Reading(file)
    shaped = reading.table(raw, kind)
    found.problems.extend(reading.problems)
    found.spoken.update((file, key) for key in reading.spoken)
    return shaped


def _states(table: dict[str, Any]) -> list[str]:
    """Return the ids of the delegations that say they are states."""
    delegations = table.get("delegations")
    if not isinstance(delegations, list):
        return []
    return [
        one["id"]
        for one in delegations
        if isinstance(one, dict)
        and one.get("kind") == "state"
        and isinstance(one.get("id"), str)
    ]


def _audience(written: Any, states: list[str]) -> Any:  # noqa: ANN401 - what TOML holds is any of its types
    """Spell out a bare word, and `states`, as the domain's list of delegations."""
    if isinstance(written, str):
        written = [written]
    if not isinstance(written, list):
        return written
    spelled: list[Any] = []
    for one in written:
        spelled.extend(states if one == "states" else [one])
    # An author may say "states" and a name together; nobody gets a thing twice.
    return list(dict.fromkeys(spelled)) if all(map(_text, spelled)) else spelled


def _text(value: object) -> bool:
    return isinstance(value, str)


def _halve(inject: dict[str, Any]) -> None:
    """Give an obligation without a target half of its deadline."""
    obligations = inject.get("obligations")
    for one in obligations if isinstance(obligations, list) else ():
        deadline = one.get("deadline_ms") if isinstance(one, dict) else None
        if isinstance(deadline, int):
            one.setdefault("target_ms", deadline // 2)
