"""A scenario under check: the parts that can be read, and where each one stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from pydantic import ValidationError

from exercise.adapters.scenario_files.folder import MAIN, Folder
from exercise.adapters.scenario_files.problems import Problem, nearest
from exercise.adapters.scenario_files.shape import label
from exercise.adapters.scenario_files.validate import scenario_of
from exercise.domain.scenario import Scenario

# Stand-ins for what the author has not written yet, so that one missing line does
# not hide the other problems. They are valid and, being wide, provoke none.
_STAND_INS: dict[str, Any] = {
    "id": "x",
    "title": "x",
    "summary": "x",
    "languages": ["en"],
    "classification": "x",
    "duration_ms": 864_000_000,
    "story_start": "2000-01-01T00:00:00Z",
    "story_scale": 1,
}
_PHASE = {"id": "x", "title": "x", "start_ms": 0, "end_ms": 864_000_000}
_DELEGATION = {
    "id": "x",
    "name": "x",
    "short": "x",
    "kind": "state",
    "shape": 0,
    "colour": 1,
    "seats": [],
    "brief": "x",
}


@dataclass(slots=True)
class Draft:
    """The readable parts as a scenario, with every id that is written anywhere."""

    folder: Folder
    scenario: Scenario
    places: dict[int, tuple[str, str]] = field(default_factory=dict)

    def place(self, part: object, key: str = "") -> tuple[str, str]:
        """Return the file and key path of `key` inside a part."""
        file, path = self.places.get(id(part), (MAIN, ""))
        return file, ".".join(one for one in (path, key) if one)

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return every id written under a list such as `items`, readable or not."""
        return tuple(
            one["id"]
            for one in _members(self.folder.table, kind)
            if isinstance(one, dict) and isinstance(one.get("id"), str)
        )

    def problem(
        self,
        part: object,
        key: str,
        message: str,
        near: str = "",
        /,
        **values: object,
    ) -> Problem:
        """Return a problem at `key` inside a part."""
        return Problem(*self.place(part, key), message, near, values)

    def unknown(
        self, part: object, key: str, kind: str, words: Iterable[str]
    ) -> Iterator[Problem]:
        """Yield a problem for each word that is no id of `kind`."""
        yield from self.strange(part, key, kind, words, self.ids(kind))

    def strange(
        self,
        part: object,
        key: str,
        what: str,
        words: Iterable[str],
        names: Iterable[str],
    ) -> Iterator[Problem]:
        """Yield a problem for each word that is none of `names`."""
        known = tuple(names)
        for word in words:
            if word not in known:
                near = nearest(word, known)
                message = "{word} is none of the {what}"
                yield self.problem(part, key, message, near, word=word, what=what)


def draft_of(folder: Folder, error: ValidationError | None) -> Draft:
    """Return what can be checked further, leaving out what has the wrong shape."""
    bad = {one["loc"][1:3] for one in error.errors()} if error else set()
    table: dict[str, Any] = dict(_STAND_INS)
    kept: dict[str, list[int]] = {}
    for key, value in folder.table.items():
        faults = {loc[1:] for loc in bad if loc[0] == key}
        if not faults:
            table[key] = value
            kept[key] = list(range(len(value))) if isinstance(value, list) else []
        elif isinstance(value, list) and all(map(_of_one_part, faults)):
            kept[key] = [i for i in range(len(value)) if (i,) not in faults]
            table[key] = [value[i] for i in kept[key]]
    table["phases"] = table.get("phases") or [_PHASE]
    table["delegations"] = table.get("delegations") or [_DELEGATION]
    draft = Draft(folder, scenario_of(table))
    _find_places(draft, kept)
    return draft


def _of_one_part(fault: tuple[int | str, ...]) -> bool:
    """Tell whether a fault lies in one member of a list, not in the list itself."""
    return bool(fault) and isinstance(fault[0], int)


def _find_places(draft: Draft, kept: dict[str, list[int]]) -> None:
    for one in fields(draft.scenario):
        parts = getattr(draft.scenario, one.name)
        if not isinstance(parts, tuple):
            continue
        for part, index in zip(parts, kept.get(one.name, ()), strict=False):
            if is_dataclass(part):
                draft.places[id(part)] = _place(draft.folder, one.name, index)


def _place(folder: Folder, key: str, index: int) -> tuple[str, str]:
    if key == "injects":
        return folder.files[index], ""
    return MAIN, f"{key}{label(folder.table[key][index], index)}"


def _members(table: dict[str, Any], key: str) -> list[Any]:
    value = table.get(key)
    return value if isinstance(value, list) else []
