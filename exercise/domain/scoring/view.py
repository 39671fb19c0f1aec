"""The facts as they count at one moment: what is over, who plays, what is ruled."""

from dataclasses import dataclass
from typing import Protocol

from exercise.domain.scenario import Scenario
from exercise.domain.scoring.facts import Facts


class Timed(Protocol):
    """Anything with an entry and an exercise time."""

    @property
    def entry(self) -> str:
        """The entry's id."""

    @property
    def at_ms(self) -> int:
        """The entry's exercise time."""


@dataclass(frozen=True, slots=True)
class View:
    """One reading of the facts; what lies beyond `horizon_ms` is not part of it.

    `over` says that play is done, so that nothing more can come. `in_play` are the
    delegations that take part, in the author's order, `states` the states among
    them. `omitted` is an entry left out on purpose, to see what it is worth;
    `unruled` reads as if nobody had adjudicated anything.
    """

    facts: Facts
    horizon_ms: int
    over: bool
    in_play: tuple[str, ...]
    states: tuple[str, ...]
    omitted: str = ""
    unruled: bool = False

    @property
    def scenario(self) -> Scenario:
        """Return what the author wrote."""
        return self.facts.scenario

    def ruling(self, entry: str) -> str:
        """Return how an entry was adjudicated, or ""."""
        return "" if self.unruled else self.facts.rulings.get(entry, "")

    def happened(self, line: Timed) -> bool:
        """Say whether an entry is part of this reading at all."""
        return (
            line.at_ms <= self.horizon_ms
            and line.entry != self.omitted
            and self.ruling(line.entry) != "excluded"
        )

    def earns(self, line: Timed) -> bool:
        """Say whether an entry may earn something."""
        return self.happened(line) and self.ruling(line.entry) != "not_substantive"

    def in_time(self, line: Timed) -> bool:
        """Say whether a fault of the platform, not of people, made an entry late."""
        return self.ruling(line.entry) == "platform_late"

    def passed(self, at_ms: int) -> bool:
        """Say whether a moment lies within the part that is scored."""
        return at_ms <= self.horizon_ms

    def gone(self, delegation: str, at_ms: int) -> bool:
        """Say whether a delegation had left play, on record, by `at_ms`."""
        from_ms = self.facts.gone_from.get(delegation)
        return from_ms is not None and at_ms >= from_ms

    def delivered(self, inject: str, delegation: str) -> int | None:
        """Return when an inject that still stands reached a delegation."""
        found = self.facts.delivered.get((inject, delegation))
        if found is None or inject in self.facts.recalled:
            return None
        return found.at_ms if found.at_ms <= self.horizon_ms else None

    def released_by(self, inject: str, delegation: str = "") -> tuple[str, ...]:
        """Return the entry that brought an inject to a delegation, or to anybody."""
        for one in (delegation,) if delegation else self.in_play:
            found = self.facts.delivered.get((inject, one))
            if found is not None:
                return (found.entry,)
        return ()

    def first_delivery(self, inject: str) -> int | None:
        """Return when an inject that still stands first reached anybody in play."""
        times = [self.delivered(inject, one) for one in self.in_play]
        return min((at for at in times if at is not None), default=None)


def view_at(facts: Facts, at_ms: int, *, final: bool, omitted: str = "") -> View:
    """Return the reading at `at_ms`; an aborted exercise counts its closed phases."""
    horizon_ms, over = at_ms, final
    if facts.ended_ms is not None:
        horizon_ms = _last_phase_end(facts) if facts.aborted else facts.ended_ms
        over = True
    known = _in_play(facts)
    states = tuple(one for one in facts.scenario.states if one in known)
    return View(facts, horizon_ms, over, known, states, omitted)


def _in_play(facts: Facts) -> tuple[str, ...]:
    """Return who takes part: what a facilitator plays only once somebody joined it."""
    return tuple(
        one.id
        for one in facts.scenario.delegations
        if (not one.facilitator_played or one.id in facts.joined)
        and facts.gone_from.get(one.id, 1) > 0
    )


def _last_phase_end(facts: Facts) -> int:
    """Return when the last finished phase ended; -1 if none was finished."""
    ended = facts.ended_ms or 0
    planned = [facts.timetable.at(one.end_ms) for one in facts.scenario.phases]
    begun = facts.phases_began[1:]
    return max((at for at in [*planned, *begun] if at <= ended), default=-1)
