"""What is asked of the timeline's one writer, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, TypeAlias
from uuid import UUID, uuid5

from exercise.domain.chain import Canonical, digest
from exercise.domain.commands import Command, SystemCommand
from exercise.domain.moment import SYSTEM

# The name space of ids for what time does; drawn once, never to be changed.
TIME = UUID("5a0f6a52-5f0c-4d0b-9d0e-0f6c2b1f7a11")
ATOMS = frozenset({str, int, bool, type(None)})


@dataclass(frozen=True, slots=True)
class Request:
    """A command with the client-made id that makes repeating it safe.

    `member` is the scope of the id. `at_ms` fixes the moment instead of the clock:
    an outage is recorded at the last time that was kept.
    """

    member: str
    id: str
    command: Command
    at_ms: int | None = None

    @property
    def actor(self) -> str:
        """Return who acts: the member, or the platform itself."""
        return self.member

    def digest(self, write: Canonical) -> str:
        """Return what tells this command from another under the same id."""
        return digest(plain(self.command), write).hex()


@dataclass(frozen=True, slots=True)
class Ack:
    """The command is durable; `position` is in the sender's own stream, if it is there.

    `id` is the first entry's; None when there was nothing to record.
    """

    id: str | None
    position: int | None
    audience: str | None
    at_ms: int
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """The command was judged and refused; nothing of it is kept."""

    code: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    field: str = ""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Nobody knows whether this was kept: the client asks again with the same id."""


Outcome: TypeAlias = Ack | Refusal | Unanswered


def system_request(
    exercise: str, command: SystemCommand, due: tuple[str, str, int]
) -> Request:
    """Return time's own request; its id is the same on every worker.

    `due` is (kind, subject, due_ms), so that two workers cannot do it twice.
    """
    name = "/".join((exercise, *map(str, due)))
    return Request(SYSTEM, str(uuid5(TIME, name)), command)


def plain(value: Any) -> Any:  # noqa: ANN401 - a value of any kind, and its JSON
    """Return what `asdict` makes of a command; what is plain already is not copied.

    `asdict` was a thirtieth of what an answer costs.
    """
    if type(value) in ATOMS:
        return value
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    return value
