"""What tells one command from another, and that it stays so for stored ones."""

from dataclasses import asdict

import pytest

from exercise.domain import commands as c
from exercise.domain.chain import canonical
from exercise.domain.commands import Command
from exercise.service.requests import Request, plain
from tests.domain.small import a_scenario

REPLY = c.Act(
    instrument="reply", to=("ORL",), about="e1", fields={"text": "Seen.", "n": 3}
)
COMMANDS: list[Command] = [
    REPLY,
    c.Pause(),
    c.Note(text="é"),
    c.Amend(text="t", clause=None, body="b"),
    c.Propose(title="T", body="B", parties=("A", "B"), claims={"a": "b"}),
    c.Open(title="T", scenario=a_scenario()),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: type(one).__name__)
def test_a_command_is_told_as_asdict_tells_it(command: Command) -> None:
    assert canonical(plain(command)) == canonical(asdict(command))


def test_the_digest_of_a_stored_command_stays_what_it_was() -> None:
    assert Request("m", "1", REPLY).digest(canonical) == DIGEST


def test_a_value_that_is_not_plain_is_left_for_the_record_to_refuse() -> None:
    assert plain({"raw": (b"x", 1.5)}) == {"raw": [b"x", 1.5]}


DIGEST = "64dd589069fe5a7002bd6cd2316641a6fd6e2f629a81c499c9dcc55d9c0de7cb"
