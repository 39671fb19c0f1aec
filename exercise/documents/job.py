"""How a report is ordered from a process of its own, which tells how far it is."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

_LINE = re.compile(r"(\d{1,3}) (\S.*)")
_ALL = 100

# What a job says on its way: percents and a message id.
READING = (5, "Reading the record")
SCORING = (15, "Working out the score")
WRITING = (40, "Writing the report")
DONE = (100, "The report is ready")
STEPS = (READING, SCORING, WRITING, DONE)

_LEFT_OUT = re.compile(r"left out: (.+), (\d+) of (\d+)")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a report is, in percents and in words, which are a message id."""

    percent: int
    words: str


Told: TypeAlias = Callable[[int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A report to be made from a record's file into another file.

    `review` is the address of a review page, for a page that is served beside it;
    `preview` asks for what the edition leaves out, one line a kind of thing.
    """

    record: Path
    output: Path
    form: str
    edition: str = "participants"
    language: str = "en"
    template: Path | None = None
    review: str = ""
    preview: bool = False


def command(order: Order) -> list[str]:
    """Return the program that makes a report, and prints its progress line by line."""
    more: list[str] = []
    if order.template is not None:
        more += ["--template", str(order.template)]
    if order.review:
        more += ["--review", order.review]
    if order.preview:
        more += ["--preview"]
    return [
        *(sys.executable, "-m", "exercise", "report", str(order.record)),
        *("--format", order.form, "--edition", order.edition),
        *("--language", order.language, "--output", str(order.output)),
        *("--progress", *more),
    ]


def progress(line: str) -> Progress | None:
    """Return what a line of a job's output says, or None if it is no progress."""
    match = _LINE.fullmatch(line.strip())
    if match is None or int(match[1]) > _ALL:
        return None
    return Progress(int(match[1]), match[2])


def omission(line: str) -> tuple[str, int, int] | None:
    """Return what a line of a job says is left out: kind, how many, of how many."""
    match = _LEFT_OUT.fullmatch(line.strip())
    return (match[1], int(match[2]), int(match[3])) if match else None


def line(percent: int, words: str) -> str:
    """Return a line as a job prints it."""
    return f"{percent} {words}"
