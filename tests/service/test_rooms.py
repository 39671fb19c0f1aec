"""What robots do in a session: ask, speak once they have the floor, preside."""

from dataclasses import replace

from exercise.domain import commands as c
from exercise.domain import events as e
from tests.builders import MINUTE
from tests.service.playing import Played

ROOM = e.ForumState(
    forum="room",
    sort="plenary",
    title="The outage",
    agenda=("What is known", "What we say"),
    chair="ORL",
    members=("KAS", "ORL", "VES"),
    opened_ms=10 * MINUTE,
)


def invited(policy: str = "cooperative", delegation: str = "VES") -> Played:
    robot = Played(policy, delegation)
    robot.hears(e.ForumOpened(state=ROOM), 10, by="ORL")
    return robot


def kinds(robot: Played) -> list[str]:
    return [one.type for _, one in robot.did]


def test_who_is_invited_asks_for_the_floor_and_waits() -> None:
    robot = invited().until(60)
    assert [command for _, command in robot.did] == [c.AskFloor(forum="room")]


def test_who_has_the_floor_speaks_and_yields() -> None:
    robot = invited().until(11)
    room = replace(ROOM, floor="VES")
    robot.hears(e.FloorGiven(state=room, to="VES", in_turn=True), 12, by="ORL")
    assert kinds(robot.until(60)) == ["ask_floor", "speak", "yield_floor"]


def test_who_lost_the_floor_says_nothing() -> None:
    robot = invited().until(11)
    room = replace(ROOM, floor="VES")
    robot.hears(e.FloorGiven(state=room, to="VES", in_turn=True), 12, by="ORL")
    robot.hears(e.FloorYielded(state=ROOM, speaker="VES"), 12.1, by="ORL")
    assert kinds(robot.until(60)) == ["ask_floor"]


def test_who_is_invited_later_asks_too() -> None:
    robot = Played("cooperative", "HGA")
    room = replace(ROOM, members=("HGA", *ROOM.members))
    robot.hears(e.ForumAdmitted(state=room, admitted=("HGA",)), 12, by="ORL")
    assert kinds(robot.until(60)) == ["ask_floor"]


def test_the_chair_gives_the_floor_to_who_waits() -> None:
    robot = invited(delegation="ORL")
    room = replace(ROOM, speakers=("KAS", "VES"))
    robot.hears(e.FloorAsked(state=room, waits=True), 10.5, by="KAS")
    robot.until(10.9)
    assert [command for _, command in robot.did] == [c.GiveFloor(forum="room")]


def test_the_chair_takes_minutes_item_by_item_and_closes() -> None:
    robot = invited(delegation="ORL").until(12)
    assert kinds(robot) == ["record_minutes", "take_up"]
    robot.hears(e.AgendaTurned(state=replace(ROOM, item=2)), 12, by="ORL")
    robot.until(14)
    assert kinds(robot)[2:] == ["record_minutes", "close_forum"]
    closed = replace(ROOM, item=2, status="closed")
    robot.hears(e.ForumClosed(state=closed, how="closed"), 14, by="ORL")
    assert len(robot.until(60).did) == 4


def test_the_chair_waits_while_somebody_speaks_but_not_for_ever() -> None:
    robot = invited(delegation="ORL")
    robot.hears(e.FloorGiven(state=replace(ROOM, floor="KAS"), to="KAS", in_turn=True))
    assert robot.until(39).did == []
    assert kinds(robot.until(60)) == ["record_minutes", "close_forum"]


def test_who_keeps_to_itself_leaves_the_chair_empty() -> None:
    for policy in ("silent", "silo"):
        assert invited(policy).until(60).did == []
