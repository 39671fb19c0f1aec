"""The JSON of the live channel, in both directions only what a browser can read.

Python's own module takes and writes NaN, Infinity and half surrogates, on which a
browser's `JSON.parse` throws: one such entry would break every console. A NUL is
stored by one database and refused by the other, so it is refused here.
"""

import math

import orjson

# A naive value of these types would be written in a form nobody agreed on.
_OPTIONS = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_NUL = "\x00"
_ESCAPED_NUL = "\\u0000"


class NotJsonError(ValueError):
    """The value or text holds what JSON, or a database, cannot."""


def dumps(value: object, *, separators: object = None) -> str:
    """Return `value` as compact JSON text, or raise `NotJsonError`."""
    del separators  # python-socketio asks for compact text; it always is.
    try:
        text = orjson.dumps(value, option=_OPTIONS).decode()
    except TypeError as error:  # also a lone surrogate, and a number past 64 bits
        raise NotJsonError(str(error)) from error
    # orjson writes NaN and Infinity as null.
    if "null" in text or _ESCAPED_NUL in text:
        _refuse(value)
    return text


def loads(text: str | bytes) -> object:
    """Return what the JSON text says, or raise `ValueError`."""
    value: object = orjson.loads(text)
    escaped = _ESCAPED_NUL if isinstance(text, str) else _ESCAPED_NUL.encode()
    # The escape may itself be escaped, so look at what came out.
    if escaped in text:  # type: ignore[operator]  # both are str or both are bytes
        _refuse(value)
    return value


def _refuse(value: object) -> None:
    match value:
        case float() if not math.isfinite(value):
            raise NotJsonError(f"{value} is no number in JSON")
        case str() if _NUL in value:
            raise NotJsonError("a text may not hold NUL")
        case dict():
            for key, item in value.items():
                _refuse(key)
                _refuse(item)
        case list() | tuple():
            for item in value:
                _refuse(item)
        case _:
            pass
