"""What an edition of a report leaves out, counted before anybody hands it on."""

from collections.abc import Callable
from dataclasses import dataclass

from exercise.domain.report import Aar
from exercise.words import Words

Count = Callable[[Aar], int]


@dataclass(frozen=True, slots=True)
class Omission:
    """How many of one kind of thing an edition leaves out, of how many there are."""

    kind: str
    title: str
    left_out: int
    of: int


def left_out(words: Words, full: Aar, edition: Aar) -> tuple[Omission, ...]:
    """Return what an edition has not that the full one has, kind by kind.

    Both are made from the same record; a kind that loses nothing is told too.
    """
    titles = _titles(words)
    found = [
        Omission(kind, titles[kind], count(full) - count(edition), count(full))
        for kind, count in _COUNTS.items()
    ]
    named = len(full.parties) if edition.edition == "anonymous" else 0
    found.append(
        Omission("delegations", titles["delegations"], named, len(full.parties))
    )
    return tuple(found)


def _titles(words: Words) -> dict[str, str]:
    said = words.gettext
    return {
        "names": said("Names of participants"),
        "notes": said("Facilitators’ notes"),
        "asides": said("Remarks beside marks and ratings"),
        "contributions": said("What each delegation cost the score"),
        "opportunities": said("Opportunities in the score"),
        "responses": said("Response times"),
        "network": said("Pairs in the network"),
        "entries": said("Entries that can be cited"),
        "timeline": said("Lines of the timeline"),
        "rulings": said("Rulings"),
        "delegations": said("Names of delegations"),
    }


def _names(report: Aar) -> int:
    return sum(len(names) for one in report.parties for _, _, names in one.seats)


def _asides(report: Aar) -> int:
    return sum(
        bool(one.note) + sum(bool(rating.note) for rating in one.ratings)
        for one in report.objectives
    )


def _opportunities(report: Aar) -> int:
    return sum(len(one.opportunities) for one in report.score.indicators)


_COUNTS: dict[str, Count] = {
    "names": _names,
    "notes": lambda report: len(report.notes),
    "asides": _asides,
    "contributions": lambda report: len(report.score.contributions),
    "opportunities": _opportunities,
    "responses": lambda report: len(report.responses),
    "network": lambda report: len(report.network),
    "entries": lambda report: len(report.evidence),
    "timeline": lambda report: len(report.timeline),
    "rulings": lambda report: len(report.rulings),
}
