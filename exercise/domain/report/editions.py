"""What each edition of a report leaves out, and letters in place of delegations."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from string import ascii_uppercase
from typing import TypeVar

from exercise.domain.report.aar import Aar, Party
from exercise.domain.scenario import Scenario
from exercise.domain.scoring import Indicator

T = TypeVar("T")


def for_delegation(aar: Aar, id_: str, scenario: Scenario) -> Aar:
    """Return what one delegation is shown: its own part, and what is common."""
    elsewhere = {one.id for one in scenario.translations if one.delegation != id_}
    read = frozenset(one.entry for one in aar.evidence)
    others = frozenset(one.id for one in aar.parties if one.id != id_)
    score = replace(
        aar.score,
        indicators=tuple(_own(one, id_, others) for one in aar.score.indicators),
        contributions=tuple(
            one for one in aar.score.contributions if one.delegation == id_
        ),
        influential=tuple(
            pair for pair in aar.score.influential if pair[1].delegation in {"", id_}
        ),
        adjudications=tuple(
            pair for pair in aar.score.adjudications if pair[0] in read
        ),
        # Why an evaluator thought otherwise may tell what others did in private.
        overrides=tuple(
            one if read.issuperset(one.entries) else replace(one, reason="")
            for one in aar.score.overrides
        ),
    )
    own = replace(
        aar,
        delegation=id_,
        score=score,
        parties=tuple(
            one if one.id == id_ else replace(one, contribution=None)
            for one in aar.parties
        ),
        responses=tuple(one for one in aar.responses if one.delegation == id_),
        guide=tuple(one for one in aar.guide if one.id not in elsewhere),
        network=tuple(one for one in aar.network if id_ in {one.a, one.b}),
        breaches=tuple(one for one in aar.breaches if one.delegation == id_),
        surprises=tuple(one for one in aar.surprises if one.delegation == id_),
        rulings=tuple(one for one in aar.rulings if one.entry in read),
        meters=tuple(
            replace(
                one,
                points=tuple(
                    (at_ms, value, entry if entry in read else "")
                    for at_ms, value, entry in one.points
                ),
            )
            for one in aar.meters
        ),
    )
    return _citing(own, read)


def without_asides(aar: Aar) -> Aar:
    """Return a report without what evaluators and facilitators noted for themselves."""
    return replace(
        aar,
        objectives=tuple(
            replace(
                one,
                note="",
                ratings=tuple(replace(rating, note="") for rating in one.ratings),
            )
            for one in aar.objectives
        ),
        guide=tuple(
            replace(
                one,
                ratings=tuple(replace(rating, note="") for rating in one.ratings),
                settled=tuple(replace(rating, note="") for rating in one.settled),
            )
            for one in aar.guide
        ),
    )


def without_contributions(aar: Aar) -> Aar:
    """Return a report without what each delegation cost: no league table by default."""
    return replace(
        aar,
        score=replace(aar.score, contributions=()),
        parties=tuple(replace(one, contribution=None) for one in aar.parties),
    )


def lettered(aar: Aar, scenario: Scenario) -> Aar:
    """Return a report in which letters stand for delegations, in words and tables.

    A name goes with whatever is built on it: Kastrova takes Kastrovan along.
    """
    letters = {one.id: letter(at) for at, one in enumerate(aar.parties)}
    names: dict[str, str] = {}
    for one in scenario.delegations:
        names |= dict.fromkeys((one.name, one.short), letters[one.id])
    changed = _walked(aar, _Names(letters, names))
    return replace(
        changed,
        parties=tuple(
            _plain(one, at, letters[before.id])
            for at, (one, before) in enumerate(
                zip(changed.parties, aar.parties, strict=True)
            )
        ),
    )


def letter(at: int) -> str:
    """Return A, B and so on to Z, then AA, AB and so on."""
    first, last = divmod(at, len(ascii_uppercase))
    return (ascii_uppercase[first - 1] if first else "") + ascii_uppercase[last]


def _own(indicator: Indicator, id_: str, others: frozenset[str]) -> Indicator:
    own = tuple(one for one in indicator.opportunities if one.delegation in {"", id_})
    parts = tuple(one for one in indicator.parts if one.id not in others)
    return replace(indicator, opportunities=own, parts=parts)


def _plain(party: Party, at: int, id_: str) -> Party:
    return replace(party, id=id_, name=id_, shape=at % 8, colour=at % 8 + 1)


class _Names:
    """Replaces ids as whole words, names and whatever begins with them."""

    def __init__(self, ids: Mapping[str, str], names: Mapping[str, str]) -> None:
        self._letters = {**names, **ids}
        stems = sorted(names, key=len, reverse=True)
        self._pattern = re.compile(
            rf"(?<!\w)(?:({_any(stems)})\w*|({_any(sorted(ids))})(?!\w))"
        )

    def __call__(self, text: str) -> str:
        """Return a text that names nobody."""
        return self._pattern.sub(lambda hit: self._letters[hit[1] or hit[2]], text)


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, words))


def _citing(value: T, read: frozenset[str]) -> T:
    """Return `value` with no entry cited but those that were read."""
    found: object = value
    if isinstance(value, tuple):
        found = tuple(_citing(one, read) for one in value)
    elif is_dataclass(value) and not isinstance(value, type):
        changed: dict[str, object] = {}
        for one in fields(value):
            held = getattr(value, one.name)
            changed[one.name] = (
                tuple(entry for entry in held if entry in read)
                if one.name == "entries" and isinstance(held, tuple)
                else _citing(held, read)
            )
        found = replace(value, **changed)
    return found  # type: ignore[return-value] # every branch keeps its type


def _walked(value: T, renamed: _Names) -> T:
    """Return `value` with every name replaced, all the way down."""
    found: object = value
    if isinstance(value, str):
        found = renamed(value)
    elif isinstance(value, tuple):
        found = tuple(_walked(one, renamed) for one in value)
    elif isinstance(value, Mapping):
        found = {key: _walked(one, renamed) for key, one in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: _walked(getattr(value, one.name), renamed)
            for one in fields(value)
        }
        found = replace(value, **changed)
    return found  # type: ignore[return-value] # every branch keeps its type
