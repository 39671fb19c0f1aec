"""Everybody at once: repeats, races, roles that change, and a hall that answers."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import FULL, many
from tests.faults.conftest import Lay, cells
from tests.faults.ground import DICE, Ground
from tests.faults.person import Json, Person
from tests.faults.server import Server
from tests.faults.stores import Redis

pytestmark = [pytest.mark.faults, pytest.mark.services]


@cells()
def test_f6_everything_comes_up_to_four_times(lay: Lay) -> None:
    with lay("F6 repeats, two ways, shuffled") as ground:
        ground.serve(servers=2 if ground.url else 1)
        ground.open()
        posted = []
        with ThreadPoolExecutor(12) as posts:
            for _ in range(many(short=60, full=400)):
                person = DICE.choice(ground.people)
                id_ = ground.says(person)
                for _ in range(DICE.randint(0, 3)):
                    server = DICE.choice(ground.servers)
                    posted.append(posts.submit(_post, ground, person, id_, server))
                ground.figures.runs += 1
                if DICE.random() < 0.1:
                    person.hang_up()
        for one in posted:
            one.result()


def _post(ground: Ground, person: Person, id_: str, server: Server) -> None:
    """Send a command again by HTTP, and keep the answer beside the socket's."""
    command = person.sent[id_]
    path = f"/exercises/{ground.exercise}/commands"
    status, ack = server.ask("POST", path, command, person.token)
    assert status == 200, ack
    with person.news:
        person.answers.append((id_, ack, time.time()))


@cells()
def test_f7_two_facilitators_want_the_same(lay: Lay) -> None:
    with lay("F7 facilitators race") as ground:
        ground.serve(servers=2 if ground.url else 1)
        ground.open(each=1)
        if len(ground.people) == 4:
            ground.second_facilitator()
        one, other = ground.facilitators
        ways = (
            ({"type_": "release"}, {"type_": "release"}),
            ({"type_": "release", "undo_ms": 300}, {"type_": "undo"}),
            ({"type_": "release"}, {"type_": "revise", "title": "Other words"}),
            ({"type_": "release"}, {"type_": "recall", "reason": "Too early"}),
        )
        for n in range(1, many(short=16, full=40) + 1):
            inject = f"news-{n:03}"
            for person, told in zip((one, other), ways[n % len(ways)], strict=True):
                person.says(**told, inject=inject)  # type: ignore[arg-type]  # a command's parts
            ground.figures.runs += 1
            ground.waits(lambda: not one.outbox and not other.outbox)
        for person in (one, other):
            person.says("recall", inject="news-004", reason="Recalled twice")
        ground.settle()


@cells()
def test_f13_people_are_moved_and_sent_out(lay: Lay, own_nudges: Redis) -> None:
    with lay("F13 moved and sent out under load") as ground:
        ground.extra = {"DETENTE_NUDGE_URL": own_nudges.url}
        ground.serve(servers=2 if ground.url else 1)
        ground.open(each=3)
        ground.settle()
        own_nudges.stop()
        out = ground.delegates[::3]
        moved = ground.delegates[1]
        with ground.talking():
            ground.until(20)
            for person in out:
                ground.facilitator.says("revoke", member=person.member, reason="Left")
                ground.figures.runs += 1
                ground.until(8)
            ground.cut.add(moved.name)  # It reads another stream from here on.
            moved.follows = True
            ground.facilitator.says("move", member=moved.member, delegation="D02")
            ground.until(20)
        for person in out:
            assert ground.waits(lambda person=person: bool(person.cut_off))
            _is_out(ground, person)


def _is_out(ground: Ground, person: Person) -> None:
    """Whoever was sent out may neither send nor come in again."""
    command = {"id": "11111111-1111-4111-8111-111111111111", "type": "acknowledge"}
    path = f"/exercises/{ground.exercise}/commands"
    told = {**command, "about": person.view[0]}
    for server in ground.servers:
        status, _ = server.ask("POST", path, told, person.token)
        assert status in {401, 403, 404}
    person.outbox.clear()


# --- A hall that answers in one instant -----------------------------------------------


HALLS = [(50, 1), (50, 4), (50, 50), (200, 1), (200, 4), (200, 50)]


@cells()
@pytest.mark.parametrize(("people", "delegations"), HALLS if FULL else HALLS[1:2])
def test_a_hall_answers_in_one_instant(lay: Lay, people: int, delegations: int) -> None:
    several = "s" if delegations > 1 else ""
    row = f"{people} answer at once, {delegations} delegation{several}"
    with lay(row, delegations=delegations) as ground:
        ground.serve(workers=2 if ground.url else 1)
        ground.open(total=people)
        ground.facilitator.says("release", inject="news-001")
        ground.settle()
        _all_answer(ground)
        ground.settle()
        _goes_on(ground)
        # A repeat is answered too; it is the same answer, as the check sees to.
        counts = [len({id_ for id_, *_ in one.answers}) for one in ground.delegates]
        refusals = [one.refused for one in ground.delegates if one.refused]
        assert counts == [1] * people, refusals[:3]


def _goes_on(ground: Ground) -> None:
    """Answer again after a pause: a machine that stalls for ten seconds was away."""
    late = [one for one in ground.delegates if "paused" in one.refused.values()]
    if late:
        ground.resume()
        for person in late:
            person.refused.clear()
            command = next(reversed(person.sent.values()))
            person.says(**{"type_": command["type"], **_rest(command)})
        ground.settle()


def _rest(command: Json) -> Json:
    return {k: v for k, v in command.items() if k not in {"id", "type"}}


def _all_answer(ground: Ground) -> None:
    """Let every delegate answer the inject, all from the same moment on."""
    gate = threading.Barrier(len(ground.delegates))

    def answer(person: Person) -> None:
        text = f"said {next(ground.numbers)}."
        about, fields = person.view[-1], {"text": text}
        gate.wait(60)
        person.says("act", instrument="reply", about=about, fields=fields)

    crowd = [threading.Thread(target=answer, args=(one,)) for one in ground.delegates]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(60)
    ground.figures.runs += 1
