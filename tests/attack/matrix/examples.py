"""A line of a type of command that no story says: fit in shape, whatever it names."""

from dataclasses import MISSING, fields
from types import UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin
from typing import get_type_hints as hints_of

from exercise.domain.limits import Between, Few, Most
from exercise.web.wire import plain_name

Json: TypeAlias = Any


def example(kind: type) -> dict[str, Json]:
    """Return the shortest line of a type that the wire accepts."""
    hints = hints_of(kind, include_extras=True)
    line = {
        plain_name(one.name): value(hints[one.name])
        for one in fields(kind)
        if one.default is MISSING and one.default_factory is MISSING
    }
    return {"type": str(kind.__dataclass_fields__["type"].default), **line}  # type: ignore[attr-defined]  # a command


def value(hint: Any, marks: tuple[Any, ...] = ()) -> Json:  # noqa: ANN401 - any type hint
    """Return something that a field of this type takes."""
    inner = get_args(hint)
    match get_origin(hint):
        case origin if origin is Annotated:
            return value(inner[0], (*marks, *inner[1:]))
        case origin if origin is Literal:
            return inner[0]
        case origin if origin in {UnionType, Union}:
            return value(next(one for one in inner if one is not type(None)), marks)
        case origin if origin is tuple:
            return [value(inner[0]) for _ in range(_least(marks))]
        case _:
            return _plain(hint, marks)


def _plain(hint: Any, marks: tuple[Any, ...]) -> Json:  # noqa: ANN401 - as above
    low = next((one.low for one in marks if isinstance(one, Between)), 1)
    shortest = "x" * max(1, _least(marks))
    return {int: low, bool: True, str: shortest}.get(hint, {})


def _least(marks: tuple[Any, ...]) -> int:
    return max([one.least for one in marks if isinstance(one, Most | Few)], default=0)
