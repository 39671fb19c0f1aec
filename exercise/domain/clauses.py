"""A joint text's clauses: its numbered lines or its paragraphs, counted from 1."""

from re import MULTILINE
from re import compile as pattern

# A blank line, or a line that begins with its number.
_PARTS = pattern(r"\n[ \t]*\n\s*|\n(?=[ \t]*\d{1,3}\.[ \t])")
_NUMBER = pattern(r"\A\d{1,3}\.[ \t]+")
_NUMBERED = pattern(r"\A\s*1\.[ \t]", MULTILINE)


def clauses_of(body: str) -> tuple[str, ...]:
    """Return the clauses of a text, without what parts or numbers them."""
    parts = (one.strip() for one in _PARTS.split(body.replace("\r\n", "\n").strip()))
    return tuple(_NUMBER.sub("", part) for part in parts if part)


def with_clause(body: str, clause: int, words: str) -> str:
    """Return a text whose `clause` reads as `words`; one past the last is added."""
    changed = list(clauses_of(body))
    changed[clause - 1 : clause] = [words.strip()]
    if _NUMBERED.match(body):
        return "\n".join(f"{n}. {one}" for n, one in enumerate(changed, 1))
    return "\n\n".join(changed)
