"""Scenarios as folders of TOML: read, checked whole, and listed."""

from exercise.adapters.scenario_files.library import Available, find, library
from exercise.adapters.scenario_files.papers import PaperGone, papers_of
from exercise.adapters.scenario_files.problems import Problem, ScenarioRefused
from exercise.adapters.scenario_files.reading import check, load

__all__ = [
    "Available",
    "PaperGone",
    "Problem",
    "ScenarioRefused",
    "check",
    "find",
    "library",
    "load",
    "papers_of",
]
