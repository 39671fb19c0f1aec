"""Who signs out while the store is away is cut off when it is back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from exercise.domain.identity import Member
from exercise.service.ports import Unwritable
from exercise.web.pulse import Pulse
from exercise.web.sockets import Listener, Sockets
from tests.adapters.stand import HandClock

LISTENER = Listener(
    "s1", "ex", Member("ves", "delegate", "VES"), "hash", "en", html=False
)


@dataclass
class Leavers:
    """A directory that is away once, and then knows who left since when."""

    left: list[tuple[int, str, str]]
    away: bool = False

    def left_since(self, wall_ms: int) -> Sequence[tuple[str, str]]:
        if self.away:
            raise Unwritable("away")
        return [(session, member) for at, session, member in self.left if at >= wall_ms]


@dataclass
class Sender:
    cuts: list[str] = field(default_factory=list)

    def cut(self, listener: Listener, _reason: str) -> None:
        self.cuts.append(listener.sid)


@dataclass
class Floor:
    sockets: Sockets = field(default_factory=Sockets)
    sender: Sender = field(default_factory=Sender)


def test_a_sign_out_while_the_store_is_away_is_not_passed_over() -> None:
    floor, clock, leavers = Floor(), HandClock(), Leavers([])
    floor.sockets.add(LISTENER)
    pulse = Pulse(floor, None, leavers, clock)  # type: ignore[arg-type]  # what a pulse asks of them
    leavers.left.append((clock.wall_ms + 10, "hash", "ves"))
    leavers.away = True
    for _ in range(60):
        clock.wall_ms += 500
        with pytest.raises(Unwritable):
            pulse.cut_signed_out()
    leavers.away = False
    pulse.cut_signed_out()
    assert floor.sender.cuts == ["s1"]
