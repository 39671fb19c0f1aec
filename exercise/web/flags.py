"""Rights flags as a page lists them: what each objects to, and how it was answered."""

from typing import TypeAlias

from exercise.domain.acts import INSTRUMENTS
from exercise.web.entries import EntryView
from exercise.web.frame import Frame

Json: TypeAlias = dict[str, object]


def objections(entries: list[EntryView]) -> list[EntryView]:
    """Return the acts of a stream that object to a measure or a request, in order."""
    return [
        view
        for view in entries
        if view.kind == "act_issued"
        and view.body
        and INSTRUMENTS[view.body["instrument"]].objects
    ]


def flags(frame: Frame, entries: list[EntryView]) -> list[Json]:
    """Return a row for each flag and each delegation that must answer it."""
    raised = objections(entries)
    replies = _replies(entries)
    ended = any(view.kind == "ended" for view in entries)
    parties = frame.book.parties
    return [
        {
            "entry": view.id,
            "by": parties.get(view.author.delegation),
            "to": parties[one],
            "about": view.body["about"],
            "title": view.body["about_title"],
            "answer": replies.get((one, view.id)),
            "unanswered": ended and (one, view.id) not in replies,
        }
        for view in raised
        for one in view.body["to"]
        if one in parties
    ]


def _replies(entries: list[EntryView]) -> dict[tuple[str, str], Json]:
    """Return the first answer in words of each delegation to each entry."""
    found: dict[tuple[str, str], Json] = {}
    for view in entries:
        if view.kind == "act_issued" and view.body and view.body["answers"]:
            key = (view.author.delegation, str(view.body["answers"]))
            said: Json = {
                "entry": view.id,
                "at_ms": view.at_ms,
                "late": bool(view.body["late"]),
            }
            found.setdefault(key, said)
    return found
