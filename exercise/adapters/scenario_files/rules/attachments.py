"""Attached files are there, inside the folder, and are what the author attached."""

from collections.abc import Iterator

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.papers import Found
from exercise.adapters.scenario_files.problems import Problem, nearest
from exercise.domain.scenario import LARGEST_FILE, Attachment, Delegation, Inject, Item

Part = Delegation | Inject | Item


def rule(draft: Draft) -> Iterator[Problem]:
    """Yield attachments that are missing, changed since, or no PDF and no PNG."""
    scenario = draft.scenario
    parts: tuple[Part, ...] = (
        *scenario.delegations, *scenario.injects, *scenario.items
    )  # fmt: skip
    for part in parts:
        for index, one in enumerate(part.attachments, 1):
            yield from _attachment(draft, part, f"attachments[{index}]", one)


def _attachment(
    draft: Draft, part: Part, key: str, one: Attachment
) -> Iterator[Problem]:
    if not one.alt:
        message = "say what the file shows to whoever cannot see it"
        yield draft.problem(part, f"{key}.alt", message)
    found = draft.folder.drawer.find(one.file)
    if found is None:
        message = "there is no file {name} in the scenario's folder"
        near = nearest(one.file, draft.folder.drawer.names())
        yield draft.problem(part, f"{key}.file", message, near, name=one.file)
        return
    if found.bytes > LARGEST_FILE:
        message = "the file has {actual} bytes; {most} are the most"
        values = {"actual": found.bytes, "most": LARGEST_FILE}
        yield draft.problem(part, f"{key}.file", message, **values)
        return  # no attachment; not even read
    yield from _content(draft, part, key, one, found)


def _content(
    draft: Draft, part: Part, key: str, one: Attachment, found: Found
) -> Iterator[Problem]:
    """Yield what the file itself says differently."""
    if found.bytes != one.bytes:
        message = "the file has {actual} bytes"
        yield draft.problem(part, f"{key}.bytes", message, actual=found.bytes)
    if found.sha256 != one.sha256:
        message = "the file's SHA-256 is {actual}"
        yield draft.problem(part, f"{key}.sha256", message, actual=found.sha256)
    if not found.type:
        message = "the file is no whole PDF and no whole PNG, whatever its name says"
        yield draft.problem(part, f"{key}.file", message)
    elif one.type and one.type != found.type:
        message = "the file is a {actual}; leave the type out"
        yield draft.problem(part, f"{key}.type", message, actual=found.type)
