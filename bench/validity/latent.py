"""Runs drawn at random from how well a room coordinates, one number an indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from random import Random

from bench.validity.archetypes import EVERYBODY, STATEMENTS, VOICES
from bench.validity.play import Asked, Belief, Outcome, Play, Promise, Share, Step
from bench.validity.world import (
    DUTIES,
    FITTING,
    HYPOTHESES,
    ITEMS,
    NEED,
    PHASE,
    PROMISES,
    REFERENCES,
    RIGHT,
    SEVERITIES,
    STATES,
    STEPS,
    VALUES,
    WHO,
    WRONG,
)

# The two below three are no indicators' own: an answered question, a word in time.
LADDER = (
    "public_attribution",
    "expel_diplomats",
    "sanctions_listing",
    "countermeasure",
    "cyber_counter_operation",
)
BAD: tuple[Outcome, ...] = ("late", "unconfirmed", "broken", "broken")


def alike(quality: float) -> dict[str, float]:
    """Return one and the same quality for all nine."""
    return dict.fromkeys("TRNSMBELK", quality)


def draw(quality: Mapping[str, float], source: Random) -> Play:
    """Return a run in which each thing goes well with the chance of its indicator."""
    return _Room(quality, source).play()


@dataclass(frozen=True, slots=True)
class _Room:
    """One draw: every choice is asked of the same source, in a fixed order."""

    quality: Mapping[str, float]
    source: Random

    def play(self) -> Play:
        acks = {one: at for one in EVERYBODY if (at := self._after(2, 5)) is not None}
        replies = {
            one: at for one in EVERYBODY if (at := self._after(5, 15)) is not None
        }
        return Play(
            acks=acks,
            replies=replies,
            shares=self._shares(),
            asked=self._asked(),
            duties={n: "call" for n in range(len(DUTIES)) if self._good("B")},
            beliefs=self._beliefs(),
            claims=self._claims(),
            steps=self._steps(),
            cited=self._cited(),
            promises=self._promises(),
        )

    def _good(self, indicator: str) -> bool:
        return self.source.random() < self.quality[indicator]

    def _after(self, target: float, deadline: float) -> float | None:
        """Return minutes to an answer: in time, too late or never."""
        if self._good("T"):
            return target * self.source.uniform(0.2, 1)
        if self.source.random() < 0.5:
            return None
        return self.source.uniform(target, 1.5 * deadline)

    def _shares(self) -> tuple[Share, ...]:
        found: list[Share] = []
        for number, item in enumerate(ITEMS):
            start = number // 3 * PHASE
            for to in item.recipients:
                if self._good("R"):
                    at = start + NEED - self.source.uniform(0.5, 6)
                    found.append(Share(number, item.holder, (to,), at, noted=False))
            if not self._good("R") and self.source.random() < 0.5:
                to = self.source.choice([one for one in WHO if one != item.holder])
                found.append(Share(number, item.holder, (to,), start + 15, noted=False))
        return tuple(found)

    def _asked(self) -> tuple[Asked, ...]:
        """Return who asks whom: all pairs in a good room, few and in vain in a bad."""
        pairs = list(combinations(WHO, 2))
        self.source.shuffle(pairs)
        return tuple(
            Asked(a, b, self.source.uniform(2, 100), answered=self._good("N"))
            for a, b in pairs
        )

    def _beliefs(self) -> dict[tuple[int, str], Belief]:
        found: dict[tuple[int, str], Belief] = {}
        for phase, who in EVERYBODY:
            if self._good("S"):
                found[phase, who] = Belief(REFERENCES[phase], SEVERITIES[phase])
            elif self.source.random() < 0.8:
                found[phase, who] = self._guess()
        return found

    def _guess(self) -> Belief:
        raw = [self.source.gammavariate(1, 1) for _ in HYPOTHESES]
        weights = [int(100 * one / sum(raw)) for one in raw]
        weights[0] += 100 - sum(weights)
        return Belief(tuple(weights), self.source.randint(1, STEPS))

    def _claims(self) -> dict[tuple[int, str], str]:
        found: dict[tuple[int, str], str] = {}
        for window, who in VOICES:
            if self._good("M"):
                found[window, who] = self.source.choice(FITTING[window])
            elif self.source.random() < 0.6:
                wrong = [one for one in VALUES if one not in FITTING[window]]
                found[window, who] = self.source.choice(wrong)
        return found

    def _steps(self) -> tuple[Step, ...]:
        """Return public acts: rash ones by B's measure, grave ones by E's."""
        found: list[Step] = []
        for n, who in enumerate(STATES):
            to = STATES[(n + 1) % len(STATES)]
            if not self._good("B"):
                heralded = self._good("B")
                at = self.source.uniform(66, 110)
                found.append(Step(who, to, LADDER[0], at, heralded))
            if not self._good("E"):
                act = self.source.choice(LADDER[1:])
                at = self.source.uniform(40, 110)
                found.append(Step(who, to, act, at, heralded=self._good("B")))
        return tuple(found)

    def _cited(self) -> dict[tuple[int, str], tuple[str, ...]]:
        found: dict[tuple[int, str], tuple[str, ...]] = {}
        for one in STATEMENTS:
            cited = [right for right in RIGHT if self._good("L")]
            cited += [wrong for wrong in WRONG if not self._good("L")]
            found[one] = tuple(cited)
        return found

    def _promises(self) -> tuple[Promise, ...]:
        found: list[Promise] = []
        for n in range(PROMISES):
            good = self._good("K")
            outcome: Outcome = "kept" if good else self.source.choice(BAD)
            found.append(Promise(WHO[n], WHO[(n + 1) % len(WHO)], outcome))
        return tuple(found)
