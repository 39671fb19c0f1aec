"""One line of a record: strict JSON, exact keys, digests of exact length."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, NoReturn

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOO_BIG = 2**53
HEX = {16: re.compile(r"[0-9a-f]{32}"), 32: re.compile(r"[0-9a-f]{64}")}
HEX[64] = re.compile(r"[0-9a-f]{128}")


class Broken(Exception):
    """A line does not hold; says what is wrong with it, and which if not this one."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


def canonical(value: object) -> bytes:
    """Return the one way to write a value (RFC 8785 for what a record may hold)."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def parsed(line: bytes) -> dict[str, Any]:
    """Return the table in a line; refuse any but its canonical form."""
    if not line.endswith(b"\n"):
        raise Broken("it does not end with a line feed")
    try:
        value = json.loads(line, parse_float=_refused, parse_constant=_refused)
        same = canonical(value) == line[:-1]
    except (ValueError, RecursionError):
        raise Broken("it is not JSON as a record may hold it") from None
    if not same or not isinstance(value, dict):
        raise Broken("it is not in canonical form")
    _check_values(value)
    return value


def _refused(text: str) -> NoReturn:
    raise ValueError(text)


def _check_values(value: object) -> None:
    waiting: list[Any] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, int) and abs(one) >= TOO_BIG:
            raise Broken("a number is too big")
        if isinstance(one, dict):
            if not all(key.isascii() for key in one):
                raise Broken("a key is not ASCII")
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def raw(table: dict[str, Any], name: str, size: int) -> bytes:
    """Return the bytes that a field holds in lower-case hex."""
    text = table[name]
    if not isinstance(text, str) or not HEX[size].fullmatch(text):
        raise Broken(f"{name} is not {size} bytes in lower-case hex")
    return bytes.fromhex(text)


def only_keys(table: dict[str, Any], *allowed: set[str]) -> None:
    """Refuse a table whose keys are not one of these sets."""
    if set(table) not in allowed:
        raise Broken("a key is unknown or missing")


def H(*parts: bytes) -> bytes:  # noqa: N802 - the record's description calls it H
    """Return SHA-256."""
    return hashlib.sha256(b"".join(parts)).digest()


def fingerprint(key: bytes) -> str:
    """Return what people compare of a key: 16 characters, in fours."""
    bits = int.from_bytes(H(key)[:10], "big")
    text = "".join(CROCKFORD[bits >> (75 - 5 * at) & 31] for at in range(16))
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def meant(typed: str) -> str:
    """Return a fingerprint as it was meant, however it was typed."""
    kept = "".join(one for one in typed.upper() if one.isalnum())
    return kept.replace("O", "0").replace("I", "1").replace("L", "1")
