"""Every single thing that could have gone better in a run, one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bench.validity.archetypes import EVERYBODY, STATEMENTS, VOICES
from bench.validity.play import Asked, Belief, Play, Promise, Share
from bench.validity.world import (
    DUTIES,
    FITTING,
    ITEMS,
    NEED,
    PHASE,
    PROMISES,
    REFERENCES,
    RIGHT,
    SEVERITIES,
    WHO,
)


@dataclass(frozen=True, slots=True)
class Better:
    """The same run with one thing done better; `alone` if nobody else goes along.

    A delegation that leaves a shared mistake alone is right and apart at once, so
    it is counted by itself: the picture is meant to be shared *and* supportable.
    """

    what: str
    play: Play
    alone: bool = False


def improvements(play: Play) -> Iterator[Better]:
    """Yield the run with each single thing improved."""
    yield from _answered(play)
    yield from _shared(play)
    yield from _asked(play)
    yield from _consulted(play)
    yield from _believed(play)
    yield from _spoke(play)
    yield from _restrained(play)
    yield from _promised(play)


def _answered(play: Play) -> Iterator[Better]:
    for one in EVERYBODY:
        if play.acks.get(one, 99) > 1:
            yield Better("acknowledged", replace(play, acks={**play.acks, one: 1}))
        if play.replies.get(one, 99) > 4:
            yield Better("answered", replace(play, replies={**play.replies, one: 4}))


def _shared(play: Play) -> Iterator[Better]:
    for number, item in enumerate(ITEMS):
        due = number // 3 * PHASE + NEED
        in_time = {
            to
            for one in play.shares
            if one.item == number and one.at <= due
            for to in one.to
        }
        for to in item.recipients:
            if to not in in_time:
                share = Share(number, item.holder, (to,), due - 1)
                yield Better("shared", replace(play, shares=(*play.shares, share)))
    for at, one in enumerate(play.shares):
        permitted = {*ITEMS[one.item].recipients, *ITEMS[one.item].also_permitted}
        kept = tuple(to for to in one.to if to in permitted)
        if kept != one.to:
            others = [share for n, share in enumerate(play.shares) if n != at]
            if kept:
                others.append(replace(one, to=kept))
            yield Better("kept within its label", replace(play, shares=tuple(others)))


def _asked(play: Play) -> Iterator[Better]:
    for at, one in enumerate(play.asked):
        if not one.answered:
            asked = list(play.asked)
            asked[at] = replace(one, answered=True)
            yield Better("request answered", replace(play, asked=tuple(asked)))
    more = Asked(WHO[0], WHO[3], 20, answered=True)
    yield Better("asked and answered", replace(play, asked=(*play.asked, more)))


def _consulted(play: Play) -> Iterator[Better]:
    for n in range(len(DUTIES)):
        if n not in play.duties:
            yield Better("consulted", replace(play, duties={**play.duties, n: "call"}))


def _believed(play: Play) -> Iterator[Better]:
    for phase, who in EVERYBODY:
        right = Belief(REFERENCES[phase], SEVERITIES[phase])
        said = play.beliefs.get((phase, who))
        if said == right:
            continue
        beliefs = {**play.beliefs, (phase, who): right}
        yield Better("probe answered well", replace(play, beliefs=beliefs), bool(said))


def _spoke(play: Play) -> Iterator[Better]:
    for one in VOICES:
        fitting = FITTING[one[0]]
        if play.claims.get(one) not in fitting:
            claims = {**play.claims, one: fitting[0]}
            yield Better("spoke to the facts", replace(play, claims=claims))
    for one in STATEMENTS:
        if set(play.cited.get(one, ())) != set(RIGHT):
            cited = {**play.cited, one: RIGHT}
            yield Better("cited what fits", replace(play, cited=cited))


def _restrained(play: Play) -> Iterator[Better]:
    for at, one in enumerate(play.steps):
        others = [step for n, step in enumerate(play.steps) if n != at]
        # A private word that was given stays given: it may herald another act too.
        if one.instrument:
            steps = [*others, replace(one, instrument="")]
            yield Better("step not taken", replace(play, steps=tuple(steps)))
        if not one.heralded:
            steps = [*others, replace(one, heralded=True)]
            yield Better("asked before", replace(play, steps=tuple(steps)))


def _promised(play: Play) -> Iterator[Better]:
    for at, one in enumerate(play.promises):
        if one.outcome != "kept":
            promises = list(play.promises)
            promises[at] = replace(one, outcome="kept")
            yield Better("promise kept", replace(play, promises=tuple(promises)))
    if len(play.promises) < PROMISES:
        more = Promise(WHO[0], WHO[1], "kept")
        promises = [*play.promises, more]
        yield Better("promised and kept", replace(play, promises=tuple(promises)))
