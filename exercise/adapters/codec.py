"""Events to stored bodies and back, whatever version of us wrote them."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

import orjson
from pydantic import ConfigDict, TypeAdapter

from exercise.domain.chain import Json, canonical, check, digest
from exercise.domain.events import KINDS, VERSION, Event, MemberNamed
from exercise.domain.scenario import Scenario
from exercise.service.ports import Naming, StoredEntry

NAMED = MemberNamed.KIND

Body: TypeAlias = dict[str, Any]
Upcast: TypeAlias = Callable[[Body], Body]

# (kind, version) -> the body as the next version would have written it. A change of
# an event's shape raises VERSION and adds its step here; old records stay as they are.
UPCASTERS: Mapping[tuple[str, int], Upcast] = {}


def plain_name(field: str) -> str:
    """Return a field's name on the wire: `from_` is a Python necessity."""
    return field.rstrip("_")


CONFIG = ConfigDict(extra="forbid", alias_generator=plain_name, validate_by_name=False)


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    # A bare dataclass takes no config; "it or nothing" does, and nothing is refused.
    either: Any = KINDS[kind] | None
    return TypeAdapter(either, config=CONFIG)


@cache
def _scenarios() -> TypeAdapter[Scenario | None]:
    return TypeAdapter(Scenario | None, config=CONFIG)


def encode(event: Event) -> tuple[str, int, Body]:
    """Return kind, version and body of an event."""
    body: Body = _adapter(event.KIND).dump_python(
        event, mode="json", by_alias=True, warnings="error"
    )
    return event.KIND, VERSION, body


def decode(kind: str, version: int, body: str | bytes) -> Event:
    """Return the event in a stored body, upcast to what we speak today.

    Raises:
        ValueError: the kind is unknown or the body does not fit it.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    if version != VERSION:
        body = canonical(_upcast(kind, version, json.loads(body)))
    event: Event | None = _adapter(kind).validate_json(body, strict=True)
    if event is None:
        raise ValueError(kind)
    return event


def _upcast(kind: str, version: int, body: Body) -> Body:
    for step in range(version, VERSION):
        body = UPCASTERS.get((kind, step), _unchanged)(body)
    return body


def _unchanged(body: Body) -> Body:
    return body


def fast_canonical(value: Json) -> bytes:
    """Return the bytes of `chain.canonical`, at a third of its price.

    Raises:
        NotCanonical: the value has no place in the record.
    """
    check(value)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # too deep, or no Unicode: the other one says which
        return canonical(value)


def scenario_body(scenario: Scenario) -> Body:
    """Return a scenario as it stands in the record."""
    body: Body = _scenarios().dump_python(scenario, mode="json", by_alias=True)
    return body


def scenario_sha256(scenario: Scenario) -> str:
    """Return the SHA-256 of a scenario's canonical JSON."""
    return digest(scenario_body(scenario)).hex()


def naming(entry: StoredEntry) -> Naming:
    """Return what a `member_named` entry says, erased or not."""
    if entry.body is None:
        return Naming(entry.seq, entry.author.member, None)
    event = decode(entry.kind, entry.version, entry.body)
    if not isinstance(event, MemberNamed):
        raise TypeError(entry.kind)
    return Naming(entry.seq, event.member, event.name)


class EventCodec:
    """The codec as a port."""

    def encode(self, event: Event) -> tuple[str, int, Body]:
        """Return kind, version and body."""
        return encode(event)

    def decode(self, kind: str, version: int, body: str) -> Event:
        """Return the event that a stored body holds."""
        return decode(kind, version, body)

    def canonical(self, value: Json) -> bytes:
        """Return a value as the record writes it."""
        return fast_canonical(value)

    def scenario_sha256(self, scenario: Scenario) -> str:
        """Return the SHA-256 of a scenario's canonical JSON."""
        return scenario_sha256(scenario)
