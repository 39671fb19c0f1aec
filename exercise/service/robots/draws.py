"""What a robot leaves to chance, drawn from the seed and from what it is about."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """Chance of one robot: the same seed and subject, the same draw, in any order."""

    def __init__(self, seed: int, delegation: str) -> None:
        self._root = f"{seed}/{delegation}/"
        self._seed, self._own = seed, delegation

    def below(self, most: int, subject: str) -> int:
        """Return a number from 0 to `most` − 1 for `subject`."""
        digest = sha256((self._root + subject).encode()).digest()
        return int.from_bytes(digest[:8], "big") % most

    def turn(self, most: int, subject: str) -> int:
        """Return a number from 0 to `most` − 1 that goes up by one with the seed.

        Over `most` seeds in a row each of them comes once.
        """
        digest = sha256(f"{self._own}/{subject}".encode()).digest()
        return (int.from_bytes(digest[:8], "big") + self._seed) % most

    def choice(self, among: Sequence[T], subject: str) -> T:
        """Return one of `among` for `subject`."""
        return among[self.below(len(among), subject)]
