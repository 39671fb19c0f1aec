"""The compliance ledger: what was alleged against whom, and what was answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.fields import Fields
from exercise.domain.moment import Recorded
from exercise.domain.scenario import Scenario

Answered: TypeAlias = Literal["answered", "denied", "accepted", "unanswered", "open"]
# What an answer says of the allegation, as its form asks; silence on it is an answer.
STANCES: dict[str, Answered] = {"denies": "denied", "accepts": "accepted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Allegation:
    """One breach alleged against one delegation.

    `by` are all in whose name it was alleged, `instrument` is how, `norms` are what
    they cited. `answer` is the entry that answers it, nothing while there is none.
    """

    entry: str
    at_ms: int
    by: tuple[str, ...]
    against: str
    instrument: str
    norms: tuple[str, ...]
    public: bool
    due_ms: int | None = None
    standing: Answered = "open"
    answer: str = ""
    answered_ms: int | None = None
    late: bool = False

    @property
    def entries(self) -> tuple[str, ...]:
        """Return the entries behind the line."""
        return (self.entry, self.answer) if self.answer else (self.entry,)


def ledger(scenario: Scenario, entries: Sequence[Recorded]) -> tuple[Allegation, ...]:
    """Return every allegation in `entries` in order, each with its first answer.

    Whoever reads only a part of the entries gets the ledger of that part.
    """
    answers = _answers(entries)
    over = any(isinstance(one.event, e.Ended) for one in entries)
    return tuple(
        _line(alleged, against, answers.get((against, alleged.entry)), over=over)
        for alleged in _alleged(scenario, entries)
        for against in alleged.against
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Alleged:
    """An entry that alleges something, against one delegation or more."""

    entry: str
    at_ms: int
    by: tuple[str, ...]
    against: tuple[str, ...]
    instrument: str
    norms: tuple[str, ...]
    public: bool
    due_ms: int | None = None


def _alleged(scenario: Scenario, entries: Sequence[Recorded]) -> Iterator[_Alleged]:
    blames = {one.id: one.blames for one in scenario.hypotheses}
    for one in entries:
        found = _read(one, blames)
        if found is not None and found.against:
            yield found


def _read(one: Recorded, blames: dict[str, str]) -> _Alleged | None:
    """Return what an entry alleges, if it is one that alleges anything."""
    match one.event:
        case e.ActIssued() as act if INSTRUMENTS[act.instrument].alleges:
            by = one.author.delegation
            against = act.to or _blamed(act.fields, blames)
            return _Alleged(
                entry=one.id,
                at_ms=one.at_ms,
                by=(by,),
                against=tuple(each for each in against if each != by),
                instrument=act.instrument,
                norms=_cited(act.fields),
                public=act.public,
                due_ms=act.reply_by_ms,
            )
        case e.MeasureAdopted() as taken:
            return _Alleged(
                entry=one.id,
                at_ms=one.at_ms,
                by=taken.adopters,
                against=(taken.target,),
                instrument=taken.instrument,
                norms=taken.citations,
                public=True,
            )
        case e.TextPublished(state=text) as published if blames.get(text.accuses):
            return _Alleged(
                entry=one.id,
                at_ms=one.at_ms,
                by=text.signed,
                against=(blames[text.accuses],),
                instrument=published.instrument,
                norms=text.citations,
                public=True,
            )
        case _:
            return None


def _blamed(fields: Fields, blames: dict[str, str]) -> tuple[str, ...]:
    """Return whom a belief accuses most, where one hypothesis leads alone."""
    belief = fields.get("belief")
    if not isinstance(belief, dict) or not belief:
        return ()
    most = max(int(n) for n in belief.values())
    leading = sorted(name for name, n in belief.items() if int(n) == most)
    against = blames.get(leading[0], "") if len(leading) == 1 else ""
    return (against,) if against else ()


def _cited(fields: Fields) -> tuple[str, ...]:
    cited = fields.get("citations", ())
    return cited if isinstance(cited, tuple) else ()


def _answers(entries: Sequence[Recorded]) -> dict[tuple[str, str], Recorded]:
    """Return the first act in words of each delegation about each entry."""
    found: dict[tuple[str, str], Recorded] = {}
    for one in entries:
        if isinstance(one.event, e.ActIssued):
            for about in {one.event.about, one.event.answers} - {""}:
                found.setdefault((one.author.delegation, about), one)
    return found


def _line(
    alleged: _Alleged, against: str, answer: Recorded | None, *, over: bool
) -> Allegation:
    event = answer.event if answer else None
    said = event if isinstance(event, e.ActIssued) else None
    silent: Answered = "unanswered" if over else "open"
    stance = str(said.fields.get("stance", "")) if said else ""
    return Allegation(
        entry=alleged.entry,
        at_ms=alleged.at_ms,
        by=alleged.by,
        against=against,
        instrument=alleged.instrument,
        norms=alleged.norms,
        public=alleged.public,
        due_ms=alleged.due_ms,
        standing=STANCES.get(stance, "answered") if said else silent,
        answer=answer.id if answer else "",
        answered_ms=answer.at_ms if answer else None,
        late=bool(said and said.late),
    )
