"""What must hold between the parts of a scenario; each rule yields its problems."""

from collections.abc import Callable, Iterator

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.problems import Problem
from exercise.adapters.scenario_files.rules import (
    attachments,
    branches,
    harm,
    home,
    injects,
    languages,
    names,
    numbers,
    references,
    timing,
)

RULES: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    names.rule,
    languages.rule,
    references.rule,
    injects.rule,
    timing.rule,
    numbers.rule,
    branches.rule,
    harm.rule,
    home.rule,
    attachments.rule,
)
