"""Plants violations in a store that no writer of ours would make."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from exercise.adapters.database import Database
from exercise.adapters.promises import Stored, stored_on
from exercise.adapters.tables import AUDIENCE, BODY, COMMAND, ENTRY
from exercise.domain.chain import Json, canonical
from exercise.domain.events import Event
from exercise.domain.moment import Author, Recorded
from exercise.domain.visibility import audience
from exercise.service.conduct.sealing import seal
from exercise.service.conduct.standing import Standing
from exercise.service.ports import Group, Head
from tests.adapters.stand import EXERCISE, Stand


class Strange:
    """A codec that writes one kind nobody reads."""

    def encode(self, _event: object) -> tuple[str, int, Mapping[str, Any]]:
        return "martian", 1, {}

    def decode(self, _kind: str, _version: int, _body: str) -> object:
        return None

    def canonical(self, value: Json) -> bytes:
        return canonical(value)


@dataclass
class Plant:
    """Writes beside the writer: sealed as it should be, and wrong all the same."""

    stand: Stand
    database: Database

    @property
    def stored(self) -> Stored:
        return stored_on(self.database, EXERCISE)

    @property
    def standing(self) -> Standing:
        blank = Standing(Head(self.stand.timeline.epoch(), 0, b""))
        entries = self.stand.timeline.after(EXERCISE, 0)
        return blank.caught_up(entries, self.stand.ports.codec)

    def entry(
        self,
        event: Event,
        actor: str,
        *,
        beside: Collection[str] = (),
        without: Collection[str] = (),
        strange: bool = False,
    ) -> None:
        """Write an entry, delivered also to `beside`, and not to `without`."""
        standing = self.standing
        state = standing.state
        assert state is not None
        draft = Recorded(
            seq=standing.head.seq + 1,
            id=f"planted-{standing.head.seq + 1}",
            at_ms=state.at_ms,
            wall_ms=self.stand.clock.wall_ms,
            actor=actor,
            event=event,
            author=Author(),
            audience=audience(state, event, actor),
        )
        ports = self.stand.ports
        if strange:
            ports = replace(ports, codec=Strange())  # type: ignore[arg-type]  # a codec in form only
        sealed, _ = seal(draft, standing.head.hash, ports)
        to = ({*draft.audience} | {*beside}) - {*without}
        positions = {one: standing.heads.get(one, 0) + 1 for one in sorted(to)}
        self._add(Group([sealed], [positions], status=state.status))

    def _add(self, group: Group) -> None:
        transaction = self.stand.timeline.begin(EXERCISE)
        transaction.append(group)
        transaction.commit()

    def change(self, table: Table, key: Mapping[str, str], **values: object) -> None:
        """Change a row that nothing guards."""
        query = update(table).where(table.c.exercise == EXERCISE)
        for name, value in key.items():
            query = query.where(table.c[name] == value)
        with self.database.write() as connection:
            assert connection.execute(query.values(**values)).rowcount == 1

    def other_position(self, command: str) -> None:
        """Let an answer tell a position where its entry is not."""
        ack = self._ack(command)
        ack["position"] += 1
        self.change(COMMAND, {"id": command}, ack=json.dumps(ack))

    def second_answer(self, command: str) -> None:
        """Let another command claim the same entry."""
        with self.database.write() as connection:
            query = select(COMMAND).where(COMMAND.c.id == command)
            row = connection.execute(query).one()._asdict()
            connection.execute(insert(COMMAND), row | {"id": f"{command}-again"})

    def head_further(self, audience_: str) -> None:
        """Let an audience's head stand one too far."""
        head = self.stand.timeline.heads(EXERCISE)[audience_]
        self.change(AUDIENCE, {"audience": audience_}, head=head + 1)

    def other_words(self, kind: str, body: str) -> None:
        """Put another body in the place of an entry's: deleting one is allowed."""
        with self.database.write() as connection:
            query = select(ENTRY.c.seq).where(ENTRY.c.kind == kind)
            seq = connection.execute(query).scalars().first()
            row = connection.execute(select(BODY).where(BODY.c.seq == seq)).one()
            connection.execute(delete(BODY).where(BODY.c.seq == seq))
            connection.execute(insert(BODY), row._asdict() | {"body": body})

    def _ack(self, command: str) -> dict[str, Any]:
        with self.database.read() as connection:
            query = select(COMMAND.c.ack).where(COMMAND.c.id == command)
            found: dict[str, Any] = json.loads(connection.execute(query).scalar_one())
        return found
