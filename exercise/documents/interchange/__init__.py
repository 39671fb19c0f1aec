"""A record in the forms that other programs read; the names of people stay behind."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from exercise.documents.interchange.csv import csv_lines
from exercise.documents.interchange.stix import stix_lines
from exercise.documents.interchange.story import Story
from exercise.documents.interchange.xapi import xapi_lines

Writer: TypeAlias = Callable[[Story], Iterator[str]]

WRITERS: Mapping[str, Writer] = {
    "csv": csv_lines,
    "stix": stix_lines,
    "xapi": xapi_lines,
}

__all__ = ["WRITERS", "Story"]
