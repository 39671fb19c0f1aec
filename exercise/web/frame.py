"""What every desk shows around its own things: clock, phase, badges, newest entries."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_wtf.csrf import generate_csrf

from exercise.domain.acts import INSTRUMENTS
from exercise.domain.clock import story_ms
from exercise.domain.identity import Member
from exercise.domain.state import Exercise
from exercise.domain.wall import iso
from exercise.service.ports import PAGE, StoredEntry
from exercise.web.entries import Book, EntryView
from exercise.web.language import language, words
from exercise.web.services import services
from exercise.web.stories import start_of

HUNDRED = 100
MINUTE_MS = 60_000


@dataclass(frozen=True)
class Frame:
    """One member's look at an exercise, at one moment."""

    exercise: str
    state: Exercise
    member: Member

    @property
    def book(self) -> Book:
        """Return how the exercise's entries are shown."""
        services().tailers.ensure(self.exercise)
        return services().floor.books.of(self.exercise)

    @property
    def at_ms(self) -> int:
        """Return exercise time now."""
        return max(self.state.at_ms, self.state.clock.now(self.now_ms))

    @property
    def now_ms(self) -> int:
        """Return wall time."""
        return services().clock.now_ms()

    def entries(self, audience: str, limit: int = PAGE) -> list[EntryView]:
        """Return the newest entries of a stream, in order."""
        head = services().timeline.heads(self.exercise).get(audience, 0)
        stored = services().timeline.page(
            self.exercise, audience, before=head + 1, limit=limit
        )
        return self._views(stored)

    def stream(self, audience: str) -> list[EntryView]:
        """Return the whole of a stream, in order."""
        found: list[EntryView] = []
        after = 0
        while stored := services().timeline.page(self.exercise, audience, after=after):
            found += self._views(stored)
            after = stored[-1].position
        return found

    def _views(self, stored: Sequence[StoredEntry]) -> list[EntryView]:
        """Return entries as templates read them, none newer than the state."""
        return [
            self.book.view(one, language())
            for one in stored
            if one.seq <= self.state.seq
        ]

    def context(
        self, audience: str, entries: list[EntryView], *, live: bool = True
    ) -> dict[str, object]:
        """Return what every desk's page gets."""
        scenario = self.state.scenario
        position = entries[-1].position if entries else 0
        return {
            "classification": scenario.classification,
            "live": self.live(audience, position, live=live),
            "exercise": self.about(),
            "phase": self.phase(),
            "phases": self.phases(),
            "parties": self.book.parties,
            "party_list": list(self.book.parties.values()),
            "glossary": self.book.glossary,
            "instruments": INSTRUMENTS,
            "entries": entries,
            "more": bool(entries) and entries[0].position > 1,
            "me": self.me(),
            "meters": self.meters(audience),
        }

    def live(self, audience: str, position: int, *, live: bool) -> dict[str, object]:
        """Return what the page's script begins with."""
        scenario, clock = self.state.scenario, self.state.clock
        return {
            "exercise": self.exercise,
            "membership": self.member.id if live else "",
            "member": self.member.id,
            "role": self.member.role,
            "audience": audience,
            "delegation": self.member.delegation,
            "seat": self.member.seat,
            "epoch": services().timeline.epoch(),
            "position": position,
            "csrf": generate_csrf(),
            "rate": clock.rate,
            "running": clock.running,
            "at_ms": self.at_ms,
            "wall": iso(self.now_ms),
            "status": self.state.status,
            "story_ms": story_ms(start_of(scenario), scenario.story_scale, self.at_ms),
            "story_scale": scenario.story_scale,
            "duration_ms": scenario.duration_ms,
        }

    def meters(self, audience: str) -> list[dict[str, object]]:
        """Return the harm meters as this audience has last heard of them."""
        return [
            {
                "id": one.id,
                "title": one.title,
                "unit": one.unit,
                "sector": one.sector,
                "value": self.state.readings.get((audience, one.id), one.start),
            }
            for one in self.state.scenario.meters
        ]

    def about(self) -> dict[str, object]:
        """Return the exercise itself."""
        scenario = self.state.scenario
        minutes = scenario.duration_ms // MINUTE_MS
        return {
            "id": self.exercise,
            "title": self.state.title,
            "scenario": scenario.title,
            "status": self.state.status,
            "duration_ms": scenario.duration_ms,
            "length": words().ngettext("%(n)d minute", "%(n)d minutes", minutes),
            "starts_at": self.state.starts_at,
        }

    def me(self) -> dict[str, object]:
        """Return who looks."""
        home = self.state.scenario.delegation(self.member.delegation)
        seats = home.seats if home else ()
        seat = next((one for one in seats if one.id == self.member.seat), None)
        return {
            "member": self.member.id,
            "role": self.member.role,
            "party": self.book.parties.get(self.member.delegation),
            "seat": seat and {"id": seat.id, "title": seat.title, "card": seat.card},
            "name": self.state.name_of(self.member.id),
        }

    def phases(self) -> list[dict[str, object]]:
        """Return the phases with their times in this run."""
        return [
            {
                "id": one.id,
                "title": one.title,
                "number": number,
                "start_ms": self.state.moved(one.start_ms),
                "end_ms": self.state.moved(one.end_ms),
                "begun": one.id in self.state.phases_begun,
            }
            for number, one in enumerate(self.state.scenario.phases, 1)
        ]

    def phase(self) -> dict[str, object] | None:
        """Return the phase now, or None before STARTEX."""
        phases = self.state.scenario.phases
        for number, one in enumerate(phases, 1):
            if one.id == self.state.phase:
                return {
                    "id": one.id,
                    "title": one.title,
                    "number": number,
                    "of": len(phases),
                    "ends_ms": self.state.moved(one.end_ms),
                    "percents": [
                        self._percent(each.start_ms, each.end_ms) for each in phases
                    ],
                }
        return None

    def _percent(self, start_ms: int, end_ms: int) -> int:
        start, end = self.state.moved(start_ms), self.state.moved(end_ms)
        done = (self.at_ms - start) * HUNDRED // max(1, end - start)
        return max(0, min(HUNDRED, done))
