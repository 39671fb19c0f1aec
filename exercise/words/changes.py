"""What differs between two wordings of a clause, word by word."""

from collections.abc import Iterator
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Return the words of both in order: (`same`, `gone` or `new`, the words)."""
    return list(_changes(before.split(), after.split()))


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for how, start, end, first, last in matcher.get_opcodes():
        if how == "equal":
            yield SAME, " ".join(old[start:end])
            continue
        if end > start:
            yield GONE, " ".join(old[start:end])
        if last > first:
            yield NEW, " ".join(new[first:last])
