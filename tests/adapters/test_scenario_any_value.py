"""Whatever an author puts where, the check answers with problems and never breaks."""

import json
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from exercise.adapters.scenario_files import check
from tests.adapters.scenario_text import FILES

Place = tuple[str | int, ...]


def places(value: object, at: Place = ()) -> Iterator[Place]:
    members: Any = ()
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list):
        members = enumerate(value)
    for key, member in members:
        yield (*at, key)
        yield from places(member, (*at, key))


def exchanged(table: dict[str, Any], place: Place, value: object) -> dict[str, Any]:
    changed = deepcopy(table)
    inner: Any = changed
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return changed


def toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        rows = ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items())
        return f"{{{rows}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value)


TABLES = {
    name: tomllib.loads(text) for name, text in FILES.items() if name.endswith("toml")
}
PLACES = [(name, place) for name, table in TABLES.items() for place in places(table)]
ODD = st.sampled_from(
    [5, -1, 10**30, 1.5, True, "x", "", [], ["x"], [[1]], [{"id": "x"}], {}, {"a": 1}]
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLACES), ODD)
def test_an_odd_value_anywhere_is_answered_in_our_words(
    where: tuple[str, Place], value: object
) -> None:
    name, place = where
    table = exchanged(TABLES[name], place, value)
    text = "\n".join(f"{json.dumps(key)} = {toml(one)}" for key, one in table.items())
    with TemporaryDirectory() as folder:
        for file, whole in FILES.items():
            (Path(folder) / file).write_text(whole, "utf-8")
        (Path(folder) / name).write_text(text, "utf-8")
        for problem in check(Path(folder)):
            assert "Input" not in problem.reason
            assert "{" not in problem.reason
