"""What every form of interchange is made from: a record's entries, and who is who."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid5

from exercise.domain.events import Checkpoint, MemberNamed
from exercise.domain.moment import Recorded
from exercise.domain.scenario import Scenario

# Ids made from a record are the same whenever and wherever they are made.
SPACE = UUID("6f1d6f0c-6f0d-5b1e-9f5c-0d7e5f0a3c11")
# These hold people's names, or speak of the file and not of the exercise.
LEFT_OUT = (Checkpoint, MemberNamed)


@dataclass(frozen=True)
class Story:
    """One exercise as it is handed on: its id, title, scenario and entries."""

    exercise: str
    title: str
    scenario: Scenario
    entries: Sequence[Recorded]

    def told(self) -> Iterator[Recorded]:
        """Yield the entries that are handed on, in order."""
        return (one for one in self.entries if not isinstance(one.event, LEFT_OUT))

    def uuid(self, *parts: str) -> str:
        """Return the id of a part of this exercise, the same every time."""
        return str(uuid5(SPACE, "/".join((self.exercise, *parts))))

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the delegations' names by id."""
        return {one.id: one.name for one in self.scenario.delegations}
