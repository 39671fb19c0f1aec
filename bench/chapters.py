"""Puts a measurement into docs/performance.md, and its pictures beside the results."""

from pathlib import Path

from bench.gates import GATES
from bench.machine import machine, versions
from bench.table import Table

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/performance.md"
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
    begins, ends = f"<!-- measured: {title} -->", f"<!-- end: {title} -->"
    page = PAGE.read_text("utf-8")
    start, stop = page.index(begins) + len(begins), page.index(ends)
    PAGE.write_text(f"{page[:start]}\n{text}\n{page[stop:]}", "utf-8")


def _chapter(table: Table) -> str:
    pictures = [
        f"![{bars.title}, {bars.unit}](../bench/results/{name}.svg)\n"
        for name, bars in table.plots.items()
    ]
    about = f"{machine()}. {versions()}.\n"
    return "\n".join([about, *table.lines, "", *pictures]).rstrip()
