"""A joint text's clauses: its paragraphs, counted from 1."""

from re import compile as pattern

_BLANK_LINES = pattern(r"\n[ \t]*\n\s*")


def clauses_of(body: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, without what parts them."""
    parts = _BLANK_LINES.split(body.replace("\r\n", "\n").strip())
    return tuple(part.strip() for part in parts if part.strip())


def with_clause(body: str, clause: int, words: str) -> str:
    """Return a text whose `clause` reads as `words`; one past the last is added."""
    before = list(clauses_of(body))
    before[clause - 1 : clause] = [words.strip()]
    return "\n\n".join(before)
