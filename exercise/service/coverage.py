"""What rehearsals of a scenario have exercised: a matrix of counts, never of labels."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.moment import Recorded
from exercise.domain.scenario import Scenario
from exercise.domain.scoring import ScoreCard
from exercise.domain.scoring.evidence import Opportunity

# The ways in which a joint text is dealt with, each by the entry that shows it.
PROCEDURES = (
    "signature",
    "silence",
    "vote",
    "bracket taken in",
    "bracket dropped",
    "amended",
    "sponsored",
    "reserved",
    "declined",
    "silence broken",
    "failed",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to exercise, in how many runs it was and, for a branch, was not."""

    id: str
    runs: int
    other: int | None = None

    @property
    def covered(self) -> bool:
        """Tell whether a run showed it, and for a branch, whether one did not."""
        return self.runs > 0 and self.other != 0


@dataclass(slots=True)
class Coverage:
    """What all runs of one scenario so far have exercised."""

    scenario: Scenario
    runs: int = 0
    _released: Counter[str] = field(default_factory=Counter)
    _skipped: Counter[str] = field(default_factory=Counter)
    _used: Counter[str] = field(default_factory=Counter)
    _answered: Counter[str] = field(default_factory=Counter)
    _dealt: Counter[str] = field(default_factory=Counter)

    def add(self, entries: Iterable[Recorded], card: ScoreCard) -> None:
        """Count one more run: its timeline, and its final score for what was due."""
        self.runs += 1
        kept = tuple(entries)
        self._released.update({r.event.inject for r in kept if _out(r)})  # type: ignore[union-attr] # _out says so
        self._skipped.update(
            {r.event.inject for r in kept if isinstance(r.event, e.InjectSkipped)}
        )
        self._used.update({one for r in kept for one in _instruments(r)})
        self._dealt.update(set(_procedures(kept)))
        self._answered.update(
            {_duty(one) for one in _timely(card) if one.earned > 0},
        )

    @property
    def parts(self) -> Mapping[str, tuple[Row, ...]]:
        """Return every kind of thing to exercise with its rows."""
        return {
            "injects": self.injects,
            "branches": self.branches,
            "instruments": self.instruments,
            "expected acts": self.expected,
            "procedures": self.procedures,
        }

    @property
    def complete(self) -> bool:
        """Tell whether nothing is left."""
        return all(row.covered for rows in self.parts.values() for row in rows)

    @property
    def injects(self) -> tuple[Row, ...]:
        """Return every inject with the runs in which it was released."""
        return tuple(
            Row(one.id, self._released[one.id]) for one in self.scenario.injects
        )

    @property
    def branches(self) -> tuple[Row, ...]:
        """Return every conditional inject: released in so many, skipped in so many."""
        return tuple(
            Row(one.id, self._released[one.id], self._skipped[one.id])
            for one in self.scenario.injects
            if one.when
        )

    @property
    def instruments(self) -> tuple[Row, ...]:
        """Return every instrument that some delegation here may use."""
        return tuple(Row(one, self._used[one]) for one in usable(self.scenario))

    @property
    def expected(self) -> tuple[Row, ...]:
        """Return every act that an inject asks of somebody, answered in time."""
        return tuple(Row(one, self._answered[one]) for one in _asked(self.scenario))

    @property
    def procedures(self) -> tuple[Row, ...]:
        """Return the ways of dealing with joint texts, where texts are foreseen."""
        return tuple(Row(one, self._dealt[one]) for one in PROCEDURES)


def usable(scenario: Scenario) -> tuple[str, ...]:
    """Return the instruments that somebody in a scenario may use, in menu order."""
    kinds = {one.kind for one in scenario.delegations}
    return tuple(one.id for one in INSTRUMENTS.values() if kinds & set(one.who))


def _asked(scenario: Scenario) -> Iterator[str]:
    for inject in scenario.injects:
        for number, one in enumerate(inject.obligations, 1):
            yield f"{inject.id}.{number}.{one.delegation}"


def _timely(card: ScoreCard) -> Iterator[Opportunity]:
    for one in card.indicators:
        if one.id == "T":
            yield from one.opportunities


def _duty(one: Opportunity) -> str:
    return one.id.removeprefix("T.")


def _out(entry: Recorded) -> bool:
    return isinstance(entry.event, e.InjectReleased)


# What an entry of this kind used, where its kind alone says it.
_BY_KIND = {
    e.Acknowledged.KIND: "ack",
    e.ItemShared.KIND: "share_item",
    e.CallAnswered.KIND: "hotline_call",
    e.TextSigned.KIND: "sign_joint_statement",
    e.TextDeclined.KIND: "decline_joint_statement",
}
_DEALT = {
    e.TextAmended.KIND: "amended",
    e.TextSponsored.KIND: "sponsored",
    e.TextReserved.KIND: "reserved",
    e.TextDeclined.KIND: "declined",
    e.SilenceBroken.KIND: "silence broken",
    e.TextWithdrawn.KIND: "failed",
}


def _instruments(entry: Recorded) -> Iterator[str]:
    match entry.event:
        case e.ActIssued(instrument=instrument):
            yield instrument
        case e.TextPublished(state=text, instrument=instrument):
            yield instrument
            answered = len(text.signed) + len(text.declined)
            if text.votes is None and answered < len(text.parties):
                yield "publish_joint_statement"
        case event if event.KIND in _BY_KIND:
            yield _BY_KIND[event.KIND]
        case _:
            return


def _procedures(entries: Iterable[Recorded]) -> Iterator[str]:
    silent: set[str] = set()
    for entry in entries:
        match entry.event:
            case e.TextProposed(state=text) if text.silence_until_ms is not None:
                silent.add(text.text)
            case e.TextBracketed(state=text) | e.SilenceBroken(state=text):
                silent.discard(text.text)
            case e.TextPublished(state=text):
                quiet = text.text in silent
                voted = text.votes is not None
                yield "silence" if quiet else "vote" if voted else "signature"
            case e.BracketSettled(accepted=accepted):
                yield "bracket taken in" if accepted else "bracket dropped"
            case _:
                pass
        if dealt := _DEALT.get(entry.event.KIND):
            yield dealt
