"""What clients send, taken apart without trust: a payload becomes an id and a command.

Actor and delegation are never in it; they come from the session. A field that is
wrong is named, with what stood there and what would do, in our own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, TypeAlias, cast
from uuid import UUID

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from exercise.domain.commands import WIRE_TYPES, WireCommand
from exercise.service.drafts import How
from exercise.service.requests import Refusal
from exercise.web import strict_json
from exercise.web.sentences import SENTENCES, UNMAPPED

Payload: TypeAlias = Mapping[str, object]

DRAFT = "draft"
HOWS = ("", "take", "restore")
SHOWN = 60
MOST_DRAFTED = 20_000
MOST_KEY = 64


class Malformed(Exception):
    """The payload has no command's shape; `refusal` says where and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class DraftSaved:
    """A delegation's unsent words under a key; empty words are thrown away.

    Without `text` nothing is changed: the answer says who writes there, and what; of
    all drafts, without a `key`.
    """

    key: str
    text: str | None
    how: How = ""


def plain_name(field: str) -> str:
    """Return a field's name on the wire: `from_` is a Python necessity."""
    return field.rstrip("_")


CONFIG = ConfigDict(
    extra="forbid",
    alias_generator=plain_name,
    validate_by_name=False,
    allow_inf_nan=False,
)


@cache
def adapter(kind: str) -> TypeAdapter[Any]:
    """Return what reads a type of command."""
    # A bare dataclass takes no config; "it or nothing" does, and nothing never comes.
    either: Any = WIRE_TYPES[kind] | None
    return TypeAdapter(either, config=CONFIG)


def read(payload: object) -> tuple[str, WireCommand | DraftSaved]:
    """Return the client's id and the command in a payload.

    Raises:
        Malformed: the payload has not the shape of any command.
    """
    told = _table(payload)
    id_ = _id(told)
    kind = told.get("type")
    rest = {key: value for key, value in told.items() if key != "id"}
    if kind == DRAFT:
        return id_, _draft(rest)
    if not isinstance(kind, str) or kind not in WIRE_TYPES:
        known = ", ".join([*WIRE_TYPES, DRAFT])
        raise _malformed(
            "There is no command “{value}”. Known: {known}.",
            "type",
            value=_shown(kind),
            known=known,
        )
    return id_, _command(kind, rest)


def _table(payload: object) -> Payload:
    if not isinstance(payload, dict):
        raise _malformed("Send an object: {{id, type, …}}.", "")
    return cast("Payload", payload)


def _id(told: Payload) -> str:
    value = told.get("id")
    try:
        if isinstance(value, str):
            return str(UUID(value))
    except ValueError:
        pass
    raise _malformed(
        "“id” is “{value}”; make a UUID for each command and keep it for repeats.",
        "id",
        value=_shown(value),
    )


def _command(kind: str, rest: Payload) -> WireCommand:
    try:
        text = strict_json.dumps(rest)
    except strict_json.NotJsonError:
        raise _malformed(
            "A text holds a NUL, half a character or a number that JSON cannot hold."
            " Take it out and send again.",
            "",
        ) from None
    try:
        command: WireCommand = adapter(kind).validate_json(text, strict=True)
    except ValidationError as error:
        raise Malformed(_refusal(kind, error)) from None
    return command


def _draft(rest: Payload) -> DraftSaved:
    key, text, how = rest.get("key"), rest.get("text"), rest.get("how", "")
    for name in rest:
        if name not in {"type", "key", "text", "how"}:
            raise _unknown(name, "key, text, how")
    if not rest.keys() - {"type"}:
        return DraftSaved("", None)
    if not isinstance(key, str) or not 0 < len(key) <= MOST_KEY or not _plain(key):
        raise _malformed(
            "“key” takes a text of 1 to {most} characters.", "key", most=64
        )
    if how not in HOWS:
        raise _malformed("“how” takes “take” or “restore”.", "how")
    if "text" not in rest:
        return DraftSaved(key, None)
    if not isinstance(text, str) or len(text) > MOST_DRAFTED or not _plain(text):
        raise _malformed(
            "“text” takes a text of up to {most} characters.", "text", most=MOST_DRAFTED
        )
    return DraftSaved(key, text, cast("How", how))


def _plain(text: str) -> bool:
    try:
        strict_json.dumps(text)
    except strict_json.NotJsonError:
        return False
    return True


def _refusal(kind: str, error: ValidationError) -> Refusal:
    problem = telling(error.errors(include_url=False))
    field = field_of(problem)
    if problem["type"] == "unexpected_keyword_argument":
        known = [plain_name(one.name) for one in fields(WIRE_TYPES[kind])]
        return _unknown(field, ", ".join(known)).refusal
    message = SENTENCES.get(problem["type"], UNMAPPED)
    values = {
        "field": field,
        "value": _shown(problem["input"]),
        **{key: _shown(one) for key, one in problem.get("ctx", {}).items()},
    }
    return Refusal("shape", message, values, field)


def telling(problems: list[ErrorDetails]) -> ErrorDetails:
    """Return the problem that helps most: of a choice, the one that came nearest."""
    first = problems[0]
    same = [one for one in problems if field_of(one) == field_of(first)]
    nearer = [one for one in same if not one["type"].endswith(("_type", "_error"))]
    if nearer:
        return nearer[0]
    if len(same) > 1:
        return {**first, "type": "union_error"}
    return first


def field_of(problem: ErrorDetails) -> str:
    """Return the field a problem is in, as the client wrote it."""
    where = [str(step) for step in problem["loc"]]
    depth = 2 if where[:1] == ["fields"] else 1
    return ".".join(where[:depth])


def _unknown(name: object, known: str) -> Malformed:
    return _malformed(
        "There is no field “{field}” here. Known: {known}.",
        _shown(name),
        field=_shown(name),
        known=known,
    )


def _malformed(message: str, where: str, /, **values: object) -> Malformed:
    return Malformed(Refusal("shape", message, values, where))


def _shown(value: object) -> str:
    """Return a value as a sentence may quote it: short, and fit for any screen."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(one if one.isprintable() else "�" for one in text)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
