"""The record's arithmetic: canonical JSON, salted leaves, the chain, the tree."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeAlias

Json: TypeAlias = (
    bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None  # no floats
)

# From here on a browser's numbers are no longer exact (RFC 8785 §3.2.2.3).
TOO_BIG = 2**53
ENCODER = json.JSONEncoder(
    sort_keys=True,
    separators=(",", ":"),
    ensure_ascii=False,
    allow_nan=False,
    check_circular=False,
)
PLAIN = frozenset({str, bool, type(None)})
HEAD = b"detente-head-1\n"
EMPTY_ROOT = sha256(b"").digest()
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHARACTERS = 16
GROUP = 4


class NotCanonical(ValueError):
    """A value has no place in the record: a float, a huge number, a strange key."""


def canonical(value: Json) -> bytes:
    """Return the one way to write `value` as JSON (RFC 8785 within our bounds)."""
    check(value)
    try:
        return ENCODER.encode(value).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a lone surrogate") from error


# Whoever writes the same bytes faster may take the place of `canonical`.
Canonical: TypeAlias = Callable[[Json], bytes]


def check(value: Json) -> None:
    """Refuse what JSON allows and the record does not."""
    waiting = [value]
    for one in waiting:
        kind = type(one)
        if kind in PLAIN:
            continue
        if isinstance(one, int):
            if not -TOO_BIG < one < TOO_BIG:
                raise NotCanonical(f"{one} is too big")
        elif isinstance(one, (list, tuple)):
            waiting.extend(one)
        elif isinstance(one, (dict, Mapping)):
            _check_keys(one)
            waiting.extend(one.values())
        elif not isinstance(one, str):
            raise NotCanonical(f"a {kind.__name__}")


def _check_keys(table: Mapping[Any, Json]) -> None:
    try:
        if "".join(table).isascii():
            return
    except TypeError:  # not even a text
        pass
    strange = [one for one in table if not (isinstance(one, str) and one.isascii())]
    raise NotCanonical(f"the key {strange[0]!r}")


def digest(value: Json, write: Canonical = canonical) -> bytes:
    """Return H(C(value))."""
    return sha256(write(value)).digest()


# --- One entry ----------------------------------------------------------------


def body_hash(salt: bytes, body: bytes) -> str:
    """Return the salted hash of a canonical body, in hex as it stands in content."""
    return sha256(salt + body).hexdigest()


def envelope_hash(salt: bytes, envelope: Json, write: Canonical = canonical) -> bytes:
    """Return the salted hash of {seq, audience, delivered, actor}."""
    return sha256(salt + write(envelope)).digest()


def leaf(envelope: bytes, content: Json, write: Canonical = canonical) -> bytes:
    """Return the leaf of an entry: its envelope's hash with its public content."""
    return sha256(b"\x00" + envelope + write(content)).digest()


def link(prev: bytes, leaf_hash: bytes) -> bytes:
    """Return the chain's next hash."""
    return sha256(b"\x02" + prev + leaf_hash).digest()


# --- The tree (RFC 6962) ------------------------------------------------------


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Tree:
    """A growing RFC 6962 tree that keeps only its frontier: log n hashes.

    `peaks` are the roots of the perfect subtrees, largest first, one for each bit
    that is set in `size`.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def grown(self, leaf_hash: bytes) -> "Tree":
        """Return the tree with one more leaf."""
        peaks, carry, new = list(self.peaks), self.size, leaf_hash
        while carry & 1:
            new = node(peaks.pop(), new)
            carry >>= 1
        return Tree(self.size + 1, (*peaks, new))

    @property
    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        if not self.peaks:
            return EMPTY_ROOT
        *rest, top = self.peaks
        for peak in reversed(rest):
            top = node(peak, top)
        return top


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the RFC 6962 root of `leaves`."""
    tree = Tree()
    for one in leaves:
        tree = tree.grown(one)
    return tree.root


class Proofs:
    """Inclusion proofs over one set of leaves; inner nodes are computed once."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._leaves = leaves
        self._roots: dict[tuple[int, int], bytes] = {}

    def path(self, index: int) -> tuple[bytes, ...]:
        """Return the inclusion proof of leaf `index`, from the bottom up."""
        steps: list[bytes] = []
        low, high = 0, len(self._leaves)
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                steps.append(self._root(middle, high))
                high = middle
            else:
                steps.append(self._root(low, middle))
                low = middle
        return tuple(reversed(steps))

    def _root(self, low: int, high: int) -> bytes:
        if high - low == 1:
            return self._leaves[low]
        known = self._roots.get((low, high))
        if known is None:
            middle = low + _split(high - low)
            known = node(self._root(low, middle), self._root(middle, high))
            self._roots[low, high] = known
        return known


def root_of_path(
    leaf_hash: bytes, index: int, size: int, steps: Sequence[bytes]
) -> bytes | None:
    """Return the root that an inclusion proof leads to, or None if it does not fit."""
    if not 0 <= index < size:
        return None
    at, last, top = index, size - 1, leaf_hash
    for step in steps:
        if last == 0:
            return None
        if at & 1 or at == last:
            top = node(step, top)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            top = node(top, step)
        at, last = at >> 1, last >> 1
    return top if last == 0 else None


def _split(size: int) -> int:
    """Return the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


# --- Heads and keys -----------------------------------------------------------


def head_message(
    exercise: str, head_seq: int, head_hash: bytes, tree_root: bytes
) -> bytes:
    """Return the bytes that a signature of a head covers."""
    head: dict[str, Json] = {
        "exercise": exercise,
        "head_seq": head_seq,
        "head_hash": head_hash.hex(),
        "tree_root": tree_root.hex(),
    }
    return HEAD + canonical(head)


def crockford(raw: bytes, characters: int) -> str:
    """Return the first bits of `raw` as Crockford base32."""
    bits = int.from_bytes(raw, "big")
    width = len(raw) * 8
    return "".join(
        CROCKFORD[bits >> (width - 5 * (at + 1)) & 31] for at in range(characters)
    )


def in_fours(code: str) -> str:
    """Return a code as people read it: `K7M4-92TX`."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def forgiving(typed: str) -> str:
    """Return a typed code as it was meant: case, spaces, O for 0, I and L for 1."""
    kept = "".join(one for one in typed.upper() if one.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


def fingerprint(key: bytes) -> str:
    """Return what people compare of a signing key: 16 characters, in fours."""
    return in_fours(crockford(sha256(key).digest(), CHARACTERS))
