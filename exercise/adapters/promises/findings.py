"""A promise that does not hold: which one, where, and what was expected."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One promise broken; `entry` is its number in the record, 0 where none is meant.

    `expected` says in words what should have been found there.
    """

    invariant: str
    exercise: str
    entry: int
    expected: str

    def __str__(self) -> str:
        """Return the finding as one line."""
        where = f" entry {self.entry}" if self.entry else ""
        return f"{self.invariant} {self.exercise}{where}: {self.expected}"
