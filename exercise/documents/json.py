"""A report as JSON, the same bytes for the same record."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from exercise.domain.report import Aar
from exercise.domain.scoring import Message


def render(report: Aar) -> str:
    """Return the report as JSON text, keys in the order of the report's parts."""
    return json.dumps(_plain(report), ensure_ascii=False, indent=2) + "\n"


def _plain(value: object) -> object:
    """Return a value of the report as JSON can hold it."""
    if isinstance(value, Message):
        return {"text": value.text, "values": _plain(value.values)}
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
