"""Pages of the manual, and what programs write into them between two marks."""

from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
SCORING = DOCS / "scoring.md"


def put(page: Path, marks: tuple[str, str], text: str) -> None:
    """Replace what stands between two marks of a page.

    Raises:
        ValueError: the page has no such marks.
    """
    begin, end = marks
    before, found, rest = page.read_text("utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{page.name} has no {begin} … {end}")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8")


def marks_of(name: str) -> tuple[str, str]:
    """Return the lines between which the score's page keeps what `name` found."""
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
