"""Ids, salts and keys that follow from a seed: the same rehearsal, the same bytes."""

import hmac
from hashlib import sha256

from exercise.adapters.signer import Ed25519Signer
from exercise.domain.chain import canonical

SIZE = 16
KEY_SIZE = 32


def hkdf(secret: bytes, label: str, size: int) -> bytes:
    """Return `size` bytes, up to 32, that follow from `secret` and `label` (RFC 5869).

    The secret is extracted with the all-zero salt of the RFC.
    """
    key = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(key, label.encode() + b"\x01", "sha256")[:size]


def root_secret(seed: int, scenario_sha256: str, policies: str) -> bytes:
    """Return what everything in a rehearsal is derived from; it is no secret."""
    told = canonical([seed, scenario_sha256, policies])
    return sha256(b"detente-rehearsal-1\n" + told).digest()


class DerivedIds:
    """Ids that follow from what they are for."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def new(self, label: str) -> str:
        """Return the one id for `label`."""
        return hkdf(self._secret, f"id/{label}", SIZE).hex()


class DerivedSalts:
    """Salts that follow from what they are for."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def new(self, label: str) -> bytes:
        """Return the one salt for `label`."""
        return hkdf(self._secret, f"salt/{label}", SIZE)


def derived_signer(secret: bytes) -> Ed25519Signer:
    """Return the signer whose private key follows from the seed."""
    return Ed25519Signer(hkdf(secret, "key", KEY_SIZE))
