"""Puts a measurement into docs/performance.md, and its pictures beside the results."""

from bench import manual
from bench.gates import GATES
from bench.machine import machine, versions
from bench.table import Table

PAGE = manual.DOCS / "performance.md"
RESULTS = GATES.parent


def written(table: Table) -> None:
    """Put a table between its marks in the page, and write its pictures.

    Raises:
        ValueError: the page has no place for this table.
    """
    for name, bars in table.plots.items():
        (RESULTS / f"{name}.svg").write_text(bars.svg(), "utf-8")
    put(table.title, _chapter(table))


def put(title: str, text: str) -> None:
    """Replace what stands between the marks of a title."""
    marks = f"<!-- measured: {title} -->", f"<!-- end: {title} -->"
    manual.put(PAGE, marks, text)


def _chapter(table: Table) -> str:
    pictures = [
        f"![{bars.title}, {bars.unit}](../bench/results/{name}.svg)\n"
        for name, bars in table.plots.items()
    ]
    about = f"{machine()}. {versions()}.\n"
    return "\n".join([about, *table.lines, "", *pictures]).rstrip()
