"""The names a report gives to marks, verdicts, roles and instruments."""

from dataclasses import dataclass

from exercise.domain.acts import INSTRUMENTS
from exercise.domain.report import Aar
from exercise.domain.scoring import TITLES
from exercise.words import Words


@dataclass(frozen=True, slots=True)
class Titles:
    """Names in one language, by what they name."""

    edition: str
    timeline: str
    marks: dict[str, str]
    verdicts: dict[str, str]
    rulings: dict[str, str]
    roles: dict[str, str]
    indicators: dict[str, str]
    instruments: dict[str, str]


def titles(words: Words, report: Aar) -> Titles:
    """Return the names that a report in this language uses."""
    said = words.gettext
    return Titles(
        edition=_edition(words, report),
        timeline=_timeline(words, report),
        marks={
            "": said("not marked"),
            "yes": said("yes"),
            "partly": said("partly"),
            "no": said("no"),
        },
        verdicts={
            "met": said("by the target"),
            "partly": said("by the deadline"),
            "missed": said("too late or not at all"),
        },
        rulings={
            "substantive": said("substantive"),
            "not_substantive": said("not substantive"),
            "excluded": said("excluded"),
            "platform_late": said("late by a fault of the platform"),
        },
        roles={
            "delegate": said("Delegates"),
            "facilitator": said("Facilitators"),
            "evaluator": said("Evaluators"),
            "trainer": said("Trainers"),
            "observer": said("Observers"),
            "room": said("Room displays"),
        },
        indicators=TITLES,
        instruments={one.id: one.title for one in INSTRUMENTS.values()},
    )


def _edition(words: Words, report: Aar) -> str:
    match report.edition:
        case "participants":
            return words.gettext("For participants")
        case "full":
            return words.gettext("Full edition, with names and notes")
        case "anonymous":
            return words.gettext("Anonymous, letters stand for delegations")
        case "delegation":
            return words.gettext("For %(who)s only", who=report.delegation)


def _timeline(words: Words, report: Aar) -> str:
    if any(one.pinned for one in report.timeline):
        return words.gettext("Table A-1. Entries that were pinned for the report.")
    return words.gettext(
        "Table A-1. Entries chosen by weight, as none were pinned for the report."
    )
