"""A robot on its own: entries go in by hand, commands come out by the minute."""

from collections.abc import Iterator
from itertools import count

from exercise.domain import events as e
from exercise.domain.commands import DelegationCommand
from exercise.domain.moment import Author
from exercise.domain.scenario import Inject, Scenario
from exercise.service.robots import Heard, Robot
from tests.builders import MINUTE, a_scenario

HOUR = 60 * MINUTE


class Played:
    """What a robot did, in order: (minute, command)."""

    def __init__(
        self,
        policy: str,
        delegation: str,
        scenario: Scenario | None = None,
        seed: int = 1,
    ) -> None:
        self.scenario = scenario or a_scenario()
        self.robot = Robot(policy, delegation, self.scenario, seed)
        self.did: list[tuple[float, DelegationCommand]] = []
        self._ids = count(1)
        self.now_ms = 0

    def hears(
        self, event: e.Event, minute: float = 0, by: str = "", id_: str = ""
    ) -> str:
        """Let it hear an entry at a minute, after doing what was due before."""
        at_ms = int(minute * MINUTE)
        self.until(minute)
        id_ = id_ or f"entry-{next(self._ids)}"
        self.robot.hear(Heard(id_, at_ms, Author("somebody", by, ""), event))
        return id_

    def gets(self, inject: str, minute: float) -> str:
        """Let it hear an inject as its delegation reads it."""
        found = self.scenario.inject(inject)
        assert found is not None
        return self.hears(released(self.scenario, found), minute, id_=inject)

    def starts(self) -> None:
        self.hears(e.Started())

    def until(self, minute: float) -> "Played":
        """Let time pass."""
        while (at_ms := self.robot.next_ms) is not None and at_ms <= minute * MINUTE:
            for asked in self.robot.act(at_ms):
                self.did.append((at_ms / MINUTE, asked.command))
        return self

    def of(self, type_: str) -> list[tuple[float, DelegationCommand]]:
        return [one for one in self.did if one[1].type == type_]

    def acts(self, instrument: str) -> Iterator[tuple[float, DelegationCommand]]:
        for minute, one in self.of("act"):
            if one.instrument == instrument:  # type: ignore[union-attr] # an act
                yield minute, one


def released(scenario: Scenario, inject: Inject) -> e.InjectReleased:
    cards = tuple(
        e.ItemCard(id=one.id, title=one.title, tlp=one.tlp, body=one.body)
        for one in scenario.items
        if one.id in inject.items
    )
    return e.InjectReleased(
        inject=inject.id,
        number=inject.number,
        title=inject.title,
        body=inject.body,
        channel=inject.channel,
        to=inject.audience,
        items=cards,
    )


def request(
    to: str, instrument: str = "clarification_request", **fields: object
) -> e.ActIssued:
    return e.ActIssued(
        instrument=instrument,
        to=(to,),
        fields={"asked": "What do you know?", **fields},  # type: ignore[arg-type] # plain values
        public=False,
        rung=1,
    )


def a_text(**more: object) -> e.TextState:
    """A joint text of three, signed by its drafter."""
    values: dict[str, object] = {
        "text": "text-1",
        "title": "Notice",
        "version": 1,
        "body": "We shall tell each other.",
        "drafter": "ORL",
        "parties": ("KAS", "ORL", "VES"),
        "claims": {},
        "signed": ("ORL",),
        **more,
    }
    return e.TextState(**values)  # type: ignore[arg-type] # a whole text
