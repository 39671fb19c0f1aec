"""Whoever reads nothing, whatever comes again: the server takes bounded memory."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import many
from tests.faults.conftest import Lay, cells
from tests.faults.ground import DICE, Ground
from tests.faults.person import Person
from tests.faults.stalled import stalled

pytestmark = [pytest.mark.faults, pytest.mark.services]

READERS = 6
# A line that is not read holds this much and is cut; beside it, what answers take
# while they are made, lines that are just ending, and what Python does not give back.
# A server that does not cut takes 600 MB more in twenty seconds.
LINE_KB, ROOM_KB = 8 << 10, 256 << 10
CUTS = many(short=6, full=40)
REPEATS = many(short=100, full=1_000)


@cells()
def test_i12_stalled_readers_and_repeats_take_bounded_memory(lay: Lay) -> None:
    with lay("I12 stalled readers, repeats") as ground:
        ground.serve()
        ground.open()
        with ground.talking(0.01):
            ground.until(200)
        ground.settle()
        ground.server.forget_memory()
        had = ground.server.memory_kb
        ground.most_kb = had + READERS * LINE_KB + ROOM_KB
        tokens = [one.token for one in ground.delegates]
        assert len(tokens) == READERS
        with stalled(ground.server.port, tokens) as readers:
            _sends_again(ground)
            assert ground.waits(lambda: readers.cuts >= CUTS)
        ground.figures.runs += readers.cuts + REPEATS


def _sends_again(ground: Ground) -> None:
    """Send what was answered long ago, from several sides at once."""
    with ThreadPoolExecutor(4) as posts:
        asked = [posts.submit(_again, ground) for _ in range(REPEATS)]
    for one in asked:
        one.result()


def _again(ground: Ground) -> None:
    person: Person = DICE.choice(ground.people)
    id_, told, _ = DICE.choice(person.answers)
    path = f"/exercises/{ground.exercise}/commands"
    status, ack = ground.server.ask("POST", path, person.sent[id_], person.token)
    assert status == 200, ack
    assert (ack["id"], ack["position"]) == (told["id"], told["position"])
