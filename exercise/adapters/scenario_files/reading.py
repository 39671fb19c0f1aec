"""Read a scenario's folder whole, or say everything that is wrong with it."""

from pathlib import Path

from pydantic import ValidationError

from exercise.adapters.scenario_files.draft import draft_of
from exercise.adapters.scenario_files.folder import read_folder
from exercise.adapters.scenario_files.papers import with_types
from exercise.adapters.scenario_files.problems import Problem, ScenarioRefused
from exercise.adapters.scenario_files.rules import RULES
from exercise.adapters.scenario_files.validate import scenario_of, shape_problems
from exercise.domain.scenario import Scenario


def load(folder: Path) -> Scenario:
    """Return the scenario in `folder`, or raise `ScenarioRefused` with all problems.

    What is only a warning does not keep a scenario from being played.
    """
    scenario, problems = _read(folder)
    if scenario is None or any(not one.warning for one in problems):
        raise ScenarioRefused(tuple(problems))
    return scenario


def check(folder: Path) -> list[Problem]:
    """Return every problem and warning of a scenario, in the order of its files."""
    return _read(folder)[1]


def _read(path: Path) -> tuple[Scenario | None, list[Problem]]:
    folder = read_folder(path)
    problems = list(folder.problems)
    scenario: Scenario | None = None
    fault: ValidationError | None = None
    try:
        scenario = scenario_of(folder.table)
    except ValidationError as error:
        fault = error
        problems.extend(shape_problems(folder, error))
    draft = draft_of(folder, fault)
    for rule in RULES:
        problems.extend(rule(draft))
    if scenario is not None:
        scenario = with_types(scenario, folder.drawer)
    return scenario, sorted(_once(problems), key=_order)


def _once(problems: list[Problem]) -> list[Problem]:
    """Return the problems without repetition: one reason a key is said once."""
    once = {(one.file, one.key, one.reason): one for one in problems}
    return list(once.values())


def _order(problem: Problem) -> tuple[bool, str]:
    """Sort by file, the scenario's own first; within a file as they were found."""
    return problem.file != "scenario.toml", problem.file
