"""Files that come with papers, on SQL: bytes in parts, read one at a time."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from sqlalchemy import Connection, insert, select

from exercise.adapters.database import Database
from exercise.adapters.tables import PAPER, PAPER_PART
from exercise.service.papers import Held, Paper, cut


class SqlPapers:
    """The files of every exercise in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, exercise: str, papers: Sequence[Paper]) -> None:
        """Keep an exercise's files, all or none; one that is there already stays."""
        if not papers:
            return
        with self._database.write() as connection:
            query = select(PAPER.c.sha256).where(PAPER.c.exercise == exercise)
            known = set(connection.execute(query).scalars())
            for one in papers:
                if one.sha256 not in known:
                    _keep(connection, exercise, one)
                    known.add(one.sha256)

    def held(self, exercise: str) -> Mapping[str, Held]:
        """Return what an exercise holds, by SHA-256."""
        query = select(PAPER).where(PAPER.c.exercise == exercise)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(PAPER.c.sha256)).all()
        return {
            row.sha256: Held(row.sha256, row.name, row.type, row.bytes) for row in rows
        }

    def parts(self, exercise: str, sha256: str) -> Iterator[bytes]:
        """Yield a file's bytes in order; between two parts nothing is held open."""
        query = select(PAPER_PART.c.data).where(
            PAPER_PART.c.exercise == exercise, PAPER_PART.c.sha256 == sha256
        )
        for part in count():
            with self._database.read() as connection:
                found = connection.execute(query.where(PAPER_PART.c.part == part))
                data = found.scalar_one_or_none()
            if data is None:
                return
            yield bytes(data)


def _keep(connection: Connection, exercise: str, paper: Paper) -> None:
    key = {"exercise": exercise, "sha256": paper.sha256}
    told = {"name": paper.name, "type": paper.type, "bytes": len(paper.data)}
    connection.execute(insert(PAPER), key | told)
    for part, data in enumerate(cut(paper.data)):
        connection.execute(insert(PAPER_PART), key | {"part": part, "data": data})
