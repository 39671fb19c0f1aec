"""Attached files are there, inside the folder, and are what the author attached."""

from collections.abc import Iterator
from hashlib import sha256

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.problems import Problem, nearest
from exercise.domain.scenario import Attachment, Inject

# As much as an attachment may say it has.
LARGEST = 20_000_000


def rule(draft: Draft) -> Iterator[Problem]:
    """Yield attachments that are missing or were changed since."""
    for inject in draft.scenario.injects:
        for index, one in enumerate(inject.attachments, 1):
            yield from _attachment(draft, inject, f"attachments[{index}]", one)


def _attachment(
    draft: Draft, inject: Inject, key: str, one: Attachment
) -> Iterator[Problem]:
    root = draft.folder.path.resolve()
    path = (root / one.file).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        there = [
            str(file.relative_to(root)) for file in root.rglob("*") if file.is_file()
        ]
        message = "there is no file {name} in the scenario's folder"
        near = nearest(one.file, there)
        yield draft.problem(inject, f"{key}.file", message, near, name=one.file)
        return
    actual = path.stat().st_size
    if actual != one.bytes:
        message = "the file has {actual} bytes"
        yield draft.problem(inject, f"{key}.bytes", message, actual=actual)
    if actual > LARGEST:
        return  # no attachment; not even read
    digest = sha256(path.read_bytes()).hexdigest()
    if digest != one.sha256:
        message = "the file's SHA-256 is {actual}"
        yield draft.problem(inject, f"{key}.sha256", message, actual=digest)
