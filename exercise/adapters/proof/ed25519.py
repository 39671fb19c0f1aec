"""Ed25519 signatures checked with whole numbers alone (RFC 8032, section 5.1.7)."""

from __future__ import annotations

import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)  # a square root of −1
# Extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.
Point = tuple[int, int, int, int]
ZERO: Point = (0, 1, 1, 0)


def signed_by(key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether `signature` over `message` is by the private half of `key`."""
    public, point = _point(key), _point(signature[:32])
    factor = int.from_bytes(signature[32:], "little")
    if public is None or point is None or factor >= ORDER:
        return False
    told = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(told, "little") % ORDER
    left = _times(factor, BASE)
    right = _add(point, _times(challenge, public))
    return _same(left, right)


def _add(p: Point, q: Point) -> Point:
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(factor: int, point: Point) -> Point:
    out = ZERO
    while factor:
        if factor & 1:
            out = _add(out, point)
        point, factor = _add(point, point), factor >> 1
    return out


def _same(p: Point, q: Point) -> bool:
    return (p[0] * q[2] - q[0] * p[2]) % P == (p[1] * q[2] - q[1] * p[2]) % P == 0


def _point(raw: bytes) -> Point | None:
    """Return the point that 32 bytes stand for, or None if they stand for none."""
    y = int.from_bytes(raw, "little")
    odd, y = y >> 255, y & (1 << 255) - 1
    x = None if y >= P else _x(y, odd)
    return None if x is None else (x, y, 1, x * y % P)


def _x(y: int, odd: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (odd and not x):
        return None
    return P - x if x & 1 != odd else x


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or ZERO
