"""From a TOML table to the plain values that the domain's dataclasses are read from."""

import types
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from exercise.adapters.scenario_files.problems import Problem, nearest
from exercise.adapters.scenario_files.times import form, milliseconds

# Looking for what was meant takes a while; nobody reads more than these at once.
HELPED = 200

Plain = str | int | bool | list["Plain"] | dict[str, "Plain"]


@dataclass(slots=True)
class Reading:
    """One file being read: the problems so far, and the keys already spoken of."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    spoken: set[str] = field(default_factory=set)

    def refuse(self, key: str, message: str, near: str = "", **values: object) -> None:
        """Note a problem with `key`, so that no later check repeats it."""
        self.problems.append(Problem(self.file, key, message, near, values))
        self.spoken.add(key)

    def table(self, raw: dict[str, Any], kind: type, path: str = "") -> dict[str, Any]:
        """Return `raw` as `kind` expects it: times in milliseconds, no unknown key."""
        names = authored(kind)
        plain: dict[str, Any] = {}
        for key, value in raw.items():
            here = f"{path}.{key}" if path else key
            if key not in names:
                self.refuse(here, "unknown key", self._nearest(key, names))
            elif (read := self._value(value, names[key], key, here)) is not None:
                plain[field_of(kind, key)] = read
        return plain

    def _nearest(self, key: str, names: dict[str, Any]) -> str:
        """Return the key that was meant, while there are few problems to read."""
        if len(self.problems) >= HELPED:
            return ""
        return nearest(key.removesuffix("_ms"), names)

    def _value(self, value: Any, kind: Any, key: str, path: str) -> Any:  # noqa: ANN401 - what TOML holds is any of its types
        if kind == "time":
            return self._time(value, key, path)
        inner = _inside(kind)
        if is_dataclass(inner) and isinstance(inner, type):
            return self._tables(value, inner, path)
        return self._plain(value, path)

    def _tables(self, value: Any, kind: type, path: str) -> Any:  # noqa: ANN401 - what TOML holds is any of its types
        """Read a list of tables, or a table of tables by name (variants)."""
        if isinstance(value, list):
            return [
                self.table(one, kind, f"{path}{label(one, index)}")
                if isinstance(one, dict)
                else self._plain(one, path)
                for index, one in enumerate(value)
            ]
        if isinstance(value, dict):
            return {
                name: self.table(one, kind, f"{path}.{name}")
                if isinstance(one, dict)
                else self._plain(one, path)
                for name, one in value.items()
            }
        return self._plain(value, path)

    def _time(self, value: Any, key: str, path: str) -> int | None:  # noqa: ANN401 - what TOML holds is any of its types
        read = milliseconds(key, value) if isinstance(value, str) else None
        if read is None:
            self.refuse(path, "write a time such as {example}", example=form(key))
        return read

    def _plain(self, value: Any, path: str) -> Any:  # noqa: ANN401 - what TOML holds is any of its types
        """Let text, whole numbers, lists and tables pass; refuse the rest."""
        if isinstance(value, dict):
            read = {
                key: self._plain(one, f"{path}.{key}") for key, one in value.items()
            }
            return {key: one for key, one in read.items() if one is not None}
        if isinstance(value, list):
            every = [
                self._plain(one, f"{path}[{index}]")
                for index, one in enumerate(value, 1)
            ]
            return [one for one in every if one is not None]
        if isinstance(value, float):
            return self.refuse(path, "whole numbers only, no fractions")
        if not isinstance(value, str | int):
            return self.refuse(path, "write dates and times as text, in quotes")
        return value


def label(raw: Any, index: int) -> str:  # noqa: ANN401 - what TOML holds is any of its types
    """Return how a member of a list is named in a key path: by its id if it has one."""
    name = raw.get("id") if isinstance(raw, dict) else None
    return f".{name}" if isinstance(name, str) and name else f"[{index + 1}]"


@cache
def authored(kind: type) -> dict[str, Any]:
    """Return what an author may write in `kind`: key to type, `time` for a time."""
    hints = get_type_hints(kind)
    return {
        one.name.removesuffix("_ms"): "time"
        if one.name.endswith("_ms")
        else hints[one.name]
        for one in fields(kind)
    }


def field_of(kind: type, key: str) -> str:
    """Return the dataclass field behind an author's key."""
    return f"{key}_ms" if authored(kind)[key] == "time" else key


def _inside(kind: Any) -> Any:  # noqa: ANN401 - a type hint is any object
    """Return the dataclass inside a list, table or optional of it, else `kind`."""
    if get_origin(kind) in {Union, types.UnionType}:
        return _inside(next(iter(get_args(kind))))
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    return kind
