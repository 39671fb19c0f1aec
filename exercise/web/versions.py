"""Earlier versions: of a draft that a delegation shares, and of a joint text."""

import json
from collections.abc import Mapping
from typing import TypeAlias

from exercise.domain.wall import iso
from exercise.service.drafts import DraftVersion, Place
from exercise.web.entries import EntryView
from exercise.web.frame import Frame
from exercise.web.services import services
from exercise.web.written import written

Json: TypeAlias = dict[str, object]


def draft_versions(frame: Frame, key: str) -> list[Json]:
    """Return a draft's versions as people read them, the newest first."""
    where = Place(frame.exercise, frame.member.delegation)
    found = services().directory.draft_versions(where, key)
    return [_draft(frame, one) for one in found]


def _draft(frame: Frame, one: DraftVersion) -> Json:
    form, values = _written(one.body)
    lines = written(frame, form, values)
    return {
        "number": one.number,
        "by": frame.state.name_of(one.member),
        "mine": one.member == frame.member.id,
        "wall": iso(one.wall_ms),
        "lines": lines,
        "words": "\n\n".join(text for _, text in lines),
        "body": one.body,
    }


def _written(body: str) -> tuple[str, Mapping[str, object]]:
    """Return form and values of a draft; nothing of what a client made up."""
    try:
        told = json.loads(body)
    except ValueError:
        return "", {}
    if not isinstance(told, dict):
        return "", {}
    values = told.get("values")
    return str(told.get("form", "")), values if isinstance(values, dict) else {}


def text_versions(stream: list[EntryView], text: str) -> list[Json]:
    """Return every version of a joint text that a stream holds, the newest first."""
    found: dict[int, Json] = {}
    for view in stream:
        state = (view.body or {}).get("state")
        if not isinstance(state, dict) or text not in {state.get("text"), view.id}:
            continue
        version = state.get("version")
        if isinstance(version, int):
            before = found.get(version - 1)
            found.setdefault(version, _version(view, state, before))
    return list(found.values())[::-1]


def _version(view: EntryView, state: Json, before: Json | None) -> Json:
    return {
        "number": state["version"],
        "by": view.author.delegation,
        "at_ms": view.at_ms,
        "wall": view.wall,
        "title": state["title"],
        "words": state["body"],
        "before": before["words"] if before else None,
        "remark": view.body.get("remark", ""),
    }
