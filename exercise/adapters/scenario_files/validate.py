"""From plain values to the frozen scenario, with every refusal in our own words."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from exercise.adapters.scenario_files.folder import MAIN, Folder
from exercise.adapters.scenario_files.problems import Problem, nearest
from exercise.adapters.scenario_files.shape import label
from exercise.domain.scenario import Scenario

# What each refusal of the shape is called in our words; a test holds that every
# kind a scenario can provoke has its sentence.
SENTENCES = {
    "missing": "is missing",
    "string_type": "must be text",
    "string_too_long": "has more than {max_length} characters",
    "string_too_short": "has fewer than {min_length} characters",
    "string_pattern_mismatch": "holds a character that is not allowed",
    "int_type": "must be a whole number",
    "int_parsing_size": "is too large a number",
    "bool_type": "must be true or false",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "too_short": "needs at least {min_length}",
    "too_long": "holds more than {max_length}",
    "tuple_type": "must be a list",
    "dict_type": "must be a table",
    "dataclass_type": "must be a table",
    "unexpected_keyword_argument": "unknown key",
}
_BY_LANGUAGE = "must be text, or a table of texts by language"


@cache
def adapter() -> TypeAdapter[list[Scenario]]:
    """Return the one strict reader; a list, because its settings reach inside so."""
    return TypeAdapter(list[Scenario], config=ConfigDict(extra="forbid"))


def scenario_of(table: dict[str, Any]) -> Scenario:
    """Return the scenario in `table`, or raise pydantic's ValidationError."""
    text = json.dumps([table], ensure_ascii=True, allow_nan=False)
    return adapter().validate_json(text, strict=True)[0]


def shape_problems(folder: Folder, error: ValidationError) -> Iterator[Problem]:
    """Yield one problem for each key that has the wrong shape."""
    seen: set[tuple[str, str]] = set(folder.spoken)
    for detail in error.errors(include_url=False):
        file, key, tagged = _place(folder, detail["loc"])
        if (file, key) in seen:
            continue
        seen.add((file, key))
        yield _problem(file, key, detail, tagged=tagged)


def _problem(file: str, key: str, detail: ErrorDetails, *, tagged: bool) -> Problem:
    context = detail.get("ctx", {})
    if tagged and detail["type"] in {"string_type", "dict_type"}:
        return Problem(file, key, _BY_LANGUAGE)
    near = ""
    if detail["type"] == "literal_error" and isinstance(detail["input"], str):
        near = nearest(detail["input"], str(context["expected"]).split("'")[1::2])
    message = SENTENCES.get(detail["type"], "{msg}")
    values = {"msg": detail["msg"], **context}
    return Problem(file, key, message, near, values)


def _place(folder: Folder, loc: tuple[int | str, ...]) -> tuple[str, str, bool]:
    """Return file and key path of a refusal, and whether a union was tried."""
    current: Any = folder.table
    file, key, tagged = MAIN, "", False
    parts = list(loc[1:])
    if parts[:1] == ["injects"] and len(parts) > 1:
        file, current = folder.files[int(parts[1])], current["injects"][int(parts[1])]
        parts = parts[2:]
    for index, part in enumerate(parts):
        if isinstance(current, list) and isinstance(part, int):
            current = current[part]
            key += label(current, part)
        elif isinstance(current, dict) and part in current:
            current, key = current[part], _joined(key, part)
        elif isinstance(current, dict) and index == len(parts) - 1:
            current, key = None, _joined(key, part)
        else:
            tagged = True
    return file, key, tagged


def _joined(key: str, part: int | str) -> str:
    name = str(part).removesuffix("_ms")
    return f"{key}.{name}" if key else name
