"""What people and servers of a run have to tell, for the check of the promises."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from exercise.adapters.promises import Acked, Away, Finding, Sent, Stored, View, Witness
from tests.faults.figures import Figures
from tests.faults.person import Person
from tests.faults.server import Server

Json: TypeAlias = Any

MARKS = r"said \d+\."
# What one process of the server may take in any of these runs. It starts with 110 MB;
# a line that is not read holds 8 MB, and no more.
MOST_KB = 320_000


@dataclass
class Account:
    """All that a run has seen from outside: by people, of servers, of the store.

    `cut` names those whose view is of more than one stream.
    """

    people: list[Person]
    servers: list[Server]
    away: list[Away] = field(default_factory=list)
    cut: set[str] = field(default_factory=set)
    most_kb: int = MOST_KB

    def witness(self, stored: Stored) -> Witness:
        """Return what everybody sent, was answered and saw."""
        self._learn_members(stored)
        sent = {
            id_: _sent(one.member, command)
            for one in self.people
            for id_, command in one.sent.items()
        }
        acked = [
            Acked(sent[id_], ack["id"], ack["position"], int(at * 1000))
            for one in self.people
            for id_, ack, at in one.answers
        ]
        views = tuple(_seen(one) for one in self.people if one.name not in self.cut)
        return Witness(
            sent=tuple(sent.values()),
            acked=tuple(acked),
            views=views,
            away=tuple(self.away),
            marks=MARKS,
            failures=self._refused()["failed"],
            tracebacks=sum(one.tracebacks for one in self.servers[:1]),
            alive=all(one.alive for one in self.servers),
            memory_kb=max(one.memory_kb for one in self.servers),
            memory_most_kb=self.most_kb,
        )

    def _learn_members(self, stored: Stored) -> None:
        """Facilitators are seated by a token: who they are, their entries tell."""
        by_id = {one.entry.id: one.entry.actor for one in stored.entries}
        for one in self.people:
            acked = [ack["id"] for _, ack, _ in one.answers if ack["id"]]
            if not one.member and acked:
                one.member = by_id.get(acked[0], "")

    def _refused(self) -> Counter[str]:
        return Counter(code for one in self.people for code in one.refused.values())

    def told(self, figures: Figures, found: Iterable[Finding]) -> None:
        """Add to a row what was found, and what people themselves noticed."""
        for one in found:
            figures.breaks(one.invariant, str(one))
        for person in self.people:
            for odd in person.odd + ([] if person.cut_off else person.shut):
                figures.breaks("I4", f"{person.name}: {odd}")
        unanswered = sum(len(one.outbox) for one in self.people if not one.cut_off)
        if unanswered:
            words = f"{unanswered} commands are not answered at the end"
            figures.breaks("I12", words)
        longest = max(one.longest_s for one in self.people)
        figures.outage_s = max(figures.outage_s, longest)


def _seen(one: Person) -> View:
    view, raw = tuple(one.view), "\n".join(one.raw)
    return View(one.name, one.member, one.stream, view, raw, whole=not one.cut_off)


def _sent(member: str, command: Json) -> Sent:
    text = command.get("text") or command.get("fields", {}).get("text", "")
    at_once = command["type"] == "release" and not command.get("undo_ms")
    release = command["inject"] if at_once else ""
    return Sent(member, command["id"], text, release)
