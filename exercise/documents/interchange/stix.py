"""What was reported and said in public as a STIX 2.1 bundle, marked as an exercise."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from exercise.documents.interchange.story import Story
from exercise.domain import events as e
from exercise.domain.moment import Recorded
from exercise.domain.report import sentence
from exercise.domain.scenario import said
from exercise.domain.wall import iso

Json: TypeAlias = dict[str, object]

EXERCISE = "EXERCISE EXERCISE EXERCISE. Fiction for training; no real threat or actor."
LABELS = ["exercise"]
# The marking definitions that STIX 2.1 itself fixes; the stricter amber is said in
# words beside its nearest fixed one.
TLP = {
    "CLEAR": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "GREEN": "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
    "AMBER": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "AMBER+STRICT": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "RED": "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
}
CLASSES = {"state": "organization", "company": "organization"}


@dataclass(frozen=True, slots=True)
class _Paper:
    """One thing that was reported or said: by whom, under which label, in words."""

    entry: Recorded
    title: str
    text: str
    tlp: str


def stix_lines(story: Story) -> Iterator[str]:
    """Yield the bundle, as the lines of one indented JSON text."""
    papers = [one for entry in story.told() for one in _papers(entry)]
    began = iso(story.entries[0].wall_ms)
    ended = iso(story.entries[-1].wall_ms)
    notes = [_note(story, one) for one in papers]
    parties = [_identity(story, one, began) for one in story.names]
    report = _report(story, began, ended, [one["id"] for one in (*parties, *notes)])
    objects = [
        _marking(story, began),
        _platform(story, began),
        *parties,
        *notes,
        report,
    ]
    bundle = {"type": "bundle", "id": f"bundle--{story.uuid('bundle')}"}
    text = json.dumps(
        {**bundle, "objects": objects}, ensure_ascii=False, indent=1, sort_keys=True
    )
    yield from text.splitlines(keepends=True)
    yield "\n"


def _papers(entry: Recorded) -> Iterator[_Paper]:
    match entry.event:
        case e.InjectReleased(title=title, body=body, tlp=tlp):
            yield _Paper(entry, said(title), said(body), tlp)
        case e.ItemShared(title=title, body=body, tlp=tlp):
            yield _Paper(entry, title, said(body), tlp)
        case e.ActIssued(public=True, fields=fields) as act:
            text = "\n".join(
                str(one) for one in fields.values() if isinstance(one, str)
            )
            title = sentence(act, entry.author.delegation).english
            yield _Paper(entry, title, text or title, "CLEAR")
        case _:
            pass


def _common(story: Story, kind: str, made: str, *parts: str) -> Json:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": f"{kind}--{story.uuid(kind, *parts)}",
        "created": made,
        "modified": made,
        "created_by_ref": f"identity--{story.uuid('identity', '')}",
        "labels": LABELS,
        "object_marking_refs": [_marking_id(story)],
    }


def _marking_id(story: Story) -> str:
    return f"marking-definition--{story.uuid('marking')}"


def _marking(story: Story, made: str) -> Json:
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": _marking_id(story),
        "created": made,
        "definition_type": "statement",
        "definition": {"statement": EXERCISE},
    }


def _platform(story: Story, made: str) -> Json:
    """Return the identity that stands behind everything here: the exercise itself."""
    whole = _common(story, "identity", made, "")
    del whole["created_by_ref"]
    return {**whole, "name": f"EXERCISE {story.title}", "identity_class": "system"}


def _identity(story: Story, delegation: str, made: str) -> Json:
    kinds = {one.id: one.kind for one in story.scenario.delegations}
    return {
        **_common(story, "identity", made, delegation),
        "name": f"EXERCISE {story.names[delegation]}",
        "description": EXERCISE,
        "identity_class": CLASSES.get(kinds[delegation], "group"),
    }


def _note(story: Story, paper: _Paper) -> Json:
    entry, labels = paper.entry, []
    if paper.tlp in TLP:
        labels.append(TLP[paper.tlp])
    by = entry.author.delegation
    about = (
        [by] if by in story.names else [x for x in entry.audience if x in story.names]
    )
    label = f"TLP:{paper.tlp}\n" if paper.tlp else ""
    return {
        **_common(story, "note", iso(entry.wall_ms), entry.id),
        "abstract": f"EXERCISE {paper.title}",
        "content": f"{EXERCISE}\n{label}\n{paper.text}",
        "authors": [story.names[by]] if by in story.names else ["Exercise control"],
        "object_refs": [
            f"identity--{story.uuid('identity', one)}" for one in about or [""]
        ],
        "object_marking_refs": [_marking_id(story), *labels],
    }


def _report(story: Story, began: str, ended: str, refs: list[object]) -> Json:
    return {
        **_common(story, "report", began),
        "modified": ended,
        "name": f"EXERCISE {story.title}",
        "description": f"{EXERCISE}\n{said(story.scenario.summary)}",
        "published": ended,
        "object_refs": refs,
    }
