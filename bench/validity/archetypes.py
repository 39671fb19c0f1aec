"""Sixteen rooms that everybody who has run an exercise knows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Literal

from bench.validity.play import Asked, Belief, Outcome, Play, Promise, Share, Step
from bench.validity.world import (
    BLOCS,
    DUTIES,
    HUB,
    ITEMS,
    NEED,
    PHASE,
    PHASES,
    REFERENCES,
    RIGHT,
    SEVERITIES,
    SPEAKERS,
    STATES,
    TRIGGERS,
    USELESS,
    WHO,
    WINDOWS,
    WRONG,
)

Rank = Literal["perfect", "competent", "single", "multi", "silence"]
ORDER: tuple[Rank, ...] = ("perfect", "competent", "single", "multi", "silence")


@dataclass(frozen=True, slots=True)
class Archetype:
    """A room by name, where it must rank, and which indicators its fault is for."""

    name: str
    rank: Rank
    play: Play
    targets: str = ""


EVERYBODY = tuple((phase, who) for phase in range(PHASES) for who in WHO)
VOICES = tuple((window, who) for window in range(len(WINDOWS)) for who in WHO)
STATEMENTS = tuple(
    (trigger, who) for trigger in range(len(TRIGGERS)) for who in SPEAKERS
)
# With the ring of calls and the items passed on, these join all who are not joined.
FAR = tuple((WHO[n], WHO[n + 3]) for n in range(3))


def perfect() -> Play:
    """Return a run in which everything is done, in time and by the rules."""
    return Play(
        acks=dict.fromkeys(EVERYBODY, 1.0),
        replies=dict.fromkeys(EVERYBODY, 4.0),
        shares=tuple(_share(number, NEED - 2) for number in range(len(ITEMS))),
        asked=tuple(Asked(a, b, 10 + n, answered=True) for n, (a, b) in enumerate(FAR)),
        duties=dict.fromkeys(range(len(DUTIES)), "call"),
        beliefs={
            (phase, who): Belief(REFERENCES[phase], SEVERITIES[phase])
            for phase, who in EVERYBODY
        },
        claims=dict.fromkeys(VOICES, "undetermined"),
        cited=dict.fromkeys(STATEMENTS, RIGHT),
        promises=_promises("kept", "kept", "kept", "kept", "kept"),
    )


def competent() -> Play:
    """Return a good run with the slips of human beings."""
    late = cycle((4.0, 10.0, 5.0, 12.0, 6.0, 11.0, 4.5))
    offsets = cycle((7, 9, 7, 9, 12, 9, 15, 7))
    return replace(
        perfect(),
        replies={one: next(late) for one in EVERYBODY},
        shares=tuple(
            # The last item reaches nobody, two come a little late.
            _share(number, next(offsets))
            for number in range(len(ITEMS) - 1)
        ),
        asked=_requests(_spread(8), answered=6),
        beliefs={(phase, who): _slip(phase, who) for phase, who in EVERYBODY},
        claims={**perfect().claims, (0, "TEL"): "accident"},
        cited={**perfect().cited, (1, "CUR"): (RIGHT[0], "UN-NORM:13a", WRONG[0])},
        promises=_promises("kept", "kept", "kept", "kept", "late"),
    )


def _share(number: int, after: float, to: tuple[str, ...] = (), by: str = "") -> Share:
    item = ITEMS[number]
    at = number // 3 * PHASE + after
    return Share(number, by or item.holder, to or item.recipients, at)


def _promises(*outcomes: Outcome) -> tuple[Promise, ...]:
    return tuple(
        Promise(WHO[n % 6], WHO[(n + 1) % 6], outcome)
        for n, outcome in enumerate(outcomes)
    )


def _spread(count: int) -> list[tuple[str, str]]:
    """Return pairs of peers two places apart, who are joined by items anyway."""
    return [(WHO[n % 6], WHO[(n + 2) % 6]) for n in range(count)]


def _requests(pairs: list[tuple[str, str]], answered: int) -> tuple[Asked, ...]:
    return tuple(
        Asked(a, b, 8 + 9 * n % 95, answered=n < answered)
        for n, (a, b) in enumerate(pairs)
    )


def _slip(phase: int, who: str) -> Belief:
    """Return the supportable picture, a little off in a way of one's own."""
    at = WHO.index(who)
    weights = list(REFERENCES[phase])
    source, target = (at + phase) % 4, (at + phase + 1) % 4
    moved = min(10 if at % 2 else 5, weights[source])
    weights[source] -= moved
    weights[target] += moved
    off = 1 if (at + phase) % 4 == 0 else 0
    return Belief(tuple(weights), SEVERITIES[phase] + off)


def _hub() -> Play:
    """Everybody speaks to the secretariat, which passes everything on."""
    base = competent()
    spokes = [one for one in WHO if one != HUB]
    pairs = [(HUB, one) if n % 2 else (one, HUB) for n, one in enumerate(spokes * 3)]
    shares: list[Share] = []
    for one in base.shares:
        if one.by != HUB:
            shares.append(replace(one, to=(HUB,), at=one.at - 1))
        others = tuple(who for who in one.to if who != HUB)
        shares.append(replace(one, by=HUB, to=others))
    return replace(
        base,
        shares=tuple(shares),
        asked=_requests(pairs[:14], answered=12),
        duties=dict.fromkeys(range(len(DUTIES)), "writing"),
    )


def _leaks() -> Play:
    base = competent()
    leaks = [
        _share(number, NEED - 1, (_stranger(number),))
        for number in range(1, len(ITEMS), 2)
    ]
    return replace(base, shares=(*base.shares, *leaks))


def _stranger(number: int) -> str:
    """Return somebody whom an item's label forbids."""
    item = ITEMS[number]
    known = {item.holder, *item.recipients, *item.also_permitted}
    return next(one for one in WHO if one not in known)


def _contradictory() -> Play:
    base = competent()
    return replace(
        base,
        claims={
            one: "undetermined" if WHO.index(one[1]) % 2 else "fourth" for one in VOICES
        },
        beliefs={
            (phase, who): _leaning(phase, WHO.index(who)) for phase, who in EVERYBODY
        },
    )


def _leaning(phase: int, at: int, kept: float = 0.5) -> Belief:
    """Return a picture of which only a part is not one's own favourite."""
    weights = [int(kept * one) for one in REFERENCES[phase]]
    weights[at % 4] += 100 - sum(weights)
    severity = SEVERITIES[phase] + (1 if at % 3 == 0 else 0)
    return Belief(tuple(weights), severity)


def _no_hotline() -> Play:
    """The same pairs ask for help instead, so that only the private word is missing."""
    base = competent()
    instead = tuple(
        Asked(one.source, one.target, 62 + n, answered=True)
        for n, one in enumerate(DUTIES)
    )
    return replace(base, duties={}, asked=(*base.asked, *instead))


def _slow() -> Play:
    base = competent()
    return replace(
        base,
        acks=dict.fromkeys(EVERYBODY, 4.0),
        replies=dict.fromkeys(EVERYBODY, 14.0),
        shares=tuple(
            _share(number, NEED + (USELESS - NEED) * 2 / 3)
            for number in range(len(ITEMS))
        ),
    )


def _groupthink() -> Play:
    base = competent()
    doubters = {(0, "ANO"), (0, "SEC"), (1, "ANO"), (1, "SEC")}
    return replace(
        base,
        beliefs=dict.fromkeys(EVERYBODY, Belief((100, 0, 0, 0), 6)),
        claims={
            one: "organ" if one not in doubters and one[1] in STATES[1:3] else said
            for one, said in perfect().claims.items()
        },
    )


def _same_bloc(a: str, b: str) -> bool:
    return any(a in bloc and b in bloc for bloc in BLOCS)


def _two_blocs() -> Play:
    base = competent()
    shares = [
        replace(one, to=tuple(who for who in one.to if _same_bloc(one.by, who)))
        for one in base.shares
    ]
    within = [(a, b) for a, b in _spread(6) if _same_bloc(a, b)]
    across = [(a, b) for a, b in _spread(6) if not _same_bloc(a, b)]
    duties: dict[int, Literal["call", "writing"]] = {
        n: "call" for n, one in enumerate(DUTIES) if _same_bloc(one.source, one.target)
    }
    return replace(
        base,
        shares=tuple(one for one in shares if one.to),
        asked=_requests(within + across, answered=len(within)),
        duties=duties,
        beliefs={
            (phase, who): _leaning(phase, 0 if who in BLOCS[0] else 1)
            for phase, who in EVERYBODY
        },
        claims={
            one: "organ" if one[1] in BLOCS[1][:2] and one != (0, "SEC") else said
            for one, said in perfect().claims.items()
        },
        steps=(
            Step("ANO", "DOV", "public_attribution", 70),
            Step("DOV", "ANO", "public_attribution", 72),
        ),
    )


def _spiral() -> Play:
    base = competent()
    pairs = [(STATES[n], STATES[(n + 1) % 4]) for n in range(4)]
    ladder = ("public_attribution", "expel_diplomats", "sanctions_listing")
    steps = [
        Step(a, b, instrument, 40 + 15 * rung + n)
        for rung, instrument in enumerate((*ladder, "countermeasure"))
        for n, (a, b) in enumerate(pairs)
    ]
    angry: dict[tuple[int, str], str] = {(1, one): "organ" for one in STATES[:2]}
    return replace(
        base,
        duties={},
        asked=_requests(_spread(14), answered=9),
        claims={**base.claims, **angry},
        steps=tuple(steps),
    )


def _spam() -> Play:
    base = competent()
    everybody = [
        _share(n, NEED - 3, tuple(who for who in WHO if who != item.holder))
        for n, item in enumerate(ITEMS)
    ]
    storm = [(a, b) for a in WHO for b in WHO if a != b] * 3
    every = ("UN-NORM:13c", *WRONG, "UN-NORM:13b", "LAW:NI", "LAW:CM")
    return replace(
        base,
        acks=dict.fromkeys(EVERYBODY, 0.1),
        replies={},
        shares=tuple(everybody),
        asked=_requests(storm, answered=4),
        beliefs={
            (phase, who): _leaning(phase, 2 * WHO.index(who))
            for phase, who in EVERYBODY
        },
        claims={
            one: said if WHO.index(one[1]) < 4 else "fourth"
            for one, said in perfect().claims.items()
        },
        cited=dict.fromkeys(STATEMENTS, every),
        promises=_promises(*("kept",) * 5, *("broken",) * 35),
    )


def _mediocre() -> Play:
    base = competent()
    some = [one for n, one in enumerate(EVERYBODY) if n % 5 < 3]
    return replace(
        base,
        acks=dict.fromkeys(some, 3.0),
        replies=dict.fromkeys(some, 8.0),
        shares=tuple(_share(n, NEED + 4) for n in range(0, len(ITEMS), 2)),
        asked=_requests(_spread(10), answered=4),
        duties={0: "call"},
        beliefs={
            (phase, who): _leaning(phase, WHO.index(who), kept=0.8)
            for phase, who in EVERYBODY
            if (phase, who) != (0, "TEL")
        },
        claims={one: said for one, said in base.claims.items() if one[1] in WHO[:3]},
        steps=(Step("ANO", "CUR", "public_attribution", 50, heralded=True),),
        cited=dict.fromkeys(STATEMENTS, (RIGHT[0], WRONG[0])),
        promises=_promises("kept", "late", "broken", "broken", "late"),
    )


def _silo() -> Play:
    base = competent()
    return replace(
        base,
        shares=(),
        asked=_requests(_spread(6), answered=0),
        duties={},
        beliefs={
            (phase, who): _leaning(phase, WHO.index(who)) for phase, who in EVERYBODY
        },
        claims={
            one: said if WHO.index(one[1]) % 2 else "fourth"
            for one, said in perfect().claims.items()
        },
        promises=(),
    )


def _without_promises() -> Play:
    broken: tuple[Outcome, ...] = ("late", "broken", "unconfirmed", "broken", "broken")
    return replace(competent(), promises=_promises(*broken))


def _wrong_norms() -> Play:
    return replace(competent(), cited=dict.fromkeys(STATEMENTS, WRONG))


def archetypes() -> tuple[Archetype, ...]:
    """Return the sixteen, best first as we expect them."""
    faults: tuple[tuple[str, Rank, Callable[[], Play], str], ...] = (
        ("all traffic through one hub", "single", _hub, "N"),
        ("TLP leaks", "single", _leaks, "R"),
        ("promises broken", "single", _without_promises, "K"),
        ("wrong norms cited", "single", _wrong_norms, "L"),
        ("contradictory attribution", "single", _contradictory, "M"),
        ("hotline never used", "single", _no_hotline, "B"),
        ("right but slow", "single", _slow, "T"),
        ("confident groupthink on a false flag", "single", _groupthink, "S"),
        ("two blocs", "multi", _two_blocs, ""),
        ("escalation spiral", "multi", _spiral, "BE"),
        ("spam everywhere", "multi", _spam, ""),
        ("mediocre", "multi", _mediocre, ""),
        ("silo", "multi", _silo, ""),
    )
    return (
        Archetype("perfect", "perfect", perfect()),
        Archetype("competent, human flaws", "competent", competent()),
        *(Archetype(name, rank, make(), to) for name, rank, make, to in faults),
        Archetype("silence", "silence", Play()),
    )
