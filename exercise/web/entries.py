"""Stored entries as clients get them: the contract's JSON, html by our partials."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson
from jinja2 import Template, TemplateNotFound

from exercise.domain.acts import INSTRUMENTS
from exercise.domain.identity import EVALUATORS, FACILITATORS, OBSERVERS, ROOM
from exercise.domain.scenario import Scenario
from exercise.domain.wall import iso
from exercise.service.names import Namebook
from exercise.service.ports import StoredEntry
from exercise.words import environment, words_in

LOG = logging.getLogger(__name__)

Badge: TypeAlias = dict[str, object]
Glossary: TypeAlias = dict[str, Any]

# Rendered rows are kept until there are this many; a hall hears each at once.
MOST_KEPT = 4096
DESKS: Mapping[str, str] = {
    FACILITATORS: "facilitator",
    EVALUATORS: "facilitator",
    OBSERVERS: "observer",
    ROOM: "room",
}
REDACTED = "redacted"
ALIKE = frozenset({"act_issued"})
STAFF = frozenset({EVALUATORS, FACILITATORS})
ROW_GOES = ' hx-swap-oob="afterbegin:#timeline"'
ROW_ENDS = "</span></li>"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who an entry appears from, with the name in force at that entry."""

    member: str
    delegation: str
    seat: str
    seat_title: str
    name: str


@dataclass(frozen=True)
class EntryView:
    """An entry as templates read it; `position` is 0 in what is kept.

    `body` holds the event's fields, None once they are gone.
    """

    id: str
    kind: str
    at_ms: int
    wall: str
    author: Signature
    audience: tuple[str, ...]
    subject: str
    body: Any
    position: int = 0
    exercise: str = ""

    @property
    def partial(self) -> str:
        """Return the name of the partial that prints this entry."""
        return self.kind if self.body is not None else REDACTED


def _alike(stored: StoredEntry) -> bool:
    """Tell whether facilitators see just the row that the delegations see."""
    return stored.kind in ALIKE and stored.body is not None


def staff_row(html: str, audience: tuple[str, ...]) -> str:
    """Return a facilitators' row, cut out of what a delegation reads.

    Every answer is shown on both desks at once, and the rows differ only in that
    the facilitators' says who got it.
    """
    row = html[: html.index(ROW_ENDS) + len(ROW_ENDS)]
    got_by = " ".join(one for one in audience if one not in STAFF)
    return row.replace(ROW_GOES, f' data-audience="{got_by}"{ROW_GOES}', 1)


def badge(scenario: Scenario) -> dict[str, Badge]:
    """Return each delegation's badge by its id."""
    return {
        one.id: {
            "id": one.id,
            "name": one.name,
            "short": one.short,
            "shape": one.shape,
            "colour": one.colour,
            "kind": one.kind,
        }
        for one in scenario.delegations
    }


def glossary(scenario: Scenario) -> Glossary:
    """Return the titles of what entries name by id, and nothing that is secret."""
    return {
        "seats": {
            one.id: {seat.id: seat.title for seat in one.seats}
            for one in scenario.delegations
        },
        "topics": {
            one.id: {
                "title": one.title,
                "values": {value.id: value.title for value in one.values},
            }
            for one in scenario.topics
        },
        "hypotheses": {one.id: one.title for one in scenario.hypotheses},
        "treaties": {one.id: one.title for one in scenario.treaties},
        "standing": {one.id: dict(one.standing) for one in scenario.treaties},
        "phases": {one.id: one.title for one in scenario.phases},
        "rated": _rated(scenario),
        "terms": {
            one.id: {"title": one.title, "body": one.body} for one in scenario.terms
        },
        "explained": {
            **{one.id: list(one.terms) for one in scenario.items},
            **{one.id: list(one.terms) for one in scenario.injects},
        },
    }


def _rated(scenario: Scenario) -> dict[str, str]:
    """Return what evaluators rate, by id: objectives, their tasks, notes to reword."""
    return {
        **{one.id: one.title for one in scenario.objectives},
        **{one.id: one.title for goal in scenario.objectives for one in goal.tasks},
        **{one.id: one.title for one in scenario.translations},
    }


class Book:
    """One exercise's entries as they are shown: its badges, titles and names."""

    def __init__(self, scenario: Scenario, names: Namebook, exercise: str = "") -> None:
        self.scenario = scenario
        self.exercise = exercise
        self.names = names
        self.parties = badge(scenario)
        self.glossary = glossary(scenario)
        self._kept: dict[tuple[str, str, str], str] = {}

    def forget(self) -> None:
        """Throw rendered rows away: something in them may be gone for good."""
        self._kept.clear()

    def view(self, stored: StoredEntry, language: str, position: int = 0) -> EntryView:
        """Return an entry as templates read it."""
        body = None if stored.body is None else orjson.loads(stored.body)
        subject = str(body.get("member", "")) if body else ""
        return EntryView(
            id=stored.id,
            kind=stored.kind,
            at_ms=stored.at_ms,
            wall=iso(stored.wall_ms),
            author=self._signature(stored, language),
            audience=stored.audience,
            subject=self._name(subject, stored.seq, language),
            body=body,
            position=position or stored.position,
            exercise=self.exercise,
        )

    def html(self, stored: StoredEntry, desk: str, language: str) -> str:
        """Return an entry's fragments for a desk, rendered once."""
        key = (stored.id, desk, language)
        kept = self._kept.get(key)
        if kept is None:
            said = self._kept.get((stored.id, "delegation", language))
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            if said and desk == "facilitator" and _alike(stored):
                kept = staff_row(said, stored.audience)
            else:
                kept = self._render(stored, desk, language)
            self._kept[key] = kept
        return kept

    def json(
        self, stored: StoredEntry, audience: str, position: int, voice: tuple[str, bool]
    ) -> bytes:
        """Return an entry as it is sent to an audience."""
        language, with_html = voice
        signature = self._signature(stored, language)
        told: dict[str, object] = {
            "id": stored.id,
            "position": position,
            "at_ms": stored.at_ms,
            "wall": iso(stored.wall_ms),
            "kind": stored.kind,
            "author": {
                "member": signature.member,
                "delegation": signature.delegation,
                "seat": signature.seat,
                "name": signature.name,
            },
            "audience": audience,
            "body": None if stored.body is None else orjson.Fragment(stored.body),
            "html": "",
        }
        if with_html:
            desk = DESKS.get(audience, "delegation")
            told["html"] = self.html(stored, desk, language)
        return orjson.dumps(told)

    def _render(self, stored: StoredEntry, desk: str, language: str) -> str:
        view = self.view(stored, language)
        try:
            return partial(view.partial, language).render(
                entry=view,
                desk=desk,
                part="",
                parties=self.parties,
                glossary=self.glossary,
                instruments=INSTRUMENTS,
            )
        except Exception:  # one entry that cannot be printed must not stop the rest
            LOG.exception("The partial of %s failed", view.partial)
            return ""

    def _signature(self, stored: StoredEntry, language: str) -> Signature:
        author = stored.author
        seats = self.glossary["seats"].get(author.delegation, {})
        return Signature(
            author.member,
            author.delegation,
            author.seat,
            seats.get(author.seat, ""),
            self._name(author.member, stored.seq, language),
        )

    def _name(self, member: str, seq: int, language: str) -> str:
        name = self.names.at(member, seq) if member else ""
        return words_in(language).gettext("(erased)") if name is None else name


def partial(kind: str, language: str) -> Template:
    """Return the partial of a kind; an empty one where a kind has none."""
    pages = environment(language)
    try:
        return pages.get_template(f"timeline/{kind}.html")
    except TemplateNotFound:
        return pages.from_string("")
