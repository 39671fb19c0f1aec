"""What each edition of a report may show of a record, field by field.

Whatever is not named here is nobody's to read in a report: the words of acts, calls
and texts, injects' bodies, briefs, and what only facilitators wrote.
"""

from dataclasses import dataclass

from exercise.adapters.record import Record
from exercise.domain import events as e
from exercise.domain.scenario import Scenario
from tests.documents.planted import Origin

# Every edition; of a delegation, whoever it is for.
COMMON = {
    ("exercise_opened", "title"),
    *(
        ("exercise_opened", f"scenario.{one}")
        for one in (
            "title",
            "summary",
            "classification",
            "phases.title",
            "delegations.seats.title",
            "objectives.title",
            "objectives.capability",
            "objectives.tasks.title",
            "objectives.tasks.look",
            "meters.title",
            "topics.title",
            "probes.title",
        )
    ),
    ("finding_written", "title"),
    ("finding_written", "observation"),
    ("finding_written", "recommendation"),
    ("plan_written", "action"),
    ("plan_written", "owner"),
    ("plan_carried", "source"),
    ("plan_carried", "area"),
    ("plan_carried", "action"),
    ("plan_carried", "owner"),
    ("survey_answered", "answers"),
    # What the record itself sends to everybody.
    ("phase_began", "title"),
    ("probe_opened", "title"),
    ("probe_closed", "title"),
}
# One line on an entry; of a delegation, on an entry that it read.
READ = {
    ("acknowledged", "title"),
    ("inject_released", "title"),
    ("inject_released", "items.title"),
    ("inject_skipped", "title"),
    ("inject_recalled", "reason"),
    ("item_shared", "title"),
    *(
        (f"text_{one}", "state.title")
        for one in (
            *("proposed", "amended", "sponsored", "signed", "declined", "reserved"),
            *("voted", "bracketed", "published", "withdrawn"),
        )
    ),
    ("bracket_settled", "state.title"),
    ("silence_broken", "state.title"),
}
# A word on entries; of a delegation, if it read all of them.
ABOUT = {
    ("adjudicated", "reason"),
    ("indicator_overridden", "reason"),
    ("pinned", "label"),
}
# Of a delegation, what came to it or should have.
OWN = {
    ("exercise_opened", "scenario.injects.title"),
    ("exercise_opened", "scenario.items.title"),
    ("exercise_opened", "scenario.translations.title"),
    ("exercise_opened", "scenario.translations.look"),
}
NAMES = {
    ("exercise_opened", "scenario.delegations.name"),
    ("exercise_opened", "scenario.delegations.short"),
}
# The full edition's alone.
FULL = {
    ("member_named", "name"),
    ("note_written", "text"),
    ("rated", "note"),
    ("objective_marked", "note"),
}


# What a session left in writing: the full edition's, and of those who sat there.
SAT = {
    *(
        (kind, "state.title")
        for kind in (
            *("forum_opened", "forum_admitted", "forum_closed", "agenda_turned"),
            *("floor_asked", "floor_given", "floor_yielded"),
        )
    ),
    ("minutes_recorded", "agenda_item"),
    ("minutes_recorded", "text"),
    ("forum_closed", "conclusion"),
}


@dataclass(frozen=True)
class Policy:
    """An edition of one record, and what it may show."""

    edition: str
    scenario: Scenario
    record: Record

    @property
    def reader(self) -> str:
        return self.edition.partition(":")[2]

    def allows(self, origin: Origin) -> bool:
        """Tell whether a word from somewhere may stand in this edition."""
        where = origin.kind, origin.field
        allowed = (
            where in COMMON
            or (where in NAMES and self.edition != "anonymous")
            or (where in FULL and self.edition == "full")
            or (where in SAT and self._sat(origin))
            or (where in READ | ABOUT | OWN and self._theirs(origin))
        )
        return allowed and not origin.redacted

    def _sat(self, origin: Origin) -> bool:
        """Tell whether the reader sat in the session, or reads everything."""
        return self.edition == "full" or self.reader in origin.audience

    def _theirs(self, origin: Origin) -> bool:
        """Tell whether what came to some delegations came to the reader."""
        where = origin.kind, origin.field
        if not self.reader:
            return True
        if where in READ:
            return self.reader in origin.audience
        if where in ABOUT:
            return self.reader in origin.about
        if origin.field == "scenario.injects.title":
            return origin.of in self._delivered()
        if origin.field.startswith("scenario.translations"):
            tasks = {one.id: one.delegation for one in self.scenario.translations}
            return tasks[origin.of] == self.reader
        return self._concerned(origin.of)

    def _delivered(self) -> set[str]:
        return {
            x.event.inject
            for x in self.record.entries
            if isinstance(x.event, e.InjectReleased) and self.reader in x.audience
        }

    def _concerned(self, item: str) -> bool:
        """Tell whether an item was the reader's to have: held, needed or shared."""
        found = self.scenario.item(item)
        assert found is not None
        shared = any(
            isinstance(x.event, e.ItemShared)
            and x.event.item == item
            and self.reader in x.audience
            for x in self.record.entries
        )
        return shared or self.reader in {found.holder, *found.recipients}
