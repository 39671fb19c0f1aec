"""One exercise under fault: people who talk in it, and the check at its end."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeAlias

from exercise.adapters.promises import Away, stored_on, verify_exercise
from tests.faults.account import MOST_KB, Account
from tests.faults.hall import names
from tests.faults.person import Person
from tests.faults.stage import CONVERGED_S, Stage

Json: TypeAlias = Any

DICE = random.Random(20260101)  # noqa: S311 - dice, no secret
# Who waits for this many answers says nothing more for a while.
PATIENCE = 4


@dataclass
class Ground(Stage):
    """A stage on which people talk, and which is held to every promise."""

    away: list[Away] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    cut: set[str] = field(default_factory=set)
    most_kb: int = MOST_KB

    # --- Play -------------------------------------------------------------------

    def says(self, person: Person) -> str:
        """Let a person say something nobody else says."""
        text = f"said {next(self.numbers)}."
        if person.stream == "facilitators":
            return person.says("note", text=text)
        fields = {"subject": "Load", "text": text}
        if DICE.random() < 0.5:
            return person.says("act", instrument="public_statement", fields=fields)
        others = [one for one in names(self.delegations) if one != person.stream]
        return person.says(
            "act",
            instrument="private_demarche",
            to=[DICE.choice(others)],
            fields={**fields, "asked": "Stop."},
        )

    @contextmanager
    def talking(self, every_s: float = 0.03) -> Iterator[None]:
        """Let people talk as long as the block lasts."""
        over = threading.Event()

        def talk() -> None:
            while not over.wait(every_s):
                here = [one for one in self.people if not one.cut_off]
                for one in here:
                    one.sends_again()
                ready = [one for one in here if len(one.outbox) < PATIENCE]
                if ready:
                    self.says(DICE.choice(ready))

        talker = threading.Thread(target=talk)
        talker.start()
        try:
            yield
        finally:
            over.set()
            talker.join()

    def acknowledged(self) -> int:
        return sum(len(one.answers) for one in self.people)

    def until(self, more: int, within: float = 120.0) -> None:
        """Wait until so many more are acknowledged."""
        goal = self.acknowledged() + more
        enough = self.waits(lambda: self.acknowledged() >= goal, within)
        assert enough, (goal, self.acknowledged(), self.news())

    def resume(self) -> None:
        """Go on after an outage, as a facilitator does."""
        id_ = self.facilitator.says("resume")
        done = self.facilitator.waits(
            CONVERGED_S,
            lambda: bool(
                self.facilitator.answered(id_) or id_ in self.facilitator.refused
            ),
        )
        assert done, self.news()

    # --- The end ----------------------------------------------------------------

    @contextmanager
    def store_away(self) -> Iterator[None]:
        """Note a time in which nothing can be committed."""
        start = int(time.time() * 1000)
        yield
        self.away.append(Away(start, int(time.time() * 1000)))

    def forget(self, lost: set[str]) -> None:
        """Leave out what a restored backup does not hold, as was told."""
        for one in self.people:
            one.answers = [told for told in one.answers if told[1]["id"] not in lost]
            one.raw.clear()

    def settle(self, within: float = CONVERGED_S) -> None:
        """Wait until everything is answered and everybody sees all of it."""
        start = time.monotonic()
        self.waits(self._is_settled, within)
        lasted = time.monotonic() - start
        self.figures.converged_s = max(self.figures.converged_s, lasted)

    def _is_settled(self) -> bool:
        present = [one for one in self.people if not one.cut_off]
        if any(one.outbox for one in present):
            return False
        heads = self.heads()
        return all(len(one.view) == heads.get(one.stream, 0) for one in present)

    def check(self) -> None:
        """Hold the run to every promise, and add what it measured to the row."""
        self.settle()
        account = Account(
            self.people, self.servers, self.away, self.cut, most_kb=self.most_kb
        )
        stored = self.looks(lambda kept: stored_on(kept, self.exercise))
        witness = account.witness(stored)
        account.told(self.figures, verify_exercise(stored, witness))
        self.figures.acknowledged += len(witness.acked)
        self.figures.memory_kb = witness.memory_kb
