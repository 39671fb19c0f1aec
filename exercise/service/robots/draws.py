"""What a robot leaves to chance, drawn from the seed and from what it is about."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """Chance of one robot: the same seed and subject, the same draw, in any order."""

    def __init__(self, seed: int, delegation: str) -> None:
        self._root = f"{seed}/{delegation}/"

    def below(self, most: int, subject: str) -> int:
        """Return a number from 0 to `most` − 1 for `subject`."""
        digest = sha256((self._root + subject).encode()).digest()
        return int.from_bytes(digest[:8], "big") % most

    def choice(self, among: Sequence[T], subject: str) -> T:
        """Return one of `among` for `subject`."""
        return among[self.below(len(among), subject)]
