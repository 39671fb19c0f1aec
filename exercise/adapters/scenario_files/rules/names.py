"""Ids are used once, and texts speak the scenario's languages."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.problems import Problem
from exercise.domain.scenario import Said
from exercise.domain.scoring.spec import WEIGHTS

_LISTS = (
    "phases",
    "delegations",
    "hypotheses",
    "topics",
    "items",
    "probes",
    "consultations",
    "citations",
    "texts",
    "assistance",
    "treaties",
    "dependencies",
    "terms",
    "translations",
    "meters",
    "objectives",
    "injects",
)


def rule(draft: Draft) -> Iterator[Problem]:
    """Yield what is named twice, and texts in languages that are not offered."""
    for kind in _LISTS:
        yield from _twice(draft, getattr(draft.scenario, kind), "id")
    yield from _twice(draft, draft.scenario.injects, "number")
    for delegation in draft.scenario.delegations:
        yield from _repeated(
            draft, delegation, "seats", [one.id for one in delegation.seats]
        )
    for topic in draft.scenario.topics:
        yield from _repeated(draft, topic, "values", [one.id for one in topic.values])
    yield from _tasks(draft)
    yield from _badges(draft)
    yield from _languages(draft)


def _twice(draft: Draft, parts: tuple[object, ...], key: str) -> Iterator[Problem]:
    counts = Counter(getattr(one, key) for one in parts)
    for one in parts:
        value = getattr(one, key)
        if counts[value] > 1:
            yield draft.problem(one, key, "{value} is used more than once", value=value)


def _tasks(draft: Draft) -> Iterator[Problem]:
    """A rating names its subject by id alone, whatever objective it belongs to."""
    objectives = draft.scenario.objectives
    counts = Counter(one.id for one in objectives)
    counts.update(task.id for one in objectives for task in one.tasks)
    counts.update(one.id for one in draft.scenario.translations)
    counts.update(WEIGHTS.keys())
    for one in draft.scenario.translations:
        if counts[one.id] > 1:
            yield draft.problem(
                one, "id", "{value} is used more than once", value=one.id
            )
    for objective in objectives:
        for task in objective.tasks:
            if counts[task.id] > 1:
                message = "{value} is used more than once"
                yield draft.problem(objective, "tasks", message, value=task.id)


def _repeated(
    draft: Draft, part: object, key: str, words: list[str]
) -> Iterator[Problem]:
    for word, count in Counter(words).items():
        if count > 1:
            yield draft.problem(part, key, "{value} is used more than once", value=word)


def _badges(draft: Draft) -> Iterator[Problem]:
    """Two delegations with one shape and colour could not be told apart."""
    counts = Counter((one.shape, one.colour) for one in draft.scenario.delegations)
    for one in draft.scenario.delegations:
        if counts[one.shape, one.colour] > 1:
            message = "another delegation has the same shape and colour"
            yield draft.problem(one, "shape", message)


def _languages(draft: Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    yield from _text(draft, scenario, "summary", scenario.summary)
    for kind in ("delegations", "items", "texts", "terms", "injects"):
        for part in getattr(scenario, kind):
            if is_dataclass(part):
                for one in fields(part):
                    yield from _text(draft, part, one.name, getattr(part, one.name))
                yield from _shown(draft, part)
    for inject in scenario.injects:
        for name, variant in (inject.variants or {}).items():
            key = f"variants.{name}"
            yield from _text(draft, inject, f"{key}.title", variant.title)
            yield from _text(draft, inject, f"{key}.body", variant.body)


def _shown(draft: Draft, part: object) -> Iterator[Problem]:
    """Yield what is wrong with the words that stand for a picture."""
    for index, one in enumerate(getattr(part, "attachments", ()), 1):
        yield from _text(draft, part, f"attachments[{index}].alt", one.alt)


# Fields that hold text by language; other tables have keys of their own.
_SAID = frozenset({"summary", "title", "body", "brief", "alt"})


def _text(draft: Draft, part: object, key: str, text: Said) -> Iterator[Problem]:
    if not isinstance(text, dict) or key.rpartition(".")[2] not in _SAID:
        return
    languages = draft.scenario.languages
    yield from draft.strange(part, key, "languages", text, languages)
    if languages[0] not in text:
        message = "has no text in the first language, {language}"
        yield draft.problem(part, key, message, language=languages[0])
