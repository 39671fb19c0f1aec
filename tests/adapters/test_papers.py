"""Files are kept once an exercise, and go wherever the exercise goes."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import delete, select

from exercise.adapters import schema
from exercise.adapters.backup import back_up, restore
from exercise.adapters.database import Database, open_database
from exercise.adapters.memory_papers import MemoryPapers
from exercise.adapters.move import move
from exercise.adapters.papers import SqlPapers
from exercise.adapters.purge import purge_exercise
from exercise.adapters.schema import signing_key, upgrade
from exercise.adapters.selfcheck import faults
from exercise.adapters.tables import PAPER, PAPER_PART
from exercise.adapters.timeline import SqlTimeline
from exercise.service.papers import PART, Held, Paper, Papers
from tests.adapters.conftest import STORES, _database
from tests.adapters.files import a_pdf, a_png
from tests.adapters.stand import EXERCISE as EX
from tests.adapters.stand import Stand

OTHER = "another"


def paper(data: bytes, name: str = "map.png") -> Paper:
    type_ = "png" if data[1:4] == b"PNG" else "pdf"
    return Paper(sha256(data).hexdigest(), name, type_, data)  # type: ignore[arg-type] # one of the two


LARGE = paper(a_png(900, 900) + b"\x00" * (3 * PART + 7), "large.png")
SMALL = paper(a_pdf(), "note.pdf")


@pytest.fixture(params=STORES)
def papers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Papers]:
    if request.param == "memory":
        yield MemoryPapers()
        return
    database = _database(request.param, tmp_path, request)
    yield SqlPapers(database)
    with database.write() as connection:
        for table in (PAPER_PART, PAPER):
            connection.execute(delete(table))
    database.close()


def whole(papers: Papers, exercise: str, one: Paper) -> bytes:
    return b"".join(papers.parts(exercise, one.sha256))


def test_what_is_kept_is_given_back_in_parts(papers: Papers) -> None:
    papers.keep(EX, [LARGE, SMALL])
    assert whole(papers, EX, LARGE) == LARGE.data
    assert whole(papers, EX, SMALL) == SMALL.data
    sizes = [len(one) for one in papers.parts(EX, LARGE.sha256)]
    assert len(sizes) > 3
    assert max(sizes) == PART
    held = papers.held(EX)
    assert held[SMALL.sha256] == Held(SMALL.sha256, "note.pdf", "pdf", len(SMALL.data))
    assert list(held) == sorted((LARGE.sha256, SMALL.sha256))


def test_one_exercise_knows_nothing_of_anothers(papers: Papers) -> None:
    papers.keep(EX, [LARGE])
    papers.keep(OTHER, [SMALL])
    assert set(papers.held(EX)) == {LARGE.sha256}
    assert whole(papers, OTHER, LARGE) == b""
    assert whole(papers, "none", LARGE) == b""
    assert not papers.held("none")


def test_a_file_is_kept_once_whatever_it_is_called(papers: Papers) -> None:
    papers.keep(EX, [SMALL, paper(SMALL.data, "again.pdf")])
    papers.keep(EX, [paper(SMALL.data, "once more.pdf")])
    assert [one.name for one in papers.held(EX).values()] == ["note.pdf"]
    assert whole(papers, EX, SMALL) == SMALL.data


def test_nothing_kept_is_nothing(papers: Papers) -> None:
    papers.keep(EX, [])
    assert not papers.held(EX)


# --- Where the exercise goes ------------------------------------------------------


def test_a_purge_takes_the_files_of_one_exercise(database: Database) -> None:
    papers = SqlPapers(database)
    Stand(SqlTimeline(database)).running()
    Stand(SqlTimeline(database), exercise=OTHER).running()
    for one in (EX, OTHER):
        papers.keep(one, [LARGE, SMALL])
    purge_exercise(database, EX)
    assert not papers.held(EX)
    assert whole(papers, OTHER, LARGE) == LARGE.data
    with database.read() as connection:
        left = set(connection.execute(select(PAPER_PART.c.exercise)).scalars())
    assert left == {OTHER}
    purge_exercise(database, OTHER)
    assert not faults(database)


def test_an_exercise_that_moves_takes_its_files_along(
    database: Database, tmp_path: Path
) -> None:
    other = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    upgrade(other)
    Stand(SqlTimeline(other)).opened()
    SqlPapers(other).keep(EX, [LARGE, SMALL])
    move(other, database, EX)
    assert whole(SqlPapers(database), EX, LARGE) == LARGE.data
    assert not SqlPapers(other).held(EX)
    move(database, other, EX)
    assert whole(SqlPapers(other), EX, LARGE) == LARGE.data
    assert set(SqlPapers(other).held(EX)) == {LARGE.sha256, SMALL.sha256}
    assert not SqlPapers(database).held(EX)
    other.close()


def test_a_backup_holds_the_files(sqlite: Database, tmp_path: Path) -> None:
    Stand(SqlTimeline(sqlite)).opened()
    SqlPapers(sqlite).keep(EX, [LARGE])
    back_up(sqlite, tmp_path / "copy.db")
    purge_exercise(sqlite, EX)
    restore(tmp_path / "copy.db", sqlite)
    assert whole(SqlPapers(sqlite), EX, LARGE) == LARGE.data


def test_a_database_from_before_there_were_files_opens(
    sqlite: Database, tmp_path: Path
) -> None:
    del sqlite
    early = open_database(f"sqlite:///{tmp_path / 'early.db'}")
    with early.write() as connection:
        config = schema._config()  # noqa: SLF001 - the one way to an earlier schema
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        schema._furnish(connection)  # noqa: SLF001 - as above
    Stand(SqlTimeline(early)).running()
    key, head = signing_key(early).key, SqlTimeline(early).head(EX)
    upgrade(early)
    assert signing_key(early).key == key
    assert SqlTimeline(early).head(EX) == head
    SqlPapers(early).keep(EX, [SMALL])
    assert whole(SqlPapers(early), EX, SMALL) == SMALL.data
    early.close()
