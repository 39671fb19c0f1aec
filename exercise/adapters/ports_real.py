"""The real clock and real randomness: the only module that reads either."""

import secrets
import time


class SystemClock:
    """This machine's UTC clock."""

    def now_ms(self) -> int:
        """Return UTC milliseconds."""
        return time.time_ns() // 1_000_000


class RandomIds:
    """Ids of 128 random bits."""

    def new(self, label: str) -> str:
        """Return a fresh id, whatever it is for."""
        del label
        return secrets.token_hex(16)


class RandomSalts:
    """Sixteen random bytes."""

    def new(self, label: str) -> bytes:
        """Return a fresh salt, whatever it is for."""
        del label
        return secrets.token_bytes(16)


def fresh_token() -> str:
    """Return a secret for a link or a session: 256 random bits, fit for a URL."""
    return secrets.token_urlsafe(32)
