"""What is written in a form, as people read it: no name or value of a program."""

from collections.abc import Mapping
from typing import TypeAlias

from exercise.domain.acts import INSTRUMENTS, FieldSpec
from exercise.web.frame import Frame
from exercise.web.language import words

Lines: TypeAlias = list[tuple[str, str]]
Told: TypeAlias = Mapping[str, str]

# What the fields of forms are called that are no instrument's.
LABELS: Told = {
    "title": "Title",
    "body": "Text",
    "text": "Text",
    "accuses": "Attributes",
    "confidence": "Confidence",
    "silence": "Silence",
    "vote": "Vote",
    "majority": "Majority",
    "quorum": "Quorum",
    "multistakeholder": "Needs a state, a company and civil society",
    "binding": "Binding once adopted",
    "due": "Due in",
    "citations": "Citations",
    "clause": "Clause",
    "remark": "What you changed",
    "reason": "Reason",
    "reservation": "Reservation",
    "conclusion": "Conclusion",
    "item": "Item",
    "basis": "On what basis",
}
MINUTES = frozenset({"silence", "vote", "due"})
# A form's own bookkeeping, which its writer never sees.
UNSEEN = frozenset({"forum"})
SHOWN = 24


def written(frame: Frame, form: str, values: Mapping[str, object]) -> Lines:
    """Return a form's filled fields, each under its label; odd values are left out."""
    spec = INSTRUMENTS.get(form)
    known = {one.name: one for one in spec.fields} if spec else {}
    lines: Lines = []
    for name, value in list(values.items())[:SHOWN]:
        if name not in UNSEEN:
            lines += _field(frame, str(name), known.get(str(name)), value)
    return [(label, text) for label, text in lines if text]


def _field(frame: Frame, name: str, spec: FieldSpec | None, value: object) -> Lines:
    if isinstance(value, dict):
        return _table(frame, value)
    known = spec.label if spec else LABELS.get(name, "")
    if not known:
        return []
    label = words().gettext(known)
    if spec and spec.shape == "entries" and isinstance(value, list):
        count = words().ngettext("%(n)d entry", "%(n)d entries", len(value))
        return [(label, count)]
    timed = spec.shape == "minutes" if spec else name in MINUTES
    if timed and isinstance(value, int) and not isinstance(value, bool):
        return [(label, words().ngettext("%(n)d minute", "%(n)d minutes", value))]
    return [(label, _said(value, _titles(frame, name, spec)))]


def _table(frame: Frame, value: Mapping[object, object]) -> Lines:
    """Return claims by topic, or a belief by hypothesis, as lines of their own."""
    topics = frame.book.glossary["topics"]
    guesses = frame.book.glossary["hypotheses"]
    lines: Lines = []
    for key, one in value.items():
        if key in topics and isinstance(one, str):
            lines.append((topics[key]["title"], topics[key]["values"].get(one, "")))
        elif key in guesses and isinstance(one, int):
            lines.append((guesses[key], f"{one} %"))
    return lines


def _titles(frame: Frame, name: str, spec: FieldSpec | None) -> Told | None:
    """Return what the values of a field are called; of free words, nothing."""
    if spec is None:
        return _own_titles(frame, name)
    match spec.shape:
        case "choice":
            return {value: words().gettext(text) for value, text in spec.choices}
        case "treaty":
            return dict(frame.book.glossary["treaties"])
        case "delegation":
            return {id_: str(one["name"]) for id_, one in frame.book.parties.items()}
        case _:
            return None


def _own_titles(frame: Frame, name: str) -> Told | None:
    """Return what the values of a field are called that is no instrument's."""
    say = words().gettext
    match name:
        case "accuses":
            return dict(frame.book.glossary["hypotheses"])
        case "confidence":
            return {one: say(one) for one in ("low", "moderate", "high")}
        case "majority":
            return {"simple": say("simple"), "two_thirds": say("two thirds")}
        case "item":
            return _held(frame)
        case _:
            return None


def _held(frame: Frame) -> Told:
    """Return the titles of the items that the delegation holds, and of no other."""
    state, here = frame.state, frame.member.delegation
    items = state.scenario.items
    return {one.id: one.title for one in items if (one.id, here) in state.holdings}


def _said(value: object, titles: Told | None) -> str:
    match value:
        case str():
            return value if titles is None else titles.get(value, "")
        case bool():
            return words().gettext("yes") if value else ""
        case int():
            return str(value)
        case list():
            return ", ".join(one for one in value if isinstance(one, str))
        case _:
            return ""
